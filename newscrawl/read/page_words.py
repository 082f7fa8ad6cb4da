"""How often a story addresses its reader, speaks for the site that shows it, and reports what somebody said."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

#: The groups of `page_words.txt`.
GROUPS = ("you", "we", "said")
#: Most characters of a story whose words are counted.
SAMPLE = 3_000


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, dict[str, int]]:
    """Language -> word -> number of its group."""
    found: dict[str, dict[str, int]] = {}
    for line in files("newscrawl.read").joinpath("page_words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition("\t")
            language, _, group = name.partition(" ")
            found.setdefault(language, {}).update(dict.fromkeys(words.split(), GROUPS.index(group)))
    return found


def word_shares(text: str, language: str | None) -> list[float]:
    """The share of the words of a text that are of each of `GROUPS`; -1 for languages whose words are not known.

    language: a BCP 47 tag; English where none is known.
    """
    groups = _vocabulary().get((language or "en").lower().partition("-")[0])
    if groups is None:
        return [-1.0] * len(GROUPS)
    sample = text[:SAMPLE].lower()
    for sign in ",.:?!":
        sample = sample.replace(sign, " ")
    words = sample.split()
    of = list(map(groups.get, words))
    return [of.count(group) / max(1, len(words)) for group in range(len(GROUPS))]
