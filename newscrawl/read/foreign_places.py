"""Places of a page whose dates are those of something else: comments, the site's footer, the masthead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newscrawl.name_pattern import NamePattern
from newscrawl.read.date_places import is_in_masthead, label_before
from newscrawl.read.date_wording import PUBLISHED_LABEL
from newscrawl.read.layout import Layout

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_COMMENTS = NamePattern(
    r"(?<![a-z])(?:comments?|comment-?(?:list|thread)|user-?comments?|kommentare?|kommentarer|commentaires?|comentarios?"
    r"|comentários|commenti|reacties|replies|disqus\w*)(?![a-z])"
)
#: Names of a line about the story that also has the number of its comments.
_LINE = NamePattern(r"(?<![a-z])(?:firma|byline|meta|counts?|num|dates?)(?![a-z])")
_FOOTER = NamePattern(r"(?<![a-z_-])(?:(?:site|page|main|global)[_-]?)?footer(?![a-z_-])|(?<![a-z])colophon(?![a-z])")
_STORY = NamePattern(r"(?<![a-z])(?:article|post|story|entry)(?![a-z])")

#: An element: its tag, its class and id in lower case, and whether the headline is in it.
Place = tuple[str, str, bool]


def is_foreign(layout: Layout, index: int, headline: int | None) -> bool:
    """Is a block in the masthead, in a comment, or in the site's footer?"""
    if is_in_masthead(layout, index, headline):
        return True
    places = list(_places_of_block(layout, index, headline))
    return _are_comments(places) or (_are_footer(places) and not PUBLISHED_LABEL.match(layout.texts[index]))


def is_of_comment(node: LexborNode) -> bool:
    """Is an element of the tree in a comment?"""
    return _are_comments(_places_of_node(node))


def is_of_footer(node: LexborNode) -> bool:
    """Is an element of the tree in the site's footer, without a word of publication before it?"""
    return _are_footer(_places_of_node(node)) and not PUBLISHED_LABEL.match(label_before(node))


def _places_of_block(layout: Layout, index: int, headline: int | None) -> Iterator[Place]:
    """The elements around a block, inner ones first, without <body>."""
    element = layout.places[index]
    while element > 0:
        has_headline = headline is not None and layout.opens[element] <= headline < layout.closes[element]
        yield layout.tags[element], _names(layout.attributes[element]), has_headline
        element = layout.parents[element]


def _places_of_node(node: LexborNode) -> Iterator[Place]:
    """The same for an element of the tree."""
    parent: LexborNode | None = node
    while parent is not None and parent.tag not in ("body", "html"):
        tag, names = parent.tag or "", _names(parent.attributes)
        is_asked = tag == "footer" or any(form.matches(names) for form in (_COMMENTS, _FOOTER))
        yield tag, names, is_asked and parent.css_first("h1") is not None
        parent = parent.parent


def _names(attributes: dict[str, str | None]) -> str:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()


def _are_comments(places: Iterator[Place] | list[Place]) -> bool:
    return any(
        not has_headline and _COMMENTS.matches(names) and not _LINE.matches(names) for _, names, has_headline in places
    )


def _are_footer(places: Iterator[Place] | list[Place]) -> bool:
    """Is one of the elements a footer that is not the story's own?"""
    is_footer = False
    for tag, names, has_headline in places:
        if tag in ("article", "main") or _STORY.matches(names):
            is_footer = False
        elif not has_headline and (tag == "footer" or _FOOTER.matches(names)):
            is_footer = True
    return is_footer
