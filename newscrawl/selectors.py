"""CSS selectors with which a person corrects how one site is read. Checks them; applies none.

A selector may end in `::attr(name)`, for the value of an attribute, or in `::text`, which is what is taken anyway.
`newscrawl.read.selected` applies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_TARGET = re.compile(r"text|attr\(\s*([\w:.\-]+)\s*\)")


@dataclass(frozen=True, slots=True)
class Selectors:
    """What to take from a page instead of what newscrawl would. Empty: newscrawl's own reading stands.

    headline, body, date: selectors that are tried in turn; the first that matches counts. body: the elements that hold
    the story, and nothing else does. authors: every element that the first matching selector finds names an author.
    strip: what is removed before the page is read.
    """

    headline: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


#: What can be selected.
TARGETS = tuple(field.name for field in fields(Selectors))


def split_selector(text: str) -> tuple[str, str | None]:
    """The CSS selector itself, and the attribute whose value is wanted; None for the text."""
    css, mark, target = text.strip().rpartition("::")
    found = _TARGET.fullmatch(target) if mark else None
    return (css.strip(), found[1]) if found else (text.strip(), None)


def check_selector(text: str, takes_attribute: bool = True) -> str:
    """The selector as given. Raises ValueError that quotes one that cannot be used."""
    css, attribute = split_selector(text)
    if attribute and not takes_attribute:
        raise ValueError(f"{text!r} selects an attribute, and here elements are wanted")
    try:
        LexborHTMLParser("<p>").css(css)
    except SelectolaxError:
        raise ValueError(f"{text!r} is not a CSS selector") from None
    return text.strip()


def make_selectors(**given: str | Iterable[str]) -> Selectors:
    """Selectors from texts or lists of texts. Raises ValueError for an unknown target or an unusable selector."""
    made: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        if name not in TARGETS:
            raise ValueError(f"nothing called {name!r} can be selected (there are {', '.join(TARGETS)})")
        texts = [value] if isinstance(value, str) else list(value)
        made[name] = tuple(check_selector(text, name not in ("body", "strip")) for text in texts)
    return Selectors(**made)
