"""Text that sighted readers do not see: hidden, display:none, aria-hidden, or for screen readers only.

Removes blocks inside an element that is marked so.
Spares the story, even if its container is hidden until a script shows it, and every block that the content model has
judged: folded parts of a story are hidden too, and the model knows about hidden elements. Of the blocks that it judged,
only short ones that are for screen readers are removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Element, Removal
from newscrawl.strip.scores import is_unjudged
from newscrawl.strip.view import view_of

_STYLE = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.I)
#: Most characters of a label for screen readers.
_LABEL = 80
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
        "text-hide",
        "show-for-sr",
    }
)


def removals(article: Article) -> Iterator[Removal]:
    """Blocks inside an element that is not shown."""
    view = view_of(article)
    for block, steps in zip(view.blocks, view.box_steps, strict=True):
        if is_unjudged(block) and any(map(_is_hidden, steps)):
            yield Removal(block, "not shown to readers")
        elif len(block.text) <= _LABEL and any(map(_is_for_screen_readers, steps)):
            yield Removal(block, "for screen readers only")


def _is_for_screen_readers(element: Element) -> bool:
    return not _CLASSES.isdisjoint(element.classes)


def _is_hidden(element: Element) -> bool:
    attributes = element.attributes
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _is_for_screen_readers(element)
        or ("style" in attributes and _STYLE.search(attributes["style"]) is not None)
    )
