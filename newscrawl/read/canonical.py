"""The canonical URL of a page, where what the page claims is plausible.

Many pages lie: they name the front page, the section, a development server, or a URL without its scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newscrawl.read.structured import Structured
from newscrawl.text import words
from newscrawl.urls import is_same_site, is_web_url, joined, split, without_controls

if TYPE_CHECKING:
    from newscrawl.read.document import Document

#: "news.example/a/b": a URL whose scheme was forgotten, rather than a relative one.
_WITHOUT_SCHEME = re.compile(r"(?:[\w-]{1,60}\.){1,6}[a-z]{2,20}(?::\d{1,5})?/", re.I)
_INDEX = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.I)
#: The end of a path that names another view or a part of the same article.
_VIEW = re.compile(r"amp|print\w*|mobile|full|all|(?:page/)?\d{1,3}", re.I)
_ID = re.compile(r"\d{5,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Hosts of this form are not on the public internet.
_LOCAL_HOST = re.compile(r"localhost|[^.]*|[\d.]+|.*:.*|.*\.(?:local|localhost|internal|test|lan|invalid)", re.I)
#: A foreign claim needs so many words in common with the page's URL or headline, if it has as many.
_SHARED_WORDS = 3


def read_canonical(document: Document, found: Structured, headline: str | None) -> tuple[str | None, bool]:
    """The canonical URL, or None; and whether it is on another site, because the page is a syndicated copy."""
    here = document.page.url
    foreign = None
    for claims in (_links(document, found), _og_url(document, found)):
        plausible = list(dict.fromkeys(claim for claim in claims if _is_plausible(claim, here)))
        own = [claim for claim in plausible if not split(here).hostname or is_same_site(claim, here)]
        named = [claim for claim in own if _path(claim) == _path(here)]
        if named or len(own) == 1:
            return (named or own)[0], False
        if len(plausible) == 1 and not own and foreign is None and _is_same_story(plausible[0], here, headline):
            foreign = plausible[0]
    return foreign, foreign is not None


def _links(document: Document, found: Structured) -> Iterator[str]:
    for node in found.canonical[:10]:
        url = _absolute(document, node.attributes.get("href") or "")
        # browsers move a <link> into the body where the head ends early; others there are not the page's own words
        is_in_head = node.parent is not None and node.parent.tag == "head"
        if url and (is_in_head or _path(url) == _path(document.page.url)):
            yield url


def _og_url(document: Document, found: Structured) -> Iterator[str]:
    url = _absolute(document, found.first("og:url") or "")
    if url:
        yield url


def _absolute(document: Document, href: str) -> str | None:
    href = without_controls(href.strip())
    if not href or _WITHOUT_SCHEME.match(href):
        return None
    return joined(document.url, href)


def _path(url: str) -> str:
    return _INDEX.sub("/", split(url).path).rstrip("/")


def _is_plausible(claim: str, here: str) -> bool:
    """May this be the URL of an article, as far as the claim itself and the page's own URL show?"""
    parts = split(claim)
    if not is_web_url(claim) or (
        split(here).hostname != parts.hostname and _LOCAL_HOST.fullmatch(parts.hostname or "")
    ):
        return False
    there, own = _path(claim), _path(here)
    if not there and not (parts.query and (not own or split(here).query)):
        return False
    is_inside = own.startswith(there + "/") and not _VIEW.fullmatch(own.removeprefix(there + "/"))
    if is_inside and not _ID.search(there) and len(_WORD.findall(there.rpartition("/")[2])) < 3:
        return False  # the section that the page is in
    ids_there, ids_own = set(_ID.findall(there)), set(_ID.findall(own))
    shared = {word.lower() for word in _WORD.findall(there)} & {word.lower() for word in _WORD.findall(own)}
    return not (ids_there and ids_own and not ids_there & ids_own and not shared)


def _is_same_story(claim: str, here: str, headline: str | None) -> bool:
    """Is a URL of another site about what this page is about, by its slug?"""
    there = set(words(_path(claim).rpartition("/")[2].replace("-", " ").replace("_", " ")))
    there = {word for word in there if len(word) > 2 and word.isalpha()}
    ours = set(words(f"{_path(here)} {headline or ''}".replace("-", " ").replace("_", " ").replace("/", " ")))
    return len(there) >= _SHARED_WORDS and len(there & ours) >= max(_SHARED_WORDS, len(there) / 2)
