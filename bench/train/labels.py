"""Labels for training: which blocks of a page are the story, given its true text.

A block is matched with the places of the truth where its words occur in a row. Of all matches, the heaviest chain is
chosen whose places rise with the blocks. So a caption, a table of contents or a teaser that repeats words of the story
is not taken for it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence

WORD = re.compile(r"\w+")
_WIDE = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])")


def tokens(text: str) -> list[str]:
    """Words in lower case; in scripts without spaces, single characters."""
    return WORD.findall(_WIDE.sub(r" \1 ", text.lower()))


def align(texts: Sequence[str], truth: str) -> tuple[list[float], float]:
    """For each block the share of its words that is story (0..1), and the share of the truth that was found."""
    want = tokens(truth)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for size in (1, 2, 3):
        for i in range(len(want) - size + 1):
            places[tuple(want[i : i + size])].append(i)
    candidates: list[tuple[int, int, int, float]] = []  # block, start, end, matched words
    sizes = []
    for index, text in enumerate(texts):
        own = tokens(text)
        sizes.append(len(own))
        candidates.extend((index, *match) for match in _matches(own, want, places))
    chosen = _chain(candidates)
    shares = [0.0] * len(texts)
    for index, _, _, matched in chosen:
        shares[index] = min(1.0, matched / max(1, sizes[index]))
    return shares, sum(c[3] for c in chosen) / max(1, len(want))


def _matches(own: list[str], want: list[str], places: dict[tuple[str, ...], list[int]]) -> list[tuple[int, int, float]]:
    """Ranges of the truth where these words occur, up to the eight best."""
    if not own:
        return []
    size = min(3, len(own))
    votes: dict[int, int] = defaultdict(int)
    for i in range(len(own) - size + 1):
        found = places.get(tuple(own[i : i + size]), ())
        if len(found) <= 40:
            for at in found:
                votes[at - i] += 1
    matches = []
    for start, _ in sorted(votes.items(), key=lambda item: -item[1])[:8]:
        a = max(0, start)
        b = min(len(want), start + len(own))
        same = sum(1 for x, y in zip(own[a - start :], want[a:b], strict=False) if x == y)
        if same >= 0.5 * len(own):
            matches.append((a, b, float(same)))
    if not matches and len(own) >= 12:  # words were added or are missing in the middle: count pairs of words nearby
        start = max(votes, key=lambda k: votes[k], default=None)
        if start is not None:
            a, b = max(0, start - 10), min(len(want), start + len(own) + 10)
            inside = set(zip(want[a:b], want[a + 1 : b], strict=False))
            same = sum(1 for pair in itertools.pairwise(own) if pair in inside)
            if same >= 0.5 * len(own):
                matches.append((max(0, start), min(len(want), start + len(own)), float(same)))
    return matches


def _chain(candidates: list[tuple[int, int, int, float]]) -> list[tuple[int, int, int, float]]:
    """The heaviest sequence in which blocks and places in the truth rise. A small overlap is allowed."""
    if not candidates:
        return []
    candidates = sorted(candidates, key=lambda c: (c[0], c[1]))
    best: list[float] = []
    back: list[int] = []
    for k, (index, a, b, weight) in enumerate(candidates):
        slack = min(2, (b - a) // 4)
        top, before = 0.0, -1
        for j in range(k):
            if candidates[j][0] < index and candidates[j][2] <= a + slack and best[j] > top:
                top, before = best[j], j
        best.append(top + weight)
        back.append(before)
    k = max(range(len(best)), key=lambda i: best[i])
    chosen = []
    while k >= 0:
        chosen.append(candidates[k])
        k = back[k]
    return chosen[::-1]
