"""The story's pictures, each with its own caption and credit.

A picture belongs to the story when it stands among the story's blocks, or when the page states it as the
article's image. Its caption is the text of its own figure; a credit in brackets, behind a label or in an
element of its own goes into the credit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.article import Image, Kind
from newscrawl.read.structured import Node, Structured
from newscrawl.text import clean, fold

if TYPE_CHECKING:
    from newscrawl.read.blocks import FoundImage, Layout
    from newscrawl.read.document import Document

_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-full-src", "data-img-url", "data-image")
_NOT_A_PICTURE = re.compile(
    r"pixel|spacer|blank\.|1x1|logo|icon|avatar|sprite|placeholder|gravatar|emoji|badge|/ads?/|tracking", re.I
)
_AGENCY = r"(?:Reuters|REUTERS|AP|AFP|EPA|EFE|ANSA|dpa|DPA|APA|PA|TASS|Xinhua|Getty(?: Images)?|Bloomberg|Alamy|Shutterstock|iStock|Unsplash|IMAGO|imago|picture alliance|Keystone|Lusa|AAP|ANP|Belga|NTB|TT|Ritzau|PAP|CTK|ČTK|Anadolu|AA|DHA|IHA|Zuma|SIPA|ABACA|Wikimedia(?: Commons)?|Flickr|Pixabay|Pexels|Handout|Archiv\w*|FILE|NurPhoto)"
_LABEL = re.compile(
    r"(?:^|[\s.(\[–—-])((?:©|\(c\)|(?:photo|image|picture|pic|foto|bild|fotos|fotografie|photograph|credits?|crédits?|crédito|quelle|source|fuente|fonte|kaynak|fotoğraf|фото|video|immagine|imagen|imagem|zdjęcie|zdj|beeld|kép)\s{0,9}(?:credits?|courtesy|by|de|di|von)?\s{0,9}[:：/]|"
    r"(?:photo|image|photograph|foto|picture|photographs)\s{1,9}(?:by|courtesy of|from)\s)\s{0,9}.{2,120}?)[)\]]?\s{0,9}$",
    re.I,
)
_BRACKETS = re.compile(r"\s{0,9}[(\[]([^()\[\]]{2,120})[)\]]\s{0,9}\.?$")
_SLASHED = re.compile(
    rf"(?:^|(?<=[.!?”\"»])\s{{1,9}}|\s{{1,9}}[|–—]\s{{1,9}})((?:[^.!?|]{{0,60}}[/|·]\s{{0,9}})?{_AGENCY}(?:\s{{0,9}}[/|·,]\s{{0,9}}[^.!?]{{2,60}})*|[^.!?]{{2,60}}/\s{{0,9}}{_AGENCY})\.?$"
)
#: Characters of an alternative text that are read.
MAX_ALT = 2000
_COUNTER = re.compile(
    r"^\s*\(?(?:\w{3,8}\s)?\d{1,3}\s?(?:/|\||of|von|de|di|sur|van|z|из|／)\s?\d{1,3}\)?\s*[:.-]?\s*", re.I
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|source|author|photographer|fotograf|quelle|rights|byline|agency|attribution", re.I
)


def split_credit(text: str) -> tuple[str | None, str | None]:
    """A caption parted into what it tells and whom it credits: "Dawn (Jane Roe/AP)" -> ("Dawn", "Jane Roe/AP")."""
    text = clean(text)
    bracketed = _BRACKETS.search(text)
    if bracketed and (
        re.search(rf"\b{_AGENCY}\b", bracketed[1])
        or "/" in bracketed[1]
        or _LABEL.match(bracketed[1] + " ")
        or re.match(r"(?i)(photo|foto|©|image|bild|credit)", bracketed[1])
    ):
        return text[: bracketed.start()].strip() or None, _bare_credit(bracketed[1])
    labelled = _LABEL.search(text)
    if labelled:
        return text[: labelled.start(1)].strip(" .([–—-|").strip() + _end(
            text, labelled.start(1)
        ) or None, _bare_credit(labelled[1])
    slashed = _SLASHED.search(text)
    if slashed:
        return text[: slashed.start()].strip(" |–—") or None, _bare_credit(slashed[1])
    return text or None, None


def _end(text: str, cut: int) -> str:
    """The full stop that ended the caption before its credit."""
    before = text[:cut].rstrip(" ([–—-|")
    return before[-1] if before and before[-1] in ".!?" else ""


def _bare_credit(text: str) -> str | None:
    text = re.sub(r"(?i)^\s*(?:©|\(c\))\s*", "", text)
    text = re.sub(
        r"(?i)^\s*(?:photo|image|picture|pic|foto|bild|fotos|photograph|credits?|crédits?|crédito|quelle|source|fuente|fonte|kaynak|fotoğraf|фото|immagine|imagen|imagem|zdjęcie|beeld)\s*(?:credits?|courtesy of|courtesy|by|de|di|von|from)?\s*[:：/]?\s+",
        "",
        text,
    )
    return clean(text.strip(" .()[]")) or None


def read_images(
    document: Document, found: Structured, article: Node, layout: Layout, story: set[int]
) -> tuple[Image, ...]:
    """The article's stated image first, then those among the story's blocks; at most 50, each address once."""
    images: dict[str, Image] = {}
    boxes: dict[int, bool] = {}
    stated = _stated(document, found, article)
    first, last = (min(story), max(story)) if story else (0, -1)
    for item in layout.images:
        if not (first - 6 <= item.before <= last + 1) or _in_box(layout, item.element, boxes):
            continue
        image = _image(document, layout, item)
        if image is not None:
            key = _key(image.url)
            if key not in images or (image.caption and not images[key].caption):
                images[key] = image
    for url in stated[:1]:
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
    parts = urlsplit(url)
    path = re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)", "", parts.path)
    return f"{parts.netloc.lower()}{path}"


_BOX = re.compile(
    r"related|sidebar|recommend|teaser|promo|newsletter|comment|author|byline|avatar|widget|trending|popular|advert|share|social",
    re.I,
)


def _in_box(layout: Layout, element: int, known: dict[int, bool]) -> bool:
    """Does the element, or one of those near above it, look like a box beside the story? known: what was found out so far, by element."""
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
    url = _address(document, attributes)
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


def _address(document: Document, attributes: dict[str, str | None]) -> str | None:
    for name in _LAZY:
        value = attributes.get(name)
        if value and not value.startswith("data:"):
            return document.absolute(value)
    srcset = attributes.get("srcset") or attributes.get("data-srcset")
    src = attributes.get("src")
    if src and not src.startswith("data:"):
        return document.absolute(src)
    if srcset:
        candidates = [part.split() for part in srcset.split(", ") if part.strip()]
        return document.absolute(candidates[-1][0].strip(",")) if candidates else None
    return None


def _pixels(value: str | None) -> int | None:
    digits = re.match(r"\s*(\d{1,5})", value or "")
    return int(digits[1]) if digits else None


def caption_blocks(layout: Layout, item: FoundImage) -> list[int]:
    """Indexes of the caption blocks of an image: those of its own figure, else a caption right behind it."""
    texts = len(layout.texts)
    figure, step = item.element, 0
    while figure > 0 and step < 6 and layout.tags[figure] != "figure":
        figure, step = layout.parents[figure], step + 1
    near = list(range(max(0, item.before - 3), min(item.before + 6, texts)))
    if figure > 0 and layout.tags[figure] == "figure":
        return [
            i
            for i in near
            if _is_inside(layout, layout.places[i], figure) and layout.kinds[i] in (Kind.CAPTION, Kind.PARAGRAPH)
        ]
    wrapper, step = layout.parents[item.element], 0
    while (
        wrapper > 0 and step < 4 and layout.closes[wrapper] <= item.before
    ):  # up to what holds a block behind the picture
        wrapper, step = layout.parents[wrapper], step + 1
    return [
        i
        for i in near
        if i >= item.before
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
        text, named = split_credit(_COUNTER.sub("", layout.texts[index]))
        if _CREDIT_CLASS.search(names) and "caption" not in names.lower():
            credit = credit or named or _bare_credit(layout.texts[index])
        else:
            if text and (caption is None or fold(text) not in fold(caption)):
                caption = text if caption is None else f"{caption} {text}"
            credit = credit or named
    return caption, credit
