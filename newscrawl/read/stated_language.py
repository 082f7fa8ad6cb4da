"""The language of a story: the first that its page states and its text does not contradict; else that of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newscrawl.candidates import Candidate
from newscrawl.read.language import detected_language, language_of_text
from newscrawl.read.statements import Stated, listed
from newscrawl.read.structured import Node, Structured

if TYPE_CHECKING:
    from newscrawl.read.document import Document

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?![a-z0-9])", re.I)
#: The characters of a tag at most.
_LONGEST = 12
_META = ("content-language", "language", "dc.language")
_TEXT = "text"

_FIRST = "the first of these that is a language, and the text does not contradict it"
_AGREES = "the text contradicts what is stated before, and agrees with this"
_CONTRADICTS = "the text contradicts what is stated"
_SHOWS = "none is stated, and the text shows it"


def stated_languages(document: Document, found: Structured, article: Node) -> Iterator[Stated[str]]:
    """The languages that the page states, most trusted first; values are BCP 47 tags."""
    root = document.tree.css_first("html")
    language = article.get("inLanguage")
    if isinstance(language, dict):
        language = language.get("alternateName") or language.get("name")
    header = next((v for k, v in document.page.headers.items() if k.lower() == "content-language"), None)
    lang = root.attributes.get("lang") or root.attributes.get("xml:lang") if root is not None else None
    meta = [(f"meta {name}", value) for name in _META for value in found.meta.get(name, ())]
    for source, value in (
        ("<html lang>", lang),
        ("JSON-LD inLanguage", language),
        ("meta og:locale", found.first("og:locale")),
        *meta,
        ("header Content-Language", header),
    ):
        if isinstance(value, str) and value:
            yield Stated(source, value, _tag(value))


def _tag(value: str) -> str | None:
    match = _TAG.match(value.strip()) if len(value) <= _LONGEST else None
    if match is None:
        return None
    return "-".join(filter(None, (match[1].lower(), (match[2] or "").title(), (match[3] or "").upper())))


def choose_language(text: str, statements: Iterable[Stated[str]]) -> tuple[Stated[str] | None, str]:
    """The language of a story with this text, where it comes from, and why; None if nothing tells it."""
    usable = [one for one in statements if one.value is not None]
    first = usable[0].value if usable else None
    shown = language_of_text(text, first)
    if shown is None:
        return None, ""
    if shown == first:
        return usable[0], _FIRST
    agreeing = next((one for one in usable if one.value is not None and one.value[:2] == shown[:2]), None)
    if agreeing is not None:
        return agreeing, _AGREES
    return Stated(_TEXT, shown, shown), _CONTRADICTS if usable else _SHOWS


def language_candidates(text: str, statements: Iterable[Stated[str]]) -> Iterator[Candidate]:
    """What the page states as its language, and what its text shows."""
    stated = list(statements)
    chosen, why = choose_language(text, stated)
    shown = detected_language(text)
    of_text = [Stated(_TEXT, shown, shown)] if shown is not None else []
    return listed("language", [*stated, *of_text], chosen, why)
