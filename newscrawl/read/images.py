"""The images of the story, each with its caption and credit.

An image belongs to the story if it is among the story's blocks, or if the page states it as the article's image. Its
caption is the text of its own <figure>. A credit may be in brackets, after a label or in an element of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newscrawl.article import Image, Kind
from newscrawl.name_pattern import NamePattern
from newscrawl.read.credits import bare_credit, split_credit
from newscrawl.read.image_address import image_address
from newscrawl.read.layout import FoundImage, Layout
from newscrawl.read.structured import Node, Structured
from newscrawl.text import clean, fold, words
from newscrawl.urls import split

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: URLs of icons, advertisements and tracking pixels. A slug that goes on with more words is a picture's.
_NOT_A_PICTURE = re.compile(
    r"spacer|blank\.|1x1|placeholder|gravatar|/ads?/|(?:icon|logo)[^/]{0,80}\.svg"
    r"|(?:pixel|sprite|emoji|tracking|(?<![a-z])avatar)(?!s?(?:[-_][a-z]{2,30}){2})"
    r"|(?<![a-z])(?:app|fav)?(?:logo|icon|badge)s?(?![a-z])(?!(?:[-_][a-z]{2,30}){3})|[a-z]logo\."
    r"|/(?:share|social|follow)?[-_]?(?:facebook|twitter|whatsapp|instagram|linkedin|telegram|pinterest|youtube)"
    r"(?:[-_]?(?:share|white|black|button|round))?\.(?:png|gif|svg)",
    re.I,
)
#: A link to a file; the elements from an image up to it, at most; and the share of a caption that is one.
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.I)
_STEPS_TO_LINK, _LINKED = 4, 0.9
_INNER = re.compile(r"(?:^|&)(?:url|src|image)=([^&]{4,2000})")
_ONE_PIXEL = re.compile(r"(?<![\w-])(?:width|height)\s?:\s?[01](?:px)?\s?(?:;|$)", re.I)
#: Characters of an alternative text that are read at most.
MAX_ALT = 2000
#: The counter of a gallery: "Image 3 of 12".
_COUNTER = re.compile(
    r"^\s*\(?(?:\w{3,8}\s)?\d{1,3}\s?(?:/|\||of|von|de|di|sur|van|z|из|／)\s?\d{1,3}\)?\s*[:.-]?\s*", re.I
)
#: Names of boilerplate whose images are not part of the story.
_BOX = NamePattern(
    r"related|sidebar|recommend|teaser|promo|newsletter|comment|author|byline|avatar|widget|trending|popular|advert"
    r"|share|social|read-?next|up-?next|next-?up|more-?(?:news|stories)|most-?read",
    re.I,
)
#: Words of a gallery's buttons, which are no caption.
_CONTROLS = frozenset(
    "prev previous next share tweet pin email close open expand enlarge zoom in out full screen fullscreen play pause "
    "mute hide show caption toggle slideshow teilen vergrößern weiter zurück schließen partager suivant précédent "
    "agrandir compartir siguiente anterior ampliar condividi chiudi successivo precedente text size new window this "
    "image photo picture link copy a on facebook twitter whatsapp linkedin pinterest telegram print save tab".split()
)
_BUTTONS = (
    r"(?:hide|show|toggle) caption|enlarge (?:this |the )?(?:image|photo)|click to enlarge|view gallery|bild vergrößern"
    r"|(?:opens? |open image )?in (?:a )?new (?:window|tab)|share this (?:image|photo|picture)"
)
#: Labels and buttons at the beginning and at the end of a caption.
_LABEL = re.compile(rf"^(?i:image caption|{_BUTTONS})(?:[,:.]\s{{0,3}}|\s{{1,3}}(?=[^\W_a-zà-ÿ]))")
_END_LABEL = re.compile(rf"(?<=[\w.!?)”\"])\s{{1,3}}(?i:{_BUTTONS})\.?$")
_CREDIT_CLASS = re.compile(
    r"credit|copyright|source|author|photographer|fotograf|quelle|rights|byline|agency|attribution", re.I
)


def read_images(
    document: Document, found: Structured, article: Node, layout: Layout, story: set[int]
) -> tuple[Image, ...]:
    """The image that the page states first, then those among the story's blocks; at most 50, without duplicates."""
    images: dict[str, Image] = {}
    previews: dict[str, str] = {}
    boxes: dict[int, bool] = {}
    stated = _stated(document, found, article)
    first, last = (min(story), max(story)) if story else (0, -1)
    for item in layout.images:
        if not (first - 6 <= item.next_block <= last + 1) or _in_box(layout, item.element, boxes):
            continue
        image = _image(document, layout, item)
        if image is not None and not _is_of_other_story(layout, item):
            key = _key(image.url)
            previews[_key(document.absolute(layout.attributes[item.element].get("src")) or "")] = key
            if key not in images or (image.caption and not images[key].caption):
                images[key] = image
    for url in [one for one in stated if not _NOT_A_PICTURE.search(one)][:1]:
        key = _key(url)
        same = images.pop(key, None) or images.pop(previews.get(key, ""), None)
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
    """The URL without scheme, query and size: the same for all sizes of an image.

    Of the address of a program that makes sizes (".../image?url=b.jpg&w=640"), that of the image.
    """
    parts = split(url)
    inner = _INNER.search(parts.query)
    if inner:
        return unquote(inner[1])
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
            is_box = known[element] = layout.tags[element] in ("nav", "aside", "footer") or _BOX.matches(names)
        if is_box:
            return True
        element = layout.parents[element]
    return False


def _is_of_other_story(layout: Layout, item: FoundImage) -> bool:
    """Does an image lead to a page, and is its whole caption a link?"""
    element, steps = item.element, 0
    while element > 0 and steps < _STEPS_TO_LINK and layout.tags[element] != "a":
        element, steps = layout.parents[element], steps + 1
    if element <= 0 or layout.tags[element] != "a" or _FILE.search(layout.attributes[element].get("href") or ""):
        return False
    captions = caption_blocks(layout, item)
    return bool(captions) and all(layout.link_shares[index] > _LINKED for index in captions)


def _image(document: Document, layout: Layout, item: FoundImage) -> Image | None:
    attributes = layout.attributes[item.element]
    url = image_address(document, layout, item.element)
    width, height = _pixels(attributes.get("width")), _pixels(attributes.get("height"))
    if (
        url is None
        or _NOT_A_PICTURE.search(url)
        or (width is not None and width < 100)
        or (height is not None and height < 60)
        or "hidden" in attributes
        or _ONE_PIXEL.search(attributes.get("style") or "")
    ):
        return None
    caption, credit = _caption(layout, item)
    alt = clean((attributes.get("alt") or "")[:MAX_ALT]) or None
    return Image(url, caption, credit, alt, width, height)


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
        bare = _END_LABEL.sub("", _LABEL.sub("", _COUNTER.sub("", layout.texts[index])))
        text, named = split_credit(bare)
        if _CREDIT_CLASS.search(names) and "caption" not in names.lower():
            credit = credit or named or bare_credit(layout.texts[index])
        else:
            if text and (caption is None or fold(text) not in fold(caption)):
                caption = text if caption is None else f"{caption} {text}"
            credit = credit or named
    return caption, credit
