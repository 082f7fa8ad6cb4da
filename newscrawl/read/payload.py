"""Decodes the data formats of script frameworks: flat lists, React elements, and JSON in strings and attributes.

The results are plain JSON values, which `newscrawl.read.embedded_story` searches for the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

#: Attributes in which frameworks such as Astro, Inertia, react-rails and Stimulus store the data of an element.
_ATTRIBUTES = (
    "props",
    "data-page",
    "data-props",
    "data-react-props",
    "data-initial-props",
    "data-state",
    "data-initial-state",
    "data-initial-data",
    "data-json",
    "data-model",
    "data-content",
    "data-article",
    "data-story",
    "data-options",
)
_SELECTOR = ", ".join(f"[{name}]" for name in _ATTRIBUTES)
#: Elements that are looked at on a page, and levels of a flat list that are followed, at most.
_MAX_ELEMENTS, _MAX_DEPTH = 200, 60
#: A string with fewer characters contains no story.
_LEAST_CHARACTERS = 300
#: Markers before a wrapped value in Nuxt's flat lists.
_WRAPPERS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "Island", "skipHydrate"})
#: A key that is stored elsewhere in a flat list, by its index.
_KEY_INDEX = re.compile(r"_(\d{1,6})")


def decoded(text: str) -> Iterator[Any]:
    """The JSON value at the beginning of a text, unflattened; nothing if there is none."""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        return
    yield unflattened(value)


def json_in_string(text: str) -> Any:
    """The object or list that a string contains as JSON; None for any other string."""
    if len(text) < _LEAST_CHARACTERS or text[:1] not in "{[":
        return None
    value = next(decoded(text), None)
    return value if isinstance(value, dict | list) else None


def json_in_attributes(tree: LexborHTMLParser) -> Iterator[Any]:
    """The JSON values in `_ATTRIBUTES` of a page's elements."""
    for node in tree.css(_SELECTOR)[:_MAX_ELEMENTS]:
        attributes = node.attributes
        for name in _ATTRIBUTES:
            value = json_in_string((attributes.get(name) or "").strip())
            if value is not None:
                yield value


def unflattened(value: Any) -> Any:
    """The value that a flat list encodes; any other value itself.

    In a flat list (Nuxt's payload, turbo-stream), objects and lists contain indexes into the list instead of values. A
    value that is referenced twice occurs twice in the result, as the same object.
    """
    if not isinstance(value, list) or len(value) < 3 or not _is_flat(value):
        return value
    made: dict[int, Any] = {}

    def at(index: Any, depth: int) -> Any:
        if type(index) is not int or not 0 <= index < len(value) or depth > _MAX_DEPTH:
            return None
        if index in made:
            return made[index]
        item = value[index]
        if isinstance(item, list):
            if len(item) == 2 and isinstance(item[0], str):
                return at(item[1], depth + 1) if item[0] in _WRAPPERS else None
            entries: list[Any] = []
            made[index] = entries
            entries.extend(at(one, depth + 1) for one in item)
            return entries
        if isinstance(item, dict):
            made[index] = fields = {}
            for key, one in item.items():
                name = _KEY_INDEX.fullmatch(key)
                fields[str(value[int(name[1])]) if name and int(name[1]) < len(value) else key] = at(one, depth + 1)
            return fields
        return item

    return at(0, 0)


def _is_flat(value: list[Any]) -> bool:
    head, indexes = value[0], []
    if isinstance(head, dict):
        indexes = list(head.values())
    elif isinstance(head, list) and head[:1] and head[0] in _WRAPPERS:
        indexes = head[1:]
    return (
        bool(indexes)
        and all(type(index) is int and index < len(value) for index in indexes)
        and any(isinstance(one, str) for one in value)
    )


def children_of(entry: Any) -> tuple[str, Any] | None:
    """Name and content of a React element in a server payload; None for anything else.

    Such an element is a list: ["$", name, key, {"children": …}].
    """
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
