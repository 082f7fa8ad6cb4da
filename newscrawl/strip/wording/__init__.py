"""The phrases that sites print around a story: one file per language, `xx.txt`, one phrase per line.

    kind <TAB> phrase <TAB> example

kind: the rule that uses the phrase and the phrase's role, joined by a dot ("share.line"). The roles:

    line    a line that is the phrase and nothing else
    start   a short line that begins with the phrase
    label   begins with the phrase, then a colon, an arrow, a link or nothing
    in      a short line that contains the phrase
    word    used by the rule itself, through `pattern`

phrase: a regular expression, matched against folded text (`newscrawl.text.fold`: lower case, plain quotes and dashes).
It must begin with a plain word, because it is looked up by that word, and have no unbounded repetition; tests check
both. example: a line as sites write it, which the phrase must match. Empty lines and lines that begin with # are
ignored. To add a language, add a file.

For an article in a known language, the phrases of that language and of English apply, because widgets are often left
untranslated. For an article without a known language, those of all languages do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from newscrawl.article import Article
from newscrawl.text import fold

#: Matches nothing: the pattern of a kind for which the languages have no phrase.
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, eq=False, slots=True)
class Phrase:
    """One phrase.

    kind: as in the file ("share.line"). role: the part after the dot. expression: matches it. letters: a run of
    characters that every match contains. opening: one that every match begins with. Both may be "" (see
    `sure_letters`).
    """

    kind: str
    role: str
    expression: str
    letters: str
    opening: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed: most phrases have no letters in common with a page."""
        return _compiled(self.expression)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a folded text. Tries only the places where the opening occurs."""
        if not self.opening:
            return self.pattern.search(text)
        at = text.find(self.opening)
        while at >= 0:
            match = self.pattern.match(text, at)
            if match:
                return match
            at = text.find(self.opening, at + 1)
        return None


_compiled = cache(re.compile)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a file."""
    return tuple(sorted(item.name[:-4] for item in files(__name__).iterdir() if item.name.endswith(".txt")))


@lru_cache(maxsize=64)
def phrases(language: str) -> dict[str, list[tuple[str, str]]]:
    """Kind -> (phrase, example) pairs of one language. Raises ValueError for a malformed line, with its number."""
    found: dict[str, list[tuple[str, str]]] = {}
    lines = files(__name__).joinpath(f"{language}.txt").read_text("utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise ValueError(
                f"{language}.txt, line {number}: expected kind, phrase and example, found {len(columns)} columns"
            )
        found.setdefault(columns[0], []).append((columns[1], columns[2]))
    return found


def language_of(article: Article) -> str:
    """The code of the article's language if there is a file for it, else ""."""
    language = (article.in_language or "").lower().replace("_", "-").split("-")[0]
    return language if language in languages() else ""


def pattern(kind: str, article: Article) -> re.Pattern[str]:
    """One expression that matches any phrase of a kind, in the languages that apply to the article."""
    return _pattern(kind, language_of(article))


@lru_cache(maxsize=4096)
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    alternatives = [_bounded(phrase) for code in _applicable(language) for phrase, _ in phrases(code).get(kind, ())]
    return re.compile("(?:" + "|".join(alternatives) + ")") if alternatives else NOTHING


def _applicable(language: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((language, "en"))) if language else languages()


class Index:
    """The phrases that apply to a language, by the key of their first word.

    starts: phrases that a piece of text must begin with. anywhere: phrases that may occur anywhere in it.
    """

    def __init__(self, starts: Mapping[str, Sequence[Phrase]], anywhere: Mapping[str, Sequence[Phrase]]) -> None:
        self.starts, self.anywhere = starts, anywhere
        self._by_word = _PhrasesByWord(anywhere)
        self._openings = _Openings(starts, anywhere)

    def may_begin(self, text: str) -> bool:
        """May a text, not yet folded, begin with a phrase? Judged by its first word; True if it begins with signs."""
        return self._openings[text[:24].partition(" ")[0]]

    def may_contain(self, text: str) -> Collection[Phrase]:
        """The phrases of `anywhere` that a folded text may contain, judged by its words and by `Phrase.letters`."""
        found = [
            phrase
            for phrases in map(self._by_word.__getitem__, text.split())
            if phrases
            for phrase in phrases
            if phrase.letters in text
        ]
        return dict.fromkeys(found) if len(found) > 1 else found


