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
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from newscrawl.article import Article
from newscrawl.text import fold

#: Matches nothing: what a kind is in languages that have no phrase for it.
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, eq=False, slots=True)
class Phrase:
    """One compiled phrase: its kind ("share.line"), the role in it, the expression, and letters that every match of it has, and begins with."""

    kind: str
    role: str
    pattern: re.Pattern[str]
    letters: str
    opening: str

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a folded text; looked for where its first letters stand."""
        if not self.opening:
            return self.pattern.search(text)
        at = text.find(self.opening)
        while at >= 0:
            match = self.pattern.match(text, at)
            if match:
                return match
            at = text.find(self.opening, at + 1)
        return None


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
            raise ValueError(
                f"{language}.txt, line {number}: {len(columns)} columns where kind, phrase and example should be"
            )
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


class Index:
    """The phrases of a language. starts, anywhere: by the key of their first word, those that open a piece, and those that stand anywhere."""

    def __init__(self, starts: Mapping[str, Sequence[Phrase]], anywhere: Mapping[str, Sequence[Phrase]]) -> None:
        self.starts, self.anywhere = starts, anywhere
        self._by_word = _ByWord(anywhere)
        self._openings = _Openings(starts, anywhere)

    def may_begin(self, text: str) -> bool:
        """May a text, as it stands, begin with a phrase? Its first word tells; what begins with signs may."""
        return self._openings[text[:24].partition(" ")[0]]

    def said_in(self, text: str) -> Collection[Phrase]:
        """The phrases of `anywhere` that a folded text may hold: those of its words whose letters it has."""
        found = [
            phrase
            for phrases in map(self._by_word.__getitem__, text.split())
            if phrases
            for phrase in phrases
            if phrase.letters in text
        ]
        return dict.fromkeys(found) if len(found) > 1 else found


class _ByWord(dict[str, tuple[Phrase, ...]]):
    """The phrases that a word (of a text parted by white space) may begin; looked up once a word."""

    def __init__(self, anywhere: Mapping[str, Sequence[Phrase]]) -> None:
        super().__init__()
        self._anywhere = anywhere

    def __missing__(self, word: str) -> tuple[Phrase, ...]:
        if len(self) > 50_000:
            self.clear()
        self[word] = found = tuple(
            phrase for key in keys_of(word) if key in self._anywhere for phrase in self._anywhere[key]
        )
        return found


class _Openings(dict[str, bool]):
    """Whether a phrase may begin with a word; looked up once a word."""

    def __init__(self, *phrases: Mapping[str, Sequence[Phrase]]) -> None:
        super().__init__()
        self._phrases = phrases

    def __missing__(self, word: str) -> bool:
        if len(self) > 50_000:
            self.clear()
        head = plain_i(fold(word)).lstrip(EDGE)
        key = key_of(head)
        self[word] = may = (
            not head or (len(word) > 20 and len(head) < 8) or any(key in phrases for phrases in self._phrases)
        )
        return may


def phrase_index(article: Article) -> Index:
    """The phrases that an article in its language may hold."""
    return _index(language_of(article))


@lru_cache(maxsize=64)
def _index(language: str) -> Index:
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
                plain = plain_i(phrase)
                (anywhere if role == "in" else starts)[phrase_key(plain)].append(
                    Phrase(kind, role, re.compile(_bounded(plain)), *sure_letters(plain))
                )
    return Index(starts, anywhere)


#: Signs that do not count at the edges of a piece.
EDGE = " \t:.,;!?…\"'»«>›<‹→►▶●•*|/[](){}-_+=~#&👉➡📰📲🔴⬇️↓▼·：。！？、【】（）「」『』"


def plain_i(folded: str) -> str:
    """Folded text with one kind of i: Turkish capitals, folded as other languages' are, are not its small letters."""
    return folded if folded.isascii() else folded.replace("i\u0307", "i").replace("ı", "i")


_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\]){0,200}\]|\(\?[:=!<]*|[()|]|[?*+]|\{[^}]{0,9}\}|.", re.S)


def sure_letters(phrase: str) -> tuple[str, str]:
    """The longest run of letters that every match of an expression has, and the run that it begins with; "" when there is none.

    Groups are not looked into.
    """
    runs, depth = [""], 0
    for part in _PART.findall(phrase):
        if part == "|" and depth == 0:
            return "", ""
        if part[0] in "()":
            depth += 1 if part[0] == "(" else -1
        if depth == 0 and len(part) == 1 and part not in "()?*+.^$":
            runs[-1] += part
            continue
        if part[0] in "?*{" and depth == 0:
            runs[-1] = runs[-1][:-1]  # what stands before may be missing
        runs.append("")
    return max(runs, key=len), runs[0]


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
