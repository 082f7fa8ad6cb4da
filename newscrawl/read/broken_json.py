"""Reads the JSON of a script that is no JSON: with comments, wrong quotes or escapes, without commas, or cut off.

One pass without going back, so it takes time in proportion to the text, whatever the text is. A value that the end of
the text cuts off is left out.
"""

from __future__ import annotations

import re
from typing import Any

#: Containers in containers that are followed.
_DEPTH = 100
_SPACE = r"[\s\ufeff]{0,400}"
_KEY = r"[\"'][@\w.:/-]{1,60}[\"']\s{0,9}:"
_BARE_KEY = r"[@\w$]{1,60}\s{0,9}:"
_LINE_END = r"[ \t\r]{0,400}\n\s{0,400}"
#: What follows the quote that ends a value of an object; other quotes are part of the text.
_AFTER_VALUE = re.compile(
    rf"{_SPACE}(?:[}}\]]|\Z|/[/*]|,{_SPACE}(?:[,}}\]]|\Z|/[/*]|{_KEY})|,{_LINE_END}{_BARE_KEY}|{_KEY})"
)
_AFTER_VALUE_OF_BARE_KEY = re.compile(rf"{_AFTER_VALUE.pattern}|{_SPACE},{_SPACE}{_BARE_KEY}")
#: The same for a value of an array.
_AFTER_ITEM = re.compile(rf"{_SPACE}(?:[}}\]]|\Z|/[/*]|,{_SPACE}(?:[\"'{{\[,\]}}\d-]|\Z|/[/*]))|{_LINE_END}[\"']")
_AFTER_KEY = re.compile(rf"{_SPACE}:")
_WORD = re.compile(r"[^\s,:;{}\[\]\"'/]{1,200}")
_ENDS = {'"': re.compile(r'\\.|"', re.S), "'": re.compile(r"\\.|'", re.S)}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.S)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": " "}
_WORDS = {"true": True, "false": False}

Container = dict[str, Any] | list[Any]


def read_broken(text: str) -> list[Any]:
    """The objects and arrays of a text, as far as they can be read."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.roots: list[Any] = []
        self.open: list[Container] = []
        self.key: str | None = None
        self.key_is_bare = False

    def read(self) -> list[Any]:
        text = self.text
        while self.at < len(text):
            sign = text[self.at]
            if sign in "{[":
                if len(self.open) == _DEPTH:
                    break
                inner: Container = {} if sign == "{" else []
                self.add(inner)
                self.open.append(inner)
                self.at += 1
            elif sign in "}]":
                self.close(dict if sign == "}" else list)
                self.at += 1
            elif text.startswith(("//", "/*"), self.at):
                end = text.find("\n" if text[self.at + 1] == "/" else "*/", self.at + 2)
                self.at = end + 2 if end >= 0 and text[end] == "*" else end if end >= 0 else len(text)
            elif sign in "\"'" and self.open:
                self.quoted(sign)
            elif sign == ",":
                self.key = None
                self.at += 1
            else:
                self.bare()
        return self.roots

    def add(self, value: Any) -> None:
        """Put a value to where it stands."""
        if not self.open:
            self.roots += [value] if isinstance(value, dict | list) else []
        elif isinstance(top := self.open[-1], list):
            top.append(value)
        elif self.key is not None:
            top[self.key] = value
        self.key = None

    def close(self, kind: type) -> None:
        """Close the innermost container of a kind, and what is open in it; a closing sign too many does nothing."""
        for index in range(len(self.open) - 1, -1, -1):
            if isinstance(self.open[index], kind):
                del self.open[index:]
                break
        self.key = None

    def quoted(self, quote: str) -> None:
        """A key or a value in quotes."""
        is_key = isinstance(self.open[-1], dict) and self.key is None
        after = _AFTER_KEY if is_key else _AFTER_VALUE_OF_BARE_KEY if self.key_is_bare else _AFTER_VALUE
        if isinstance(self.open[-1], list):
            after = _AFTER_ITEM
        start = self.at + 1
        for found in _ENDS[quote].finditer(self.text, start):
            if found[0] != quote or not (is_key or after.match(self.text, found.end())):
                continue
            value, self.at = _unescaped(self.text[start : found.start()]), found.end()
            if not is_key:
                self.add(value)
            elif after.match(self.text, self.at):
                self.key, self.key_is_bare = value, False
            return
        self.at = len(self.text)

    def bare(self) -> None:
        """A word without quotes: a key, a number, true; or a sign that means nothing."""
        word = _WORD.match(self.text, self.at)
        self.at = word.end() if word else self.at + 1
        if word is None or not self.open:
            return
        if isinstance(self.open[-1], dict) and self.key is None:
            if _AFTER_KEY.match(self.text, self.at):
                self.key, self.key_is_bare = word[0], True
        else:
            self.add(_WORDS.get(word[0], int(word[0]) if re.fullmatch(r"-?\d{1,18}", word[0], re.A) else None))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPED.get(m[3], m[3]), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
