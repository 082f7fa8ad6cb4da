"""Tells the names of organisations from those of persons, by the words of `organisations.txt`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from newscrawl.read.byline_wording import AGENCIES
from newscrawl.text import fold


@lru_cache(maxsize=1)
def _organisation_words() -> frozenset[str]:
    lines = files("newscrawl.read").joinpath("organisations.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_organisation(name: str) -> bool:
    """Has a name a word that only organisations have, and is it no agency that signs stories?"""
    if fold(name) in AGENCIES:
        return False
    parts = [part.strip(",()") for part in fold(name).split()]
    if any("." in part[:-1] for part in parts[:-1]):  # initials: "James S.A. Roe"
        parts = [part for part in parts[:-1] if "." not in part[:-1]] + parts[-1:]
    own = _organisation_words()
    return any(part in own or part.strip(".") in own for part in parts) or fold(name).endswith((".com", ".de", ".org"))
