"""A picture's caption printed once more as a paragraph: it belongs to its image and not to the body.

Strikes a paragraph that says what a caption says, whatever its case, credit and punctuation, that is cut shorter than it,
or that gives the credit alone; and of two copies side by side, where no image tells, both. Spares a paragraph that quotes
a caption's words and goes on, a whole sentence that only an image's alternative text says too (editors paste the story into it), and captions themselves (blocks of kind CAPTION, which are no body text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import BODY_KINDS, Article, Kind, Removal
from newscrawl.strip.view import ends_sentence, view
from newscrawl.text import words

#: A credit behind a caption: in brackets, behind a slash, bar or dash, or behind a label such as "Photo:".
_CREDIT = re.compile(r"\s*(?:[(\[][^()\[\]]{2,90}[)\]]|(?:[|/–—]|\s-\s)[^.|/–—]{2,60}|\b(?:photo|foto|image|bild|credit|quelle|source|fuente|fonte|kaynak|фото|fot\.|تصوير|(?:مصدر )?الصورة|写真|撮影|提供|图片?(?:来源)?|圖片?(?:來源)?|摄影|攝影|来源)\w*\s*[:/=:/=・][^.。]{2,60}|[(（][^()（）]{2,20}\s?(?:摄|攝|撮影)[)）])\.?\s*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

#: Words of a paragraph that ends like a sentence: from here on it is no caption because an image's alternative text says the same.
SENTENCE = 10


def removals(article: Article) -> Iterator[Removal]:
    """Paragraphs that repeat a caption or one another as captions do."""
    seen = view(article)
    captions = [bare for told in seen.captions if (bare := _bare(told))]
    alternatives = [bare for told in seen.alternatives if (bare := _bare(told))]
    exact, described = ({" ".join(bare) for bare in texts if len(bare) >= _least(bare, 3)} for texts in (captions, captions + alternatives))
    longest = max((1.35 * len(bare) + 12 for bare in captions + alternatives), default=0.0)
    leads = [block.text[:12].casefold() for block in seen.blocks]
    before: list[str] = []
    for index, block in enumerate(seen.blocks):
        if block.kind not in BODY_KINDS or block.kind in (Kind.HEADING, Kind.LIST_ITEM):
            before = []
            continue
        beside = leads[index] in (leads[index - 1] if index else None, leads[index + 1] if index + 1 < len(leads) else None)
        if not beside and seen.sizes[index] > longest:  # too long for any caption, and no copy of its neighbour
            before = []
            continue
        own = _bare(seen.folded[index])
        if not own or seen.sizes[index] > 120:
            before = []
            continue
        sentence = seen.sizes[index] >= SENTENCE and ends_sentence(block.text)
        if " ".join(own) in (exact if sentence else described) or any(_repeats(own, bare) for bare in (captions if sentence else captions + alternatives)):
            yield Removal(block, "repeats the caption of a picture")
        elif _is_credited(seen.folded[index]) and before == own:
            yield Removal(seen.blocks[index - 1], "a credited caption, printed twice")
            yield Removal(block, "a credited caption, printed twice")
        elif before == own and len(own) >= 4:
            yield Removal(block, "repeats the paragraph above it")
        before = own


def _bare(folded: str) -> list[str]:
    """The words of a caption without its credit; all its words when the credit is all there is."""
    return _parts(_CREDIT.sub("", folded)) or _parts(folded)


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
