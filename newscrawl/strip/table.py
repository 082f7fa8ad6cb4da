"""The rules by name. The names are those of the files in `newscrawl/strip/rules/`; the files are imported on first use.

So whoever only asks whether a rule of a name exists, as a crawl does at its start, waits for none of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Set

from newscrawl.article import Article, Removal
from newscrawl.strip import rules as rules_folder

Rule = Callable[[Article], Iterable[Removal]]


class Rules(MutableMapping[str, Rule]):
    """Name -> function, in alphabetical order."""

    def __init__(self) -> None:
        names = sorted(module.name for module in pkgutil.iter_modules(rules_folder.__path__))
        self._rules: dict[str, Rule | None] = {name: None for name in names if not name.startswith("_")}
        self._all: list[tuple[str, Rule, frozenset[object] | None]] | None = None

    def __getitem__(self, name: str) -> Rule:
        rule = self._rules[name]
        if rule is None:
            rule = self._rules[name] = importlib.import_module(f"{rules_folder.__name__}.{name}").removals
        return rule

    def __setitem__(self, name: str, rule: Rule) -> None:
        self._rules[name], self._all = rule, None

    def __delitem__(self, name: str) -> None:
        del self._rules[name]
        self._all = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def that_may_find(self, signs: Set[object] | None) -> list[tuple[str, Rule]]:
        """The rules, imported, without those that name nothing on a page.

        signs: what is found on the page (`newscrawl.strip.view.View.signs`); None for all rules.
        """
        if self._all is None:
            self._all = [(name, self[name], getattr(self[name], "where_found", None)) for name in self]
        return [
            (name, rule)
            for name, rule, needed in self._all
            if needed is None or signs is None or not needed.isdisjoint(signs)
        ]


#: All rules by name.
RULES = Rules()
