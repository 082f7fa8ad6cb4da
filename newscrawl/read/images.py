"""The images of the story, each with its caption and credit.

An image belongs to the story if it is among the story's blocks, or if the page states it as the article's image. Its
caption is the text of its own <figure>. A credit may be in brackets, after a label or in an element of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.article import Image, Kind
from newscrawl.read.credits import bare_credit, split_credit
from newscrawl.read.layout import FoundImage, Layout
from newscrawl.read.picture import SOURCE
from newscrawl.read.structured import Node, Structured
from newscrawl.text import clean, fold, words
from newscrawl.urls import split

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: Attributes in which lazily loaded images keep their URL, and others their largest form.
_LAZY = (
    "data-hi-res-src data-full-src data-full data-large data-src data-original data-lazy-src data-lazy data-url "
    "data-img-url data-img data-image data-srcurl data-defer-src data-flickity-lazyload data-ll-src"
).split()
_SRCSETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
#: What parts the candidates of a srcset: a comma before white space, or before another URL.
_BETWEEN = re.compile(r",(?=\s|/|https?:)")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wxh]")
#: What stands in for a picture until it is loaded.
_STANDS_IN = re.compile(
    r"(?<![a-z])(?:blur(?:red)?|tiny|placeholder|lqip|spacer|blank|loading|lazy|transparent)(?![a-z])", re.I
)
#: URLs of icons, advertisements and tracking pixels. A slug that goes on with three more words is a picture's.
_NOT_A_PICTURE = re.compile(
    r"pixel|spacer|blank\.|1x1|sprite|placeholder|gravatar|emoji|/ads?/|tracking|(?:icon|logo)[^/]{0,80}\.svg"
    r"|(?<![a-z])(?:app|fav)?(?:logo|icon|avatar|badge)s?(?![a-z])(?!(?:[-_][a-z]{2,30}){3})|[a-z]logo\.",
    re.I,
)
#: No URL: JSON, or a form with places to be filled in.
_NO_URL = re.compile(r"^\s*[\[{]|[{}]|%7B|^(?:data|blob|javascript|about):", re.I)
#: Characters of an alternative text that are read at most.
MAX_ALT = 2000
#: The counter of a gallery: "Image 3 of 12".
_COUNTER = re.compile(
    r"^\s*\(?(?:\w{3,8}\s)?\d{1,3}\s?(?:/|\||of|von|de|di|sur|van|z|из|／)\s?\d{1,3}\)?\s*[:.-]?\s*", re.I
)
#: Names of boilerplate whose images are not part of the story.
_BOX = re.compile(
    r"related|sidebar|recommend|teaser|promo|newsletter|comment|author|byline|avatar|widget|trending|popular|advert"
    r"|share|social",
    re.I,
)
#: Words of a gallery's buttons, which are no caption.
_CONTROLS = frozenset(
    "prev previous next share tweet pin email close open expand enlarge zoom in out full screen fullscreen play pause "
    "mute hide show caption toggle slideshow teilen vergrößern weiter zurück schließen partager suivant précédent "
    "agrandir compartir siguiente anterior ampliar condividi chiudi successivo precedente".split()
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|source|author|photographer|fotograf|quelle|rights|byline|agency|attribution", re.I
)


def read_images(
    document: Document, found: Structured, article: Node, layout: Layout, story: set[int]
) -> tuple[Image, ...]:
    """The image that the page states first, then those among the story's blocks; at most 50, without duplicates."""
    images: dict[str, Image] = {}
    boxes: dict[int, bool] = {}
    stated = _stated(document, found, article)
    first, last = (min(story), max(story)) if story else (0, -1)
    for item in layout.images:
        if not (first - 6 <= item.next_block <= last + 1) or _in_box(layout, item.element, boxes):
            continue
        image = _image(document, layout, item)
        if image is not None:
            key = _key(image.url)
            if key not in images or (image.caption and not images[key].caption):
                images[key] = image
    for url in [one for one in stated if not (images and _NOT_A_PICTURE.search(one))][:1]:
        key = _key(url)
        same = images.pop(key, None)
        if same is None:
            name = key.rsplit("/", 1)[-1]
            same = next((images.pop(k) for k in list(images) if len(name) > 8 and k.rsplit("/", 1)[-1] == name), None)
        images = {key: same or Image(url), **images}
    return tuple(images.values())[:50]


def _stated(document: Document, found: Structured, article: Node) -> list[str]:
    values: list[object] = [found.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")]
    image = article.get("image")
    for item in image[:50] if isinstance(image, list) else [image]:
        values.append(item.get("url") or item.get("contentUrl") if isinstance(item, dict) else item)
    urls = [document.absolute(v) for v in values if isinstance(v, str)]
    return [u for u in urls if u]


def _key(url: str) -> str:
    """The URL without scheme, query and size: the same for all sizes of an image."""
    parts = split(url)
    path = re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)", "", parts.path)
    return f"{parts.netloc.lower()}{path}"


