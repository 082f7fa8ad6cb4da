"""What sites write around a story, by language: one file a language, `xx.txt`, a phrase a line.

    kind <TAB> phrase <TAB> example

kind: the rule that asks for it and the phrase's role, parted by a dot. Roles: "line" (a line that is the phrase and nothing
else), "start" (a short line that begins with it), "label" (it begins with it and a colon, an arrow or a link follows, or
nothing), "in" (a short line that has it somewhere), "word" (asked for by the rule itself, through `pattern`).
phrase: a regular expression that begins with a plain word (it is found by it) and repeats nothing without a bound (a test
tries), matched against folded text (`newscrawl.text.fold`: lower case, plain quotes and dashes).
example: a line as sites write it, that the phrase must match. Empty lines and those that begin with # do not count.
Adding a language is adding a file.

A language is read when an article is in it. English is always asked too, because widgets are often left untranslated;
an article without a stated language is asked in all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from newscrawl.article import Article

#: Matches nothing: what a kind is in languages that have no phrase for it.
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Phrase:
    """One compiled phrase: its kind ("share.line"), the role in it, and the expression."""

    kind: str
    role: str
    pattern: re.Pattern[str]


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


def language_of(article: Article) -> str:
    """The code of the article's language if it has a file, else ""."""
    language = (article.in_language or "").lower().replace("_", "-").split("-")[0]
    return language if language in languages() else ""


def pattern(kind: str, article: Article) -> re.Pattern[str]:
    """One expression for all phrases of a kind that an article in its language may hold; for `match`, `search` or `fullmatch`."""
    return _pattern(kind, language_of(article))


@lru_cache(maxsize=4096)
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    alternatives = [_bounded(phrase) for code in _asked(language) for phrase, _ in phrases(code).get(kind, ())]
    return re.compile("(?:" + "|".join(alternatives) + ")") if alternatives else NOTHING


def _asked(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language, "en"))) if language else languages()


Index = dict[str, tuple[Phrase, ...]]


def phrase_index(article: Article) -> tuple[Index, Index]:
    """Phrases for the article's language by the key of their first word: those that open a piece, and those that stand anywhere."""
    return _index(language_of(article))


@lru_cache(maxsize=64)
def _index(language: str) -> tuple[Index, Index]:
    starts: dict[str, list[Phrase]] = defaultdict(list)
    anywhere: dict[str, list[Phrase]] = defaultdict(list)
    known: set[tuple[str, str]] = set()
    for code in _asked(language):
        for kind, lines in phrases(code).items():
            role = kind.rpartition(".")[2]
            for phrase, _ in lines:
                if role == "word" or (kind, phrase) in known:
                    continue
                known.add((kind, phrase))
                (anywhere if role == "in" else starts)[phrase_key(undotted(phrase))].append(Phrase(kind, role, re.compile(_bounded(undotted(phrase)))))
    return {k: tuple(v) for k, v in starts.items()}, {k: tuple(v) for k, v in anywhere.items()}


def undotted(text: str) -> str:
    """Folded text with one kind of i: Turkish capitals, folded as other languages' are, are not its small letters."""
    return text.replace("i\u0307", "i").replace("ı", "i")


_TOKEN = re.compile(r"[\w']+|©")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_LITERAL = re.compile(r"(?:[^\W_]|['_©])+")


def phrase_key(phrase: str) -> str:
    """The key of a phrase: that of its first word. Raises ValueError when it begins with no plain word."""
    if phrase.startswith("\\d"):
        return "0"
    literal = _LITERAL.match(phrase)
    word = literal[0] if literal else ""
    after = phrase[len(word) :][:1]
    if word and after and after in "?*{":
        word = word[:-1]
    open_end = bool(after) and after in "?*{[(\\"
    if not word or (open_end and len(word) < (2 if _WIDE.match(word) else 4)):
        raise ValueError(f"{phrase!r} begins with no plain word")
    return _key(word)


def _key(word: str) -> str:
    if _WIDE.match(word):
        return word[:2]
    return "0" if word[:1].isdigit() else word[:4]


def key_of(text: str) -> str:
    """The key of a folded text's first word; "" if there is none."""
    token = _TOKEN.match(text)
    return _key(token[0]) if token else ""


def keys_of(text: str) -> set[str]:
    """The keys of all words of a folded text."""
    if not text.isascii() and _WIDE.search(text):
        return {text[i : i + 2] for i in range(len(text) - 1)} | set(map(_key, _TOKEN.findall(text)))
    return {"0" if word[:1].isdigit() else word[:4] for word in _TOKEN.findall(text)}


_SPACED = re.compile(r"[a-z0-9\u00c0-\u024f\u0370-\u052f\u0600-\u06ff]")


def _bounded(phrase: str) -> str:
    """The phrase as whole words, where its script parts words by spaces."""
    start = r"(?<!\w)" if _SPACED.match(phrase[:1]) or phrase.startswith("\\d") else ""
    end = r"(?!\w)" if _SPACED.match(phrase[-1:]) else ""
    return f"{start}(?:{phrase}){end}"
