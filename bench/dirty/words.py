"""What dirty pages say, by language. A line of `languages/xx.txt` is a kind, a tab, and wordings separated by " ¦ ".

A wording may have several lines, separated by " // ". Slots: {p} a person, {t} a town, {n} a number, {title} the title
of another story, {site} the site, {host} its host, {d} {hh} {mm} parts of a date. `judging/xx.txt` has other wordings
of the same kinds, written without regard to the rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from random import Random

SITES = (
    "Velmora Post",
    "Tarnwick Herald",
    "Orlindo",
    "Kestav 24",
    "Ostrand Kurier",
    "Le Pavois",
    "Miradal",
    "Nordhavn News",
)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a file."""
    return tuple(sorted(f.name[:-4] for f in (files(__package__) / "languages").iterdir() if f.name.endswith(".txt")))


@lru_cache(maxsize=64)
def _file(language: str, folder: str = "languages") -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for line in (files(__package__) / folder / f"{language}.txt").read_text("utf-8").split("\n"):
        if line.strip() and not line.startswith("#"):
            kind, wordings = line.split("\t")
            rows[kind] = (*rows.get(kind, ()), *wordings.split(" ¦ "))
    return rows


class Words:
    """Draws wordings of one language at random. No wording is drawn twice before all of its kind were drawn.

    judging: use the wordings of `judging/`.
    """

    def __init__(self, language: str, chance: Random, judging: bool = False) -> None:
        self.language, self.chance = language, chance
        self._file = {**_file(language), **(_file(language, "judging") if judging else {})}
        self.site = chance.choice(SITES)
        self._left: dict[str, list[str]] = {}
        self._next: dict[str, str] = {}

    def has(self, kind: str) -> bool:
        """Does the language have wordings of this kind?"""
        return kind in self._file

    def draw(self, kind: str, **first: str) -> str:
        """One wording with its slots filled. first: values for the next slots of these names.

        Raises KeyError if the language has no wording of the kind.
        """
        left = self._left.setdefault(kind, [])
        if not left:
            left.extend(self._file[kind])
            self.chance.shuffle(left)
        self._next.update(first)
        return self.fill(left.pop())

    def lines(self, kind: str) -> list[str]:
        """One wording of several lines."""
        return self.draw(kind).split(" // ")

    def fill(self, template: str) -> str:
        """Fill the slots of a template."""
        return re.sub(r"\{(\w+)\}", self._slot, template)

    def _slot(self, match: re.Match[str]) -> str:
        chance, name = self.chance, match[1]
        if name == "n":
            return str(chance.randint(12, 89))
        if name in ("d", "hh", "mm"):
            return str(chance.randint(10, {"d": 28, "hh": 22, "mm": 59}[name]))
        if name in self._next:
            return self._next.pop(name)
        if name == "host":
            return self.site.lower().replace(" ", "") + ".example"
        return self.site if name == "site" else self.draw({"p": "person", "t": "town"}.get(name, name))
