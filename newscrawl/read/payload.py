"""Forms in which frameworks write their data down that are no plain JSON: flat lists, server elements, JSON within strings and attributes.

Gives JSON values that `newscrawl.read.state` can look through; knows nothing of what a story is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

#: Attributes in which frameworks keep what an element is made of: Astro, Inertia, react-rails, Stimulus and their like.
_ATTRIBUTES = (
    "props", "data-page", "data-props", "data-react-props", "data-initial-props", "data-state", "data-initial-state", "data-initial-data", "data-json",
    "data-model", "data-content", "data-article", "data-story", "data-options",
)  # fmt: skip
_SELECTOR = ", ".join(f"[{name}]" for name in _ATTRIBUTES)
#: Elements looked at, characters below which a string holds no story, and levels of a flat list.
_MAX_ELEMENTS, _LEAST, _MAX_DEPTH = 200, 300, 60
#: What Nuxt's flat lists write before a value that they wrap.
_WRAPPERS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "Island", "skipHydrate"})
_NAMED = re.compile(r"_(\d{1,6})")


def decoded(text: str) -> Iterator[Any]:
    """The JSON value that a text begins with, a flat list unfolded; nothing where it begins with none."""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return
    yield unfolded(value)


def within(text: str) -> Any:
    """The object or list that a string holds as JSON; None for any other string."""
    if len(text) < _LEAST or text[:1] not in "{[":
        return None
    value = next(decoded(text), None)
    return value if isinstance(value, dict | list) else None


def in_attributes(tree: LexborHTMLParser) -> Iterator[Any]:
    """The JSON values in the attributes of a page's elements."""
    for node in tree.css(_SELECTOR)[:_MAX_ELEMENTS]:
        attributes = node.attributes
        for name in _ATTRIBUTES:
            value = within((attributes.get(name) or "").strip())
            if value is not None:
                yield value


def unfolded(value: Any) -> Any:
    """What a flat list stands for: its objects and lists hold places in it (Nuxt's payload, turbo-stream). Any other value is itself.

    A thing that is named twice is there twice, as the same object.
    """
    if not isinstance(value, list) or len(value) < 3 or not _is_flat(value):
        return value
    made: dict[int, Any] = {}

    def at(place: Any, depth: int) -> Any:
        if type(place) is not int or not 0 <= place < len(value) or depth > _MAX_DEPTH:
            return None
        if place in made:
            return made[place]
        item = value[place]
        if isinstance(item, list):
            if len(item) == 2 and isinstance(item[0], str):
                return at(item[1], depth + 1) if item[0] in _WRAPPERS else None
            entries: list[Any] = []
            made[place] = entries
            entries.extend(at(one, depth + 1) for one in item)
            return entries
        if isinstance(item, dict):
            made[place] = fields = {}
            for key, one in item.items():
                name = _NAMED.fullmatch(key)
                fields[str(value[int(name[1])]) if name and int(name[1]) < len(value) else key] = at(one, depth + 1)
            return fields
        return item

    return at(0, 0)


def _is_flat(value: list[Any]) -> bool:
    head = value[0]
    places = (
        list(head.values())
        if isinstance(head, dict)
        else head[1:]
        if isinstance(head, list) and head[:1] and head[0] in _WRAPPERS
        else []
    )
    return (
        bool(places)
        and all(type(place) is int and place < len(value) for place in places)
        and any(isinstance(one, str) for one in value)
    )


def children_of(entry: Any) -> tuple[str, Any] | None:
    """Name and content of an element of React's server payload, ["$", name, key, {"children": …}]; None for anything else."""
    if (
        not isinstance(entry, list)
        or len(entry) < 4
        or entry[0] != "$"
        or not isinstance(entry[1], str)
        or not isinstance(entry[3], dict)
    ):
        return None
    inner = entry[3].get("dangerouslySetInnerHTML")
    return entry[1], inner.get("__html") if isinstance(inner, dict) else entry[3].get("children")
