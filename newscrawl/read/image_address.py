"""The address of an image: of the largest form that the page offers, and not of what stands in for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.read.layout import Layout
from newscrawl.read.picture import SOURCE
from newscrawl.urls import split

if TYPE_CHECKING:
    from newscrawl.read.document import Document

Attributes = dict[str, str | None]

#: Attributes with the largest form of an image.
_FULL = (
    "data-hi-res-src data-full-src data-full data-orig-file data-zoom-image data-large-file data-large data-hires"
).split()
#: Attributes in which lazily loaded images keep their address.
_LAZY = (
    "data-src data-original data-lazy-src data-lazy data-img-url data-img data-image data-srcurl data-defer-src "
    "data-flickity-lazyload data-ll-src data-echo data-runner-src data-pin-media data-url"
).split()
#: The same of the elements around an image, whose "data-url" is that of a page.
_LAZY_AROUND = (*_FULL, *_LAZY[:-1])
_SRCSETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
#: What parts the candidates of a srcset: a comma before white space, or before another URL.
_BETWEEN = re.compile(r",(?=\s|/|https?:)")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)[wxh]")
#: Lower numbers after a candidate are densities (2x), and higher ones widths, of which the first are small pictures'.
_DENSITY, _SMALL = 10, 100
#: What stands in for a picture until it is loaded: its name, and a query that blurs it.
_STANDS_IN = re.compile(
    r"(?<![a-z])(?:blur(?:red)?|tiny|placeholder|lqip|spacer|blank|loading|lazy|transparent|gr[ea]y(?=\.gif))(?![a-z])",
    re.I,
)
_BLURS = re.compile(r"(?:^|&)(?:amp;)?blur=[1-9]", re.I)
#: No address: JSON, a form with places to be filled in, or a word.
_NO_URL = re.compile(
    r"^\s*[\[{]|[{}]|%7B|\[\w{1,20}\]|!!\w{1,20}!!|^(?:data|blob|javascript|about):|^\s{0,9}[\w-]{0,40}\s{0,9}$", re.I
)
_IMAGE_FILE = re.compile(r"/[^/:]{1,200}\.(?:jpe?g|png|webp|avif)$", re.I)


def image_address(document: Document, layout: Layout, element: int) -> str | None:
    """The URL of an image: its own in full, the largest of a set, or that of the elements around it."""
    attributes = layout.attributes[element]
    src = attributes.get("src")
    sets = [_largest(attributes.get(name)) for name in (*_SRCSETS, SOURCE)]
    linked = _linked_file(document, layout, element, src)
    values = [*map(attributes.get, _FULL), *(url for url, size in sets if _is_larger(size, attributes)), linked]
    values += [*map(attributes.get, _LAZY), *(url for url, size in sets if 1 < size < _DENSITY)]
    of_srcset, of_sources = sets[-2][0], sets[-1][0]
    values += [url for url, _ in sets[:-2]] + ([of_srcset, src] if not src or _stands_in(src) else [src])
    values.append(of_sources)
    for one in _around(layout, element):
        values += [*(_largest(one.get(name))[0] for name in _SRCSETS), *map(one.get, _LAZY_AROUND)]
    for value in values:
        if value and not _NO_URL.search(value):
            url = document.absolute(value)
            if url and not _stands_in(url):
                return url
    return document.absolute(src) if src and not _NO_URL.search(src) and not _is_blank(src) else None


def _is_larger(size: float, attributes: Attributes) -> bool:
    """Is the widest candidate of a set stated to be at least as large as the image is said to be?"""
    width = re.match(r"\s*(\d{1,5})", attributes.get("width") or "")
    return size >= max(_DENSITY, int(width[1]) if width else _SMALL)


def _around(layout: Layout, element: int) -> list[Attributes]:
    """The attributes of an image's <picture> and <figure>, where nothing is between them."""
    parent = layout.parents[element]
    found: list[Attributes] = []
    while parent > 0 and layout.tags[parent] in ("picture", "figure", "span", "div") and len(found) < 3:
        if layout.tags[parent] != "div" or not found:
            found.append(layout.attributes[parent])
        parent = layout.parents[parent]
    return found


def _linked_file(document: Document, layout: Layout, element: int, src: str | None) -> str | None:
    """The image file that an image links to, if it is in the same folder: the full form of a preview."""
    parent = layout.parents[element]
    if not src or parent <= 0 or layout.tags[parent] != "a":
        return None
    href, own = document.absolute(layout.attributes[parent].get("href")), document.absolute(src)
    if not href or not own or not _IMAGE_FILE.search(split(href).path):
        return None
    folders = [split(url).path.rpartition("/")[0] for url in (href, own)]
    return href if split(href).netloc == split(own).netloc and folders[0] == folders[1] else None


def _stands_in(url: str) -> bool:
    return _NO_URL.search(url) is not None or _is_blank(url) or _BLURS.search(split(url).query) is not None


def _is_blank(url: str) -> bool:
    return _STANDS_IN.search(split(url).path.rsplit("/", 1)[-1]) is not None


def _largest(srcset: str | None) -> tuple[str | None, float]:
    """The URL and size of the widest candidate of a srcset; the last, and 0, where none says its width."""
    if not srcset:
        return None, 0.0
    best, most = None, -1.0
    for candidate in _BETWEEN.split(srcset[:20_000]):
        url, *rest = candidate.split() or [""]
        size = _SIZE.fullmatch(rest[0].strip(",")) if rest else None
        width = float(size[1]) if size else 0.0
        if url and width >= most and not _NO_URL.search(url):
            best, most = url.strip(","), width
    return best, max(0.0, most)
