"""A picture's caption printed once more as a paragraph: it belongs to its image and not to the body.

Strikes a paragraph that says what a caption says, whatever its case, credit and punctuation, that is cut shorter than it,
or that gives the credit alone; and of two credited copies side by side, where no image tells, both. Spares a paragraph that quotes
a caption's words and goes on, and captions themselves (blocks of kind CAPTION, which are no body text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.strip.view import view
from newscrawl.text import words

#: Captions of an article that are looked for.
MOST = 200
#: From this score of the content model on a paragraph that stands behind no caption is story.
STORY = 0.8
#: Characters of a credit, with what leads to it, at most.
LONGEST = 100
_NO_CAPTIONS = frozenset({Kind.HEADING, Kind.LIST_ITEM})
#: A credit behind a caption: in brackets, behind a slash, bar or dash, or behind a label such as "Photo:".
_CREDIT = re.compile(
    r"\s{0,9}(?:[(\[][^()\[\]]{2,90}[)\]]|(?:[|/–—]|\s-\s)[^.|/–—]{2,60}|\b(?:photo|foto|image|bild|credit|quelle|source|fuente|fonte|kaynak|фото|fot\.|تصوير|(?:مصدر )?الصورة|写真|撮影|提供|图片?(?:来源)?|圖片?(?:來源)?|摄影|攝影|来源)\w{0,40}\s{0,9}[:/=:/=・][^.。]{2,60}|[(（][^()（）]{2,20}\s?(?:摄|攝|撮影)[)）])\.?\s{0,9}$"
)

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def removals(article: Article) -> Iterator[Removal]:
    """Paragraphs that repeat a caption or one another as captions do."""
    seen = view(article)
    captions = [(bare, set(bare)) for told in seen.captions[:MOST] if (bare := _bare(told))]
    exact = {" ".join(bare) for bare, _ in captions if len(bare) >= _least(bare, 3)}
    longest = max((1.35 * len(bare) + 12 for bare, _ in captions), default=0.0)
    leads = [block.text[:12].casefold() for block in seen.blocks]
    before: _Words | None = None
    for index, block in enumerate(seen.blocks):
        beside = leads[index] in (
            leads[index - 1] if index else None,
            leads[index + 1] if index + 1 < len(leads) else None,
        )
        # too long for any caption, and no copy of its neighbour
        if (
            (not beside and seen.sizes[index] > longest)
            or seen.sizes[index] > 120
            or block.kind not in BODY_KINDS
            or block.kind in _NO_CAPTIONS
        ):
            before = None
            continue
        own = _Words(seen.folded[index])
        if not own.all:
            before = None
            continue
        repeats = own.may_repeat(captions) and (
            " ".join(own.bare) in exact or any(_repeats(own.bare, bare) for bare, _ in captions)
        )
        copies = before is not None and before.all[0] == own.all[0] and before.bare == own.bare
        if repeats and _may_be_copy(block, article):
            yield Removal(block, "repeats the caption of a picture")
        elif copies and _is_credited(own.text):
            yield Removal(seen.blocks[index - 1], "a credited caption, printed twice")
            yield Removal(block, "a credited caption, printed twice")
        before = own


def _may_be_copy(block: Block, article: Article) -> bool:
    """Right behind a caption, or nothing that the content model takes for story: editors caption pictures with the story's sentences."""
    if block.score in (None, 1.0):
        return True
    places = {
        b.index for b in (*article.blocks, *(removal.block for removal in article.removals)) if b.kind is Kind.CAPTION
    }
    if any(block.index - back in places for back in (1, 2)):
        return True
    return (block.score or 0.0) < STORY and (not places or block.index + 1 in places)


class _Words:
    """The words of a folded text; those without its credit are worked out only when they can matter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = _parts(text)

    @cached_property
    def bare(self) -> list[str]:
        return _bare(self.text)

    def may_repeat(self, captions: Iterable[tuple[list[str], set[str]]]) -> bool:
        """A repetition begins with the caption's first word, or shares five words with it."""
        own = set(self.all)
        return any(bare[0] == self.all[0] or len(own & known) >= 5 for bare, known in captions)


def _bare(folded: str) -> list[str]:
    """The words of a caption without its credit; all its words when the credit is all there is."""
    at = max(0, len(folded) - LONGEST)
    return _parts(folded[:at] + _CREDIT.sub("", folded[at:])) or _parts(folded)


def _parts(folded: str) -> list[str]:
    """The words; where a script has no spaces, every character counts as one."""
    return [part for word in words(folded) for part in (word if _WIDE.match(word) else (word,))]


def _least(parts: list[str], least: int) -> int:
    """So many words, or twice as many characters."""
    return 2 * least if parts and _WIDE.match(parts[0]) else least


def _is_credited(folded: str) -> bool:
    return _CREDIT.search(folded) is not None


def _repeats(own: list[str], caption: list[str]) -> bool:
    """The same words, but for one in ten; or the beginning of them (a caption cut short)."""
    if min(len(own), len(caption)) < _least(own, 4):
        return False
    short, long = sorted((own, caption), key=len)
    if long[: len(short)] == short:
        return len(own) <= len(caption) or len(own) <= len(caption) + max(3, len(caption) // 4)
    if len(long) > 1.3 * len(short):
        return False
    common = len(set(short) & set(long))
    return common >= 0.85 * len(set(long)) and common >= 5
