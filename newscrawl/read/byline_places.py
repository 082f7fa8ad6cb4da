"""Where a block stands among those that name persons: in a byline, a picture, a comment, a list of other stories."""

from __future__ import annotations

import re

from newscrawl.name_pattern import NamePattern
from newscrawl.read.layout import Layout

#: Class names of boilerplate, and of the captions and share bars that also name people.
BOILERPLATE_CLASS = NamePattern(
    r"comment|related|sidebar|aside|(?<!elementor-)widget|recommend|teaser|promo|footer|popular|trending|latest|share|social|caption"
    r"|credit"
)
#: Names of lists of other stories and of comments.
OTHER_LISTS = NamePattern(
    r"(?<![a-z])(?:comments?|disqus|discussion|replies|more-?news|read-?more|related|(?<!author-)(?<!author_)cards?)(?![a-z])"
)
BYLINE_CLASS = NamePattern(
    r"(?<![a-z])(by-?lines?|authors?|author-?names?|article-?authors?|writer|posted-?by|signature|contributors?"
    r"|auteurs?|autore?s?|autoren|yazar|firma)(?![a-z])"
)
#: Names of elements that say what a person does, beside the name.
_ROLE_CLASS = NamePattern(
    r"(?<![a-z])(?:author|writer|contributor|byline|creator|person|staff|profile)s?[-_]*(?:job[-_]*)?"
    r"(?:titl+e|role|position|job|bio|desc|description|about|info-?title|occupation)(?![a-z])|(?<![a-z])job-?title(?![a-z])"
)

#: Names of the bars of buttons that share, print or save a story.
_TOOLS_CLASS = NamePattern(
    r"(?<![a-z])(?:shar(?:e|es|ing)|share(?:bar|buttons?|links?|tools?)|socials?|social(?:bar|media|links?|icons?)"
    r"|tools?|toolbar|actions?)(?![a-z])"
)
#: Addresses of social networks, and those at which a story is passed on.
_NETWORK = re.compile(
    r"^(?:https?:)?//(?:[\w-]{1,20}\.){0,2}(?:facebook|twitter|x|linkedin|instagram|whatsapp|pinterest|reddit|telegram"
    r"|youtube|tiktok|threads|bsky|xing)\.(?:com|net|org|app|me)(?![\w.])",
    re.I,
)
_PASSED_ON = re.compile(
    r"^(?:mailto:\?|whatsapp:|(?:https?:)?//(?:wa\.me|t\.me/share)\b"
    r"|(?:https?:)?//[^?#]{0,100}/(?:sharer?|share-?article|intent|submit|pin/create)\b)",
    re.I,
)


def is_in_tools(layout: Layout, index: int, headline: int) -> bool:
    """Is a block a part of a bar of buttons, or a row of links to social networks?"""
    if _TOOLS_CLASS.matches(names_around(layout, index, 3, headline)[0]):
        return True
    if layout.link_shares[index] < _MOSTLY:
        return False
    links = _addresses_in(layout, index)
    return sum(_NETWORK.match(link) is not None for link in links) > 1 or any(map(_PASSED_ON.match, links))


#: The share of the text of a row of links that is in links, and elements of a block that are looked at, at most.
_MOSTLY, _ELEMENTS = 0.5, 40


def _addresses_in(layout: Layout, index: int) -> list[str]:
    """The addresses of the links in a block, and of the link that it is in."""
    first = layout.places[index]
    last = min(len(layout.tags), first + _ELEMENTS)
    inside = (one for one in range(first, last) if layout.opens[one] <= index < layout.closes[one])
    return [layout.attributes[one].get("href") or "" for one in inside]


def is_role(layout: Layout, index: int) -> bool:
    """Is a block what a person does, by the name of its own element?"""
    return _ROLE_CLASS.matches(names_around(layout, index, 2)[0])


def is_in_button(layout: Layout, index: int) -> bool:
    """Is a block the label of a button?"""
    element = layout.places[index]
    return "button" in (layout.tags[element], layout.tags[layout.parents[element]])


def is_in_others(layout: Layout, index: int, headline: int | None = None) -> bool:
    """Is a block in a list of other stories, or among readers' comments? What has the headline is no such list."""
    return OTHER_LISTS.matches(names_around(layout, index, 6, headline)[0])


def is_byline_class(class_names: str) -> bool:
    """Do class names say that an element is a byline?"""
    return BYLINE_CLASS.matches(class_names) and not BOILERPLATE_CLASS.matches(class_names)


def names_around(layout: Layout, index: int, steps: int, headline: int | None = None) -> tuple[str, bool]:
    """Class, itemprop, id and itemtype of the nearest elements; and whether one of them is a rel=author link.

    headline: a block; elements that contain it are left out.
    """
    element, names, is_linked = layout.places[index], [], False
    for _ in range(steps):
        if element <= 0 or (headline is not None and layout.opens[element] <= headline < layout.closes[element]):
            break
        attributes = layout.attributes[element]
        if attributes:
            names += [value for name in _NAMED_BY if (value := attributes.get(name))]
            is_linked = is_linked or "author" in (attributes.get("rel") or "")
        element = layout.parents[element]
    return " ".join(names).lower(), is_linked


#: The attributes that name an element.
_NAMED_BY = ("class", "itemprop", "id", "itemtype")


def is_in_figure(layout: Layout, index: int) -> bool:
    """Is a block part of a picture, and names who made it or who is in it?"""
    element = layout.places[index]
    for _ in range(4):
        if element <= 0:
            return False
        if layout.tags[element] in ("figure", "figcaption"):
            return True
        element = layout.parents[element]
    return False
