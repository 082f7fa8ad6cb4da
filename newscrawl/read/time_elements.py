"""Elements that state a moment, such as <time>: which of them may state when the story was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newscrawl.read.date_places import is_of_masthead, label_before
from newscrawl.read.date_wording import MODIFIED_WORD
from newscrawl.read.foreign_places import is_of_comment, is_of_footer
from newscrawl.read.structured import Structured

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PUBLISHED_CLASS = re.compile(r"publish|entry-date(?!.*updated)|post-date|created", re.I)
_BOILERPLATE_CLASS = re.compile(
    r"related|comment|sidebar|aside|footer|widget|recommend|teaser|recent|popular|trending|latest|more-|card|promo"
    r"|listing|feed",
    re.I,
)


def in_time_elements(found: Structured) -> tuple[list[str], Iterator[str]]:
    """What <time> elements marked as the date of publication state, and those outside of lists and boilerplate."""
    marked, rest = [], []
    for node in found.times[:60]:
        if is_of_comment(node):
            continue
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
        stated = stated_by(node)
        if "pubdate" in attributes or _PUBLISHED_CLASS.search(names):
            marked.append(stated)
        elif not MODIFIED_WORD.search(names) and not is_of_masthead(node):
            rest.append((node, stated))
    return marked, (stated for node, stated in rest[:20] if not is_in_boilerplate(node))


def stated_by(node: LexborNode) -> str:
    """The date that an element states: in an attribute, else in its text."""
    attributes = node.attributes
    named = (
        attributes.get(name)
        for name in ("datetime", "content", "data-timestamp", "data-datetime", "data-published", "title")
    )
    return next(filter(None, named), None) or node.text(separator=" ")


def is_in_boilerplate(node: LexborNode, or_modified: bool = True) -> bool:
    """Whether an element is in a list or boilerplate, or (unless told not to) its text is about a modification."""
    parent, steps, label = node.parent, 0, label_before(node)
    if or_modified and MODIFIED_WORD.search(label):
        return True
    while parent is not None and steps < 8 and parent.tag not in ("body", "main"):
        names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}"
        if (
            parent.tag in ("aside", "footer", "nav", "li")
            or _BOILERPLATE_CLASS.search(names)
            or (or_modified and not label and MODIFIED_WORD.search(_start_of_text(parent)))
        ):
            return True
        parent, steps = parent.parent, steps + 1
    return False


def _start_of_text(node: LexborNode) -> str:
    """The first 60 characters of an element's text, without reading the rest."""
    text = ""
    for inner in node.traverse(include_text=True):
        text += inner.text_content or ""
        if len(text) >= 60:
            break
    return text[:60]


def in_any_time_element(found: Structured) -> Iterator[str]:
    """Those that are not surely of something else: of today, of a comment, or of the whole site."""
    for node in found.times[:10]:
        if not is_of_masthead(node) and not is_of_comment(node) and not is_of_footer(node):
            yield stated_by(node)
