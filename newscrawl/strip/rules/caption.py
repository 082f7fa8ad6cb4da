"""An image's caption printed once more as a paragraph: it belongs to its image, not to the body.

Removes a paragraph that repeats a caption, regardless of case, credit and punctuation, also if it is cut short or is
the credit alone; and, where no image has the caption, both of two credited copies next to each other.
Spares a paragraph that quotes a caption's words and goes on, and captions themselves (blocks of kind CAPTION, which
are not body text).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.strip.view import View, view_of
from newscrawl.text import words

#: Most captions of an article that are looked for.
MAX_CAPTIONS = 200
#: Most characters of a credit together with its label.
MAX_CREDIT = 100
#: Most words of a paragraph that may be a caption.
MAX_WORDS = 120
_NO_CAPTIONS = frozenset({Kind.HEADING, Kind.LIST_ITEM})
#: A credit after a caption, from its opening sign: in brackets, or after a slash, a bar or a dash.
_SIGNED_CREDIT = re.compile(
    r"(?:[(\[][^()\[\]]{2,90}[)\]]"
    r"|(?:[|/–—]|\s-\s)[^.|/–—]{2,60}"
    r"|[(（][^()（）]{2,20}\s?(?:摄|攝|撮影)[)）])\.?\s{0,9}$"
)
_OPENING_SIGN = re.compile(r"[(\[（|/–—]|\s(?=-)")
#: The same after a label such as "Photo:", and the signs after a label.
_LABELLED_CREDIT = re.compile(
    r"\b(?:photo|foto|image|bild|credit|quelle|source|fuente|fonte|kaynak|фото|fot\.|تصوير|(?:مصدر )?الصورة"
    r"|写真|撮影|提供|图片?(?:来源)?|圖片?(?:來源)?|摄影|攝影|来源)"
    r"\w{0,40}\s{0,9}[:/=:/=・][^.。]{2,60}\.?\s{0,9}$"
)
_LABEL_SIGN = re.compile(r"[:/=:/=・]")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def removals(article: Article) -> Iterator[Removal]:
    """Paragraphs that repeat a caption, or that repeat each other as captions do."""
    view = view_of(article)
    captions = [(bare, set(bare)) for text in view.captions[:MAX_CAPTIONS] if (bare := _without_credit(text))]
    known: set[str] = set().union(*[set_of for _, set_of in captions])
    exact = {" ".join(bare) for bare, _ in captions if len(bare) >= _scaled(3, bare)}
    longest = max((1.35 * len(bare) + 12 for bare, _ in captions), default=0.0)
    openings = [block.text[:12].casefold() for block in view.blocks]
    previous: _Words | None = None
    for index, block in enumerate(view.blocks):
        may_copy_neighbour = openings[index] in (
            openings[index - 1] if index else None,
            openings[index + 1] if index + 1 < len(openings) else None,
        )
        if (
            (not may_copy_neighbour and view.sizes[index] > longest)
            or view.sizes[index] > MAX_WORDS
            or block.kind not in BODY_KINDS
            or block.kind in _NO_CAPTIONS
        ):
            previous = None
            continue
        own = _Words(view.folded[index])
        if not own.all:
            previous = None
            continue
        repeats = own.may_repeat(captions, known) and (
            " ".join(own.bare) in exact or any(_repeats(own.bare, bare) for bare, _ in captions)
        )
        copies = previous is not None and previous.all[0] == own.all[0] and previous.bare == own.bare
        if repeats and _is_after_caption(view, block):
            yield Removal(block, "repeats the caption before it")
        elif repeats:
            yield Removal(block, "repeats the caption of an image")
        elif copies and _has_credit(own.text):
            yield Removal(view.blocks[index - 1], "a credited caption, printed twice")
            yield Removal(block, "a credited caption, printed twice")
        previous = own


def _is_after_caption(view: View, block: Block) -> bool:
    """Is one of the two blocks before it a caption? Editors also use sentences of the story as captions elsewhere."""
    before = (block.index - 1, block.index - 2)
    return any(view.left_out.kinds.get(index) is Kind.CAPTION for index in before) or any(
        other.index in before and other.kind is Kind.CAPTION for other in view.blocks
    )


class _Words:
    """The words of a folded text. Those without its credit are computed only when they can matter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = _parts(text)

    @cached_property
    def bare(self) -> list[str]:
        return _without_credit(self.text)

    def may_repeat(self, captions: Iterable[tuple[list[str], set[str]]], known: set[str]) -> bool:
        """A repetition begins with the caption's first word, or shares five words with it. known: the words of all."""
        own = set(self.all)
        if self.all[0] not in known and len(own & known) < 5:
            return False
        return any(bare[0] == self.all[0] or len(own & known) >= 5 for bare, known in captions)


def _without_credit(folded: str) -> list[str]:
    """The words of a caption without its credit; all of them if there is nothing but the credit."""
    at = max(0, len(folded) - MAX_CREDIT)
    start = _credit_start(folded[at:])
    return (_parts(folded[: at + start]) if start is not None else []) or _parts(folded)


def _credit_start(text: str) -> int | None:
    """Where the credit at the end of a text begins, with the white space before it; None if there is none."""
    signs = (sign.start() for sign in _OPENING_SIGN.finditer(text))
    found = list(islice((start for start in signs if _SIGNED_CREDIT.match(text, start)), 1))
    if _LABEL_SIGN.search(text) and (label := _LABELLED_CREDIT.search(text)):
        found.append(label.start())
    return len(text[: min(found)].rstrip()) if found else None


def _parts(folded: str) -> list[str]:
    """The words of a text; in scripts without spaces, its characters."""
    if folded.isascii() or not _WIDE.search(folded):
        return words(folded)
    return [part for word in words(folded) for part in (word if _WIDE.match(word) else (word,))]


def _scaled(count: int, parts: list[str]) -> int:
    """A number of words as a number of parts: twice as many if these are characters."""
    return 2 * count if parts and _WIDE.match(parts[0]) else count


def _has_credit(folded: str) -> bool:
    return _credit_start(folded) is not None


def _repeats(own: list[str], caption: list[str]) -> bool:
    """Are the words the same but for about one in ten, or are they the beginning of the caption?"""
    short, long = (own, caption) if len(own) <= len(caption) else (caption, own)
    if len(short) < 4 or len(short) < _scaled(4, own):
        return False
    if long[0] == short[0] and long[: len(short)] == short:
        return len(own) <= len(caption) + max(3, len(caption) // 4)
    if len(long) > 1.3 * len(short):
        return False
    common = len(set(short) & set(long))
    return common >= 0.85 * len(set(long)) and common >= 5
