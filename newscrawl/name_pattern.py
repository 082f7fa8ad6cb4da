"""A regular expression for names of elements, and what it said of the last ones: the pages of a site share them."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Names that are remembered at most, by each expression.
_MOST = 1000


@dataclass(init=False, eq=False, slots=True)
class NamePattern:
    """Tells whether class names, ids and the like match, each of them once."""

    pattern: re.Pattern[str]
    _known: dict[str, bool]

    def __init__(self, pattern: str | re.Pattern[str], flags: int = 0) -> None:
        self.pattern = re.compile(pattern, flags)
        self._known = {}

    def matches(self, names: str) -> bool:
        """Is the expression found in the names?"""
        found = self._known.get(names)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[names] = self.pattern.search(names) is not None
        return found
