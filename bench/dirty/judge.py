"""Compares the body extracted from a dirty page with its truth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bench.dirty.dirt import Piece
from bench.dirty.page import DirtyPage
from newscrawl.text import fold, words

#: A story block that is no line of the body: its key, its shape, and the dirt that it looks like.
Missing = tuple[str, str, str]


@dataclass
class Verdict:
    """What went wrong on one page.

    left: pieces of dirt in the body, each with its line. lost: story blocks that are missing, with their shape or what
    they look like. twice: story blocks that are there once too often. other: lines that are neither story nor dirt.
    """

    page: DirtyPage
    left: list[tuple[Piece, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        """Whether the body is exactly the story."""
        return not (self.left or self.lost or self.twice or self.other)


def _key(text: str) -> str:
    """The text for comparison: folded, without the marks of lists and tables."""
    return " ".join(re.sub(r"^[-•*]\s+(?=\w)|\|", " ", fold(text)).split())


def _tight(text: str) -> str:
    return "".join(words(text)) or "".join(text.split())


def judge(page: DirtyPage, body: str) -> Verdict:
    """The verdict on a body ("" when the page was refused)."""
    verdict = Verdict(page)
    lines = [key for line in body.split("\n") if (key := _key(line))]
    spare = Counter(lines)
    missing: list[Missing] = []
    for block in page.blocks:
        key = _key(block.text)
        if spare[key]:
            spare[key] -= 1
        else:
            missing.append((key, block.shape, block.look))
    rest = list(spare.elements())
    rest = _spoiled(page, missing, rest, verdict)
    for key, shape, look in missing:
        found = next((line for line in rest if key in line or (len(line) > 0.6 * len(key) and line in key)), None)
        found = found or next(
            (line for line in rest if len(key) > 20 and SequenceMatcher(None, key, line).quick_ratio() > 0.9), None
        )
        if found is None:
            verdict.lost.append((key, look or shape))
            continue
        rest.remove(found)
        if key in found:
            rest += [piece.strip() for piece in found.split(key) if _tight(piece)]
        else:  # truncated or changed
            verdict.lost.append((key, look or shape))
    _attribute(page, rest, verdict)
    return verdict


def _spoiled(page: DirtyPage, missing: list[Missing], rest: list[str], verdict: Verdict) -> list[str]:
    """Match missing blocks with the lines that show them spoiled; returns the other lines."""
    for piece in page.pieces:
        shown = _key(piece.spoiled)
        if not shown or shown not in rest:
            continue
        rest.remove(shown)
        verdict.left.append((piece, shown))
        block = max(missing, key=lambda m: _common(m[0], shown), default=None)
        if block is not None:
            missing.remove(block)
    return rest


def _common(a: str, b: str) -> float:
    left, right = set(words(a)), set(words(b))
    return len(left & right) / max(1, len(left | right)) + (a[:20] == b[:20])


def _attribute(page: DirtyPage, rest: Iterable[str], verdict: Verdict) -> None:
    """Find the piece of dirt that each remaining line comes from, or the block that it repeats."""
    open_pieces = [
        (piece, [_key(text) for text in piece.texts], _tight("".join(piece.texts)))
        for piece in page.pieces
        if not piece.spoiled
    ]
    story = {_key(block.text) for block in page.blocks}
    known: set[int] = set()
    title = _key(page.headline)
    for line in rest:
        tight = _tight(line)
        found = next((p for p, texts, _ in open_pieces if line in texts), None)
        if found is None and line in story:
            verdict.twice.append(line)
            continue
        if found is None:
            found = next((p for p, _, joined in open_pieces if tight in joined), None)
        if found is None:
            found = next((p for p, texts, _ in open_pieces for text in texts if len(text) > 5 and text in line), None)
        if found is None:
            verdict.left.append((Piece("headline", []), line)) if line == title else verdict.other.append(line)
        elif id(found) not in known:
            known.add(id(found))
            verdict.left.append((found, line))