class _PhrasesByWord(dict[str, tuple[Phrase, ...]]):
    """Word (as separated by spaces) -> the phrases that may begin in it. Filled on demand."""

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
    """Word -> whether a phrase may begin with it. Filled on demand."""

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
    """The phrases that apply to an article."""
    return _index(language_of(article))


@lru_cache(maxsize=64)
def _index(language: str) -> Index:
    starts: dict[str, list[Phrase]] = defaultdict(list)
    anywhere: dict[str, list[Phrase]] = defaultdict(list)
    known: set[tuple[str, str]] = set()
    for code in _applicable(language):
        for kind, lines in phrases(code).items():
            role = kind.rpartition(".")[2]
            for phrase, _ in lines:
                if role == "word" or (kind, phrase) in known:
                    continue
                known.add((kind, phrase))
                plain = plain_i(phrase)
                (anywhere if role == "in" else starts)[phrase_key(plain)].append(
                    Phrase(kind, role, _bounded(plain), *sure_letters(plain))
                )
    return Index(starts, anywhere)


#: Characters that are ignored at the edges of a piece of text.
EDGE = " \t:.,;!?…\"'»«>›<‹→►▶●•*|/[](){}-_+=~#&👉➡📰📲🔴⬇️↓▼·：。！？、【】（）「」『』"


def plain_i(folded: str) -> str:
    """Folded text in which all forms of i are one.

    Case folding turns a Turkish İ into i with a combining dot, and I into i although its small letter is ı.
    """
    return folded if folded.isascii() else folded.replace("i\u0307", "i").replace("ı", "i")


_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\]){0,200}\]|\(\?[:=!<]*|[()|]|[?*+]|\{[^}]{0,9}\}|.", re.S)


def sure_letters(phrase: str) -> tuple[str, str]:
    """The longest literal run of characters in every match of an expression, and the one every match begins with.

    Each is "" if there is none. Groups are not looked into.
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
            runs[-1] = runs[-1][:-1]  # the character before an optional quantifier may be missing
        runs.append("")
    return max(runs, key=len), runs[0]


_TOKEN = re.compile(r"[\w']+|©")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]")
_LITERAL = re.compile(r"(?:[^\W_]|['_©])+")


def phrase_key(phrase: str) -> str:
    """The key of a phrase's first word. Raises ValueError if the phrase does not begin with a plain word."""
    if phrase.startswith("\\d"):
        return "0"
    literal = _LITERAL.match(phrase)
    word = literal[0] if literal else ""
    after = phrase[len(word) :][:1]
    if word and after and after in "?*{":
        word = word[:-1]
    may_go_on = bool(after) and after in "?*{[(\\"
    if not word or (may_go_on and len(word) < (2 if _WIDE.match(word) else 4)):
        raise ValueError(f"phrase {phrase!r} must begin with a plain word")
    return _key(word)


def _key(word: str) -> str:
    """The first characters of a word: four, or two in scripts without spaces; "0" for any number."""
    if _WIDE.match(word):
        return word[:2]
    return "0" if word[:1].isdigit() else word[:4]


def key_of(text: str) -> str:
    """The key of a folded text's first word; "" if it has none."""
    token = _TOKEN.match(text)
    return _key(token[0]) if token else ""


def keys_of(text: str) -> set[str]:
    """The keys of all words of a folded text."""
    if not text.isascii() and _WIDE.search(text):
        return {text[i : i + 2] for i in range(len(text) - 1)} | set(map(_key, _TOKEN.findall(text)))
    return {"0" if word[:1].isdigit() else word[:4] for word in _TOKEN.findall(text)}


_SPACED = re.compile(r"[a-z0-9\u00c0-\u024f\u0370-\u052f\u0600-\u06ff]")


def _bounded(phrase: str) -> str:
    """The phrase limited to whole words, where its script separates words by spaces."""
    start = r"(?<!\w)" if _SPACED.match(phrase[:1]) or phrase.startswith("\\d") else ""
    end = r"(?!\w)" if _SPACED.match(phrase[-1:]) else ""
    return f"{start}(?:{phrase}){end}"
