"""The language of a story, where its page states none or states one that its text shows to be false."""

from __future__ import annotations

import logging
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from typing import Any

logger = logging.getLogger(__name__)

__all__ = ["SAMPLE", "detected_language", "language_of_text"]

#: Script -> its characters, and the languages that are written in it, by ISO 639-1.
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Latin": ("A-Za-z\u00c0-\u024f\u1e00-\u1eff", ()),
    "Cyrillic": ("\u0400-\u052f", ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "uz")),
    "Arabic": ("\u0600-\u06ff\u0750-\u077f", ("ar", "fa", "ur", "ps", "ug", "ku", "sd")),
    "Hebrew": ("\u0590-\u05ff", ("he", "yi")),
    "Greek": ("\u0370-\u03ff\u1f00-\u1fff", ("el",)),
    "Devanagari": ("\u0900-\u097f", ("hi", "mr", "ne")),
    "Bengali": ("\u0980-\u09ff", ("bn", "as")),
    "Gurmukhi": ("\u0a00-\u0a7f", ("pa",)),
    "Gujarati": ("\u0a80-\u0aff", ("gu",)),
    "Tamil": ("\u0b80-\u0bff", ("ta",)),
    "Telugu": ("\u0c00-\u0c7f", ("te",)),
    "Kannada": ("\u0c80-\u0cff", ("kn",)),
    "Malayalam": ("\u0d00-\u0d7f", ("ml",)),
    "Sinhala": ("\u0d80-\u0dff", ("si",)),
    "Thai": ("\u0e00-\u0e7f", ("th",)),
    "Lao": ("\u0e80-\u0eff", ("lo",)),
    "Myanmar": ("\u1000-\u109f", ("my",)),
    "Georgian": ("\u10a0-\u10ff", ("ka",)),
    "Armenian": ("\u0530-\u058f", ("hy",)),
    "Ethiopic": ("\u1200-\u137f", ("am", "ti")),
    "Khmer": ("\u1780-\u17ff", ("km",)),
    "Hangul": ("\u1100-\u11ff\uac00-\ud7af", ("ko",)),
    "Kana": ("\u3040-\u30ff", ("ja",)),
    "Han": ("\u3400-\u9fff\uf900-\ufaff", ("zh", "ja", "yue")),
}
_LETTERS = {name: re.compile(f"[{characters}]") for name, (characters, _) in _SCRIPTS.items()}
#: Languages that are also written in Latin letters, though they have another script.
_ALSO_LATIN = {"sr", "kk", "uz", "ku", "tg", "yi", "mn", "ky", "ug"}
_OLD_NAMES = {"iw": "he", "ji": "yi", "in": "id", "mo": "ro", "nb": "no", "nn": "no"}
#: Most characters that tell the script (every story is asked for it) and the language; fewest letters that tell it.
_CHECKED, SAMPLE, _MIN_LETTERS, _MIN_LATIN_LETTERS = 600, 3000, 40, 80
#: A text's script has this share of its letters; kana, which stand among Chinese characters, need less.
_MAIN, _KANA = 0.6, 0.05
#: Below this probability a language in Latin letters is not told, and does not contradict what is stated.
_SURE, _CERTAIN = 0.9, 0.99
#: Words that English texts are full of, and other languages lack; a text without them, of this many words, is checked.
_ENGLISH = frozenset("the and that for with from are this have has which their they".split())
_ENGLISH_SHARE, _FEWEST_WORDS = 0.03, 40
#: The share of the words of other languages from which on it is checked: the check takes half a second at first.
_FOREIGN_SHARE = 0.08


def language_of_text(text: str, stated: str | None) -> str | None:
    """The BCP 47 tag of a text: the stated one unless the text shows that it is false; else what the text shows.

    The script may show it. English is also what software states where nobody has set a language: it is not believed of
    a text without English words. None where none is stated and the text does not show it.
    """
    primary = (stated or "").lower().replace("_", "-").partition("-")[0]
    primary = _OLD_NAMES.get(primary, primary)
    script, letters = _script_of(text[:_CHECKED])
    if script is None or letters < _MIN_LETTERS:
        return stated
    if primary and _is_written_in(primary, script):
        is_doubtful = primary == "en" and _lacks_english_words(text[:_CHECKED])
        return (_detected(text[:SAMPLE], script, letters, _CERTAIN) if is_doubtful else stated) or stated
    return _detected(text[:SAMPLE], script, letters) or stated


def detected_language(text: str) -> str | None:
    """The language that a text shows, whatever its page states; None if it does not show any."""
    script, letters = _script_of(text[:_CHECKED])
    return _detected(text[:SAMPLE], script, letters) if script is not None and letters >= _MIN_LETTERS else None


def _lacks_english_words(text: str) -> bool:
    """Has a text hardly any of the words that English is full of, and many of those of other languages?"""
    parts = text.lower().split()
    if len(parts) < _FEWEST_WORDS or sum(map(_ENGLISH.__contains__, parts)) >= _ENGLISH_SHARE * len(parts):
        return False
    return sum(map(_foreign_words().__contains__, parts)) >= _FOREIGN_SHARE * len(parts)


@lru_cache(maxsize=1)
def _foreign_words() -> frozenset[str]:
    """The most frequent words of other languages that are none of English."""
    english, *others = files("newscrawl.read").joinpath("stopwords.txt").read_text("utf-8").split("\n")
    return frozenset(" ".join(others).split()) - frozenset(english.split())


def _script_of(text: str) -> tuple[str | None, int]:
    """The script of a text, and how many letters it has; None where no script prevails."""
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return ("Latin" if letters else None), letters
    counts = Counter({name: len(letters.findall(text)) for name, letters in _LETTERS.items()})
    total = counts.total()
    if not total:
        return None, 0
    if counts["Kana"] >= _KANA * total and counts["Kana"] + counts["Han"] >= _MAIN * total:
        return "Kana", total
    name, count = counts.most_common(1)[0]
    return (name if count >= _MAIN * total else None), total


def _is_written_in(language: str, script: str) -> bool:
    if script == "Latin":
        return language in _ALSO_LATIN or all(language not in languages for _, languages in _SCRIPTS.values())
    return language in _SCRIPTS[script][1]


def _detected(text: str, script: str, letters: int, sure: float = _SURE) -> str | None:
    candidates = _SCRIPTS[script][1]
    if script == "Han" or len(candidates) == 1:
        return candidates[0]
    if script == "Latin" and letters < _MIN_LATIN_LETTERS:
        return None
    identifier = _identifier()
    if identifier is None:
        return None
    scores = dict(identifier.rank(text))
    if candidates:
        known = [one for one in candidates if one in scores]
        return max(known, key=scores.__getitem__) if known else None
    best = max(scores, key=scores.__getitem__)
    is_sure = scores[best] >= sure and _is_written_in(best, script)
    return best if is_sure else None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Tells languages by their texts; None where its model cannot be unpacked, because the disk is full, say."""
    # costs a second: for pages that state no language, or one that their texts may not be in
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as error:
        logger.warning("languages are not recognised by the text of a page: %s", error)
        return None
