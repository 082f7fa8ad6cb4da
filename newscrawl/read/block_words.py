"""What the words of short texts are about: photo credits, subscriptions, authors, other stories and so on.

A word says little by itself: the content model sees how many words of each group a text has, beside where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newscrawl._native import twin

#: Texts with more characters than this are not counted: boilerplate is short.
LONGEST = 400
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


@lru_cache(maxsize=1)
def vocabulary() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Names of the groups; word -> groups; and the same of scripts that put no spaces between words."""
    names: list[str] = []
    spaced: dict[str, tuple[int, ...]] = {}
    wide: dict[str, tuple[int, ...]] = {}
    for line in files("newscrawl.read").joinpath("block_words.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, words = line.partition("\t")
        for word in dict.fromkeys(words.split()):
            target = wide if _WIDE.match(word) else spaced
            target[word] = (*target.get(word, ()), len(names))
        names.append(name)
    return tuple(names), spaced, wide


@lru_cache(maxsize=1)
def _any_wide() -> re.Pattern[str]:
    """Any word of the scripts that put no spaces between words, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, vocabulary()[2]), key=len, reverse=True)))


@twin
def group_counts(texts: Sequence[str]) -> NDArray[np.float32]:
    """How many words of each group each text has, groups × texts; 0 for long texts."""
    names, spaced, wide = vocabulary()
    counts = np.zeros((len(names), len(texts)), dtype=np.float32)
    for index, text in enumerate(texts):
        if len(text) > LONGEST:
            continue
        lower = text.lower()
        groups = [group for word in _WORD.findall(lower) if word in spaced for group in spaced[word]]
        if not lower.isascii() and _WIDE.search(lower):
            groups += [group for word in _any_wide().findall(lower) for group in wide[word]]
        for group in groups:
            counts[group, index] += 1
    return counts
