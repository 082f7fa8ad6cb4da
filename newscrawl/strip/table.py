"""The rules by name. The names are those of the files in `newscrawl/strip/rules/`; the files are imported on first use.

So whoever only asks whether a rule of a name exists, as a crawl does at its start, waits for none of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import cast

from newscrawl.article import Article, Removal
from newscrawl.strip import rules as rules_folder

Rule = Callable[[Article], Iterable[Removal]]


class Rules(MutableMapping[str, Rule]):
    """Name -> function, in alphabetical order."""

    def __init__(self) -> None:
        names = sorted(module.name for module in pkgutil.iter_modules(rules_folder.__path__))
        self._rules: dict[str, Rule | None] = {name: None for name in names if not name.startswith("_")}
        self._are_loaded = False

    def __getitem__(self, name: str) -> Rule:
        rule = self._rules[name]
        if rule is None:
            rule = self._rules[name] = importlib.import_module(f"{rules_folder.__name__}.{name}").removals
        return rule

    def __setitem__(self, name: str, rule: Rule) -> None:
        self._rules[name] = rule

    def __delitem__(self, name: str) -> None:
        del self._rules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def loaded(self) -> dict[str, Rule]:
        """All of them, imported."""
        if not self._are_loaded:
            for name in self._rules:
                self[name]
            self._are_loaded = True
        return cast(dict[str, Rule], self._rules)


#: All rules by name.
RULES = Rules()
