"""Names of charsets and their detection, for pages, feeds and sitemaps alike.

A label means what it means to browsers: the table of the WHATWG's Encoding Standard comes first, then the names that
Python knows. The detector is imported only when a document needs it, as few do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

import webencodings
from w3lib.encoding import resolve_encoding

__all__ = ["chosen", "codec", "detected", "flaws", "is_nearly_utf8"]

#: A declaration is believed if no larger share of the words looks wrong.
_MAX_FLAWS = 0.02
#: Most bytes that the detector is given.
_SAMPLE = 60_000
#: Most characters of a text that are judged.
_JUDGED = 300_000
#: Charsets of the standard that have no text of their own: "replacement" is an error, "x-user-defined" is raw bytes.
_WITHOUT_TEXT = {"replacement", "x-user-defined"}
#: Codecs of Python that are no charsets of documents. Some fail for any text, some make lone surrogates.
_NO_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
#: What the detector may find: the legacy charsets of the standard.
_DETECTABLE = (
    *("cp866", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-13", "iso8859-15"),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "cp874"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("gb18030", "big5hkscs", "euc-jp", "iso-2022-jp", "cp932", "cp949"),
)
#: Those in which pages of a language are written. They help where a page has only a few words beyond ASCII.
_CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_OF_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk"), _CYRILLIC),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "sl", "hr", "bs"), ("cp1250", "iso8859-2")),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257", "iso8859-13")),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859-6")),
    "el": ("cp1253", "iso8859-7"),
    "he": ("cp1255", "iso8859-8"),
    "tr": ("cp1254",),
    "th": ("cp874",),
    "vi": ("cp1258",),
    "ja": ("cp932", "euc-jp", "iso-2022-jp"),
    "ko": ("cp949",),
    "zh": ("gb18030", "big5hkscs"),
}
_MARKUP = re.compile(rb"(?is)<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>|\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
#: No text has these: characters that could not be decoded, the controls of ISO 8859, characters for private use.
_BROKEN = re.compile("[\ufffd\x80-\x84\x86-\x9f\ue000-\uf8ff]")
#: Signs that stand inside a word only where they are a letter of another charset: "mo\xbfe", "zosta\xb3y".
_SIGN_IN_WORD = re.compile(
    "(?<=[A-Za-z\xc0-\u024f])[\xa1-\xa6\xa9\xac\xae\xaf\xb1-\xb3\xb5\xb6\xb8\xb9\xbc-\xbf](?=[a-z\xdf-\u024f])"
)
_LATIN_END = "\u0250"
#: Hangul, kana and Chinese characters: words are not told apart, and Latin ones stand among them.
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]")


@lru_cache(maxsize=256)
def codec(label: str) -> str | None:
    """The name of Python's codec for a label such as "x-sjis"; None if no text is written in it, or nobody knows it."""
    label = label.strip().strip("\"'")
    known = webencodings.lookup(label)
    if known is not None and known.name == "x-user-defined":
        return "cp1252"  # as the standard asks for a page that declares it
    try:
        name = resolve_encoding(label if known is None or known.name in _WITHOUT_TEXT else known.codec_info.name)
        if name is None or name in _NO_CHARSETS:
            return None
        b"a".decode(name, "replace")  # a codec of bytes, such as "hex", is refused here
    except (LookupError, ValueError):
        return None
    return name


def chosen(data: bytes, declared: Iterable[str], language: str = "") -> str:
    """The codec of a document whose bytes are not valid UTF-8.

    It is the first of the declared ones with which the text is as people write it; if there is none, the detector is
    asked too, and the one with the fewest flaws wins. declared: labels, the most trusted first. language: two letters,
    if the document states it.
    """
    if is_nearly_utf8(data):
        return "utf-8"
    best, least = "", 0.0
    for name in _candidates(data, declared, language):
        share = flaws(data.decode(name, "replace"))
        if not best or share < least:
            best, least = name, share
        if share <= _MAX_FLAWS:
            break
    return best or "cp1252"


def _candidates(data: bytes, declared: Iterable[str], language: str) -> Iterable[str]:
    # bytes that could be read up to a declaration are not UTF-16
    names = dict.fromkeys(name for label in declared if (name := codec(label)) and name[:5] not in ("utf-1", "utf-3"))
    yield from names
    for among in (_OF_LANGUAGE.get(language.lower()), _DETECTABLE):
        if among and (found := detected(data, among)) and found not in names:
            yield found


def is_nearly_utf8(data: bytes) -> bool:
    """Are the bytes UTF-8 but for a few, such as a pasted character, or one that was cut?"""
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return bad * 20 < sum(1 for byte in data if byte > 127)


def detected(data: bytes, among: Collection[str] = _DETECTABLE) -> str | None:
    """The codec that the text of a document is most likely written in, judged without its markup; None if unclear."""
    import chardet

    text = data if b"\x1b$" in data else _MARKUP.sub(b" ", data)  # the text of ISO-2022-JP may contain "<"
    if text.isascii() and b"\x1b" not in text:
        text = data  # all its text is in attributes
    found = chardet.detect(
        text[:_SAMPLE], include_encodings=among, compat_names=False, no_match_encoding=next(iter(among))
    )["encoding"]
    return codec(found) if found else None


def flaws(text: str) -> float:
    """How much of what is beyond ASCII is not as people write it: 0 nothing, 1 or more all of it.

    A page in the wrong charset has words of accented letters alone, words of two alphabets, capitals inside words,
    and characters that no text has. Accented letters here and there, and names such as "McDonald", are no flaw.
    """
    text = text[:_JUDGED]
    words = [word for word in _LETTERS.findall(text) if not word.isascii()]
    broken = len(_BROKEN.findall(text)) + len(_SIGN_IN_WORD.findall(text))
    return (broken + sum(1 for word in words if _is_odd(word))) / max(1, len(words))


def _is_odd(word: str) -> bool:
    east_asian = len(_EAST_ASIAN.findall(word))
    if east_asian:
        return east_asian == 1 and len(re.findall("[A-Za-z]", word)) > 1
    if len(word) < 3:
        return False
    beyond_ascii = [character for character in word if character > "\x7f"]
    latin = [character for character in beyond_ascii if character < _LATIN_END]
    if len(latin) == len(word) or (len(beyond_ascii) < len(word) and not latin):
        return True
    return word[1:] != word[1:].lower() and word != word.upper()