def _in_box(layout: Layout, element: int, known: dict[int, bool]) -> bool:
    """Whether the element, or one near above it, looks like a boilerplate box. known: cache of earlier results."""
    for _ in range(6):
        if element <= 0:
            return False
        is_box = known.get(element)
        if is_box is None:
            attributes = layout.attributes[element]
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            is_box = known[element] = (
                layout.tags[element] in ("nav", "aside", "footer") or _BOX.search(names) is not None
            )
        if is_box:
            return True
        element = layout.parents[element]
    return False


def _image(document: Document, layout: Layout, item: FoundImage) -> Image | None:
    attributes = layout.attributes[item.element]
    url = _source_url(document, attributes, _around(layout, item.element))
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if (
        url is None
        or _NOT_A_PICTURE.search(url)
        or (width is not None and width < 100)
        or (height is not None and height < 60)
    ):
        return None
    caption, credit = _caption(layout, item)
    alt = clean((attributes.get("alt") or "")[:MAX_ALT]) or None
    return Image(url, caption, credit, alt, width, height)


def _around(layout: Layout, element: int) -> list[dict[str, str | None]]:
    """The attributes of an image's <picture> and <figure>, where nothing is between them."""
    parent = layout.parents[element]
    found: list[dict[str, str | None]] = []
    while parent > 0 and layout.tags[parent] in ("picture", "figure", "span") and len(found) < 3:
        found.append(layout.attributes[parent])
        parent = layout.parents[parent]
    return found


def _source_url(
    document: Document, attributes: dict[str, str | None], around: list[dict[str, str | None]]
) -> str | None:
    """The URL of an image: its own in full, the largest of a set, or that of the elements around it."""
    lazy = [attributes.get(name) for name in _LAZY]
    sets = [_largest(attributes.get(name)) for name in _SRCSETS]
    src = attributes.get("src")
    own = [*lazy, *(sets if not src or _stands_in(src) else [*sets[:-1], src])]
    others = [_largest(attributes.get(SOURCE))]
    others += [value for one in around for value in (*(_largest(one.get(n)) for n in _SRCSETS), *map(one.get, _LAZY))]
    for value in [*own, *others, src]:
        if value and not _NO_URL.search(value):
            url = document.absolute(value)
            if url and not _stands_in(url):
                return url
    return document.absolute(src) if src and not _NO_URL.search(src) else None


def _stands_in(url: str) -> bool:
    return _NO_URL.search(url) is not None or _STANDS_IN.search(split(url).path.rsplit("/", 1)[-1]) is not None


def _largest(srcset: str | None) -> str | None:
    """The URL of the widest candidate of a srcset; the last, where none says its width."""
    best, most = None, -1.0
    for candidate in _BETWEEN.split((srcset or "")[:20_000]):
        url, *rest = candidate.split() or [""]
        size = _SIZE.fullmatch(rest[0].strip(",")) if rest else None
        width = float(size[1]) if size else 0.0
        if url and width >= most and not _NO_URL.search(url):
            best, most = url.strip(","), width
    return best


def _pixels(value: str | None) -> int | None:
    digits = re.match(r"\s*(\d{1,5})", value or "")
    return int(digits[1]) if digits else None


def caption_blocks(layout: Layout, item: FoundImage) -> list[int]:
    """Indexes of an image's caption blocks: those in its <figure>, otherwise up to two captions after it."""
    texts = len(layout.texts)
    figure, step = item.element, 0
    while figure > 0 and step < 6 and layout.tags[figure] != "figure":
        figure, step = layout.parents[figure], step + 1
    near = list(range(max(0, item.next_block - 3), min(item.next_block + 6, texts)))
    if figure > 0 and layout.tags[figure] == "figure":
        return [
            i
            for i in near
            if _is_inside(layout, layout.places[i], figure) and layout.kinds[i] in (Kind.CAPTION, Kind.PARAGRAPH)
        ]
    wrapper, step = layout.parents[item.element], 0
    # up to the element that also contains a block after the image
    while wrapper > 0 and step < 4 and layout.closes[wrapper] <= item.next_block:
        wrapper, step = layout.parents[wrapper], step + 1
    return [
        i
        for i in near
        if i >= item.next_block
        and layout.kinds[i] is Kind.CAPTION
        and (wrapper <= 0 or _is_inside(layout, layout.places[i], wrapper))
    ][:2]


def _is_inside(layout: Layout, element: int, ancestor: int) -> bool:
    while element > ancestor:
        element = layout.parents[element]
    return element == ancestor


def _caption(layout: Layout, item: FoundImage) -> tuple[str | None, str | None]:
    caption, credit = None, None
    for index in caption_blocks(layout, item):
        element = layout.places[index]
        names = f"{layout.attributes[element].get('class') or ''} {layout.attributes[element].get('itemprop') or ''}"
        if all(word in _CONTROLS for word in words(layout.texts[index])):
            continue
        text, named = split_credit(_COUNTER.sub("", layout.texts[index]))
        if _CREDIT_CLASS.search(names) and "caption" not in names.lower():
            credit = credit or named or bare_credit(layout.texts[index])
        else:
            if text and (caption is None or fold(text) not in fold(caption)):
                caption = text if caption is None else f"{caption} {text}"
            credit = credit or named
    return caption, credit
