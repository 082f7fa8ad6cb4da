"""Text that no reader sees: hidden, display:none, aria-hidden, for screen readers only.

Strikes blocks inside an element that says so.
Spares the story, even where its container is hidden until a script shows it, and whatever the content model judged
(folded parts of a story are hidden too, and it knows hidden elements).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Element, Removal
from newscrawl.strip.view import view

_STYLE = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.I)
_CLASSES = frozenset(
    {
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screenreader-only",
        "assistive-text",
        "a11y-hidden",
        "u-visually-hidden",
    }
)


def removals(article: Article) -> Iterator[Removal]:
    """Blocks inside an element that is not shown."""
    seen = view(article)
    for block, steps in zip(seen.blocks, seen.steps, strict=True):
        if any(map(_is_hidden, steps)) and block.score in (None, 1.0):
            yield Removal(block, "not shown to readers")


def _is_hidden(element: Element) -> bool:
    told = element.attributes
    return (
        "hidden" in told
        or told.get("aria-hidden") == "true"
        or not _CLASSES.isdisjoint(element.classes)
        or ("style" in told and _STYLE.search(told["style"]) is not None)
    )
