"""What sites write around a story, by language: one file a language, `xx.txt`, a phrase a line.

    kind <TAB> phrase <TAB> example

kind: which rule asks for it, with a role where a rule has several ("related.label"). phrase: a regular expression
without unbounded repetition (a test tries), matched against folded text (`newscrawl.text.fold`: lower case, plain
quotes and dashes). example: a line as sites write it, that the phrase must match. Empty lines and those that begin
with # do not count. Adding a language is adding a file.

A language is read when an article is in it. English is always asked too, because widgets are often left untranslated;
an article without a stated language is asked in all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from newscrawl.article import Article

#: Matches nothing: what a kind is in languages that have no phrase for it.
NOTHING = re.compile(r"(?!)")


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a file."""
    return tuple(sorted(item.name[:-4] for item in files(__name__).iterdir() if item.name.endswith(".txt")))


@lru_cache(maxsize=64)
def phrases(language: str) -> dict[str, list[tuple[str, str]]]:
    """Kind -> phrases with their examples, of one language. Raises ValueError that names a malformed line."""
    found: dict[str, list[tuple[str, str]]] = {}
    lines = files(__name__).joinpath(f"{language}.txt").read_text("utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise ValueError(f"{language}.txt, line {number}: {len(columns)} columns where kind, phrase and example should be")
        found.setdefault(columns[0], []).append((columns[1], columns[2]))
    return found


def pattern(kind: str, article: Article) -> re.Pattern[str]:
    """One expression for all phrases of a kind that an article in its language may hold; for `match`, `search` or `fullmatch`."""
    language = (article.in_language or "").lower().split("-")[0]
    return _pattern(kind, language if language in languages() else "")


@lru_cache(maxsize=4096)
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    asked = dict.fromkeys((language, "en")) if language else languages()
    alternatives = [_bounded(phrase) for code in asked for phrase, _ in phrases(code).get(kind, ())]
    return re.compile("(?:" + "|".join(alternatives) + ")") if alternatives else NOTHING


_SPACED = re.compile(r"[a-z0-9\u00c0-\u024f\u0370-\u052f]")


def _bounded(phrase: str) -> str:
    """The phrase as whole words, where its script parts words by spaces."""
    start = r"(?<!\w)" if _SPACED.match(phrase[:1]) else ""
    end = r"(?!\w)" if _SPACED.match(phrase[-1:]) else ""
    return f"{start}(?:{phrase}){end}"
