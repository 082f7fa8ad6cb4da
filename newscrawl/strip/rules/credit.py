"""An image's credit that stands alone as a paragraph.

Removes a short line that is not a sentence and begins with a label such as "Photo:", begins with a copyright sign, or
repeats an image's credit; a label and a colon before nothing but names; a caption that ends with a copyright sign and a
name; and, right after a caption, a label with a name or two names separated by a slash.
Spares a sentence about a photo, and captions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.strip.matches import PhraseMatch
from newscrawl.strip.view import View, view_of
from newscrawl.text import fold

#: Most words of a credit.
MAX_WORDS = 10
#: Most words of a list of names after a label, and the share of them that begin with a capital.
NAMES, CAPITALS = 40, 0.7
#: A caption's last words, after a copyright sign; and most words of the caption.
_SIGNED = re.compile(r"\S\s{1,3}©\s?[^.!?©\n]{2,60}$")
SIGNED_WORDS = 40
#: A label and a name, or two names separated by a slash.
_LABELLED = re.compile(
    r"[^\W\d][\w ]{2,20}\s?[:：]\s?[^\W\d][\w .'’・/-]{2,40}|[^\W\d][\w .'’・-]{2,30}\s?[/／]\s?[\w .'’・-]{2,30}"
)
#: "(Wang Ming 摄)", the name before the word for "taken by"; or the word, an equals sign and the name.
_TAKEN_BY = re.compile(r"[(【]?[\w ·]{2,16} ?[摄攝][)】]?|[(【]?(?:写真|撮影|画像) ?[=・] ?[\w ·]{2,16}[)】]?")


def removals(article: Article) -> Iterator[Removal]:
    """Credits on a line of their own."""
    view = view_of(article)
    for role in ("label", "start"):
        for match in view.phrases(f"credit.{role}"):
            if (
                (len(match.text.split()) <= MAX_WORDS or _is_list_of_names(match, view.blocks[match.index]))
                and match.form != "tail"
                and view.blocks[match.index].kind is Kind.PARAGRAPH
                and len(match.text) > match.end
            ):
                yield Removal(view.blocks[match.index], "an image's credit", match.span)
    credits = {fold(image.credit) for image in article.images if image.credit}
    for index, block in enumerate(view.blocks):
        size = view.sizes[index]
        if block.kind is not Kind.PARAGRAPH or size > SIGNED_WORDS:
            continue
        if "©" in block.text and _SIGNED.search(block.text):
            yield Removal(block, "a caption that ends with its credit")
        if size > MAX_WORDS:
            continue
        if (
            block.text.startswith("©")
            or _follows_caption(view, index)
            or _TAKEN_BY.fullmatch(view.folded[index])
            or view.folded[index] in credits
        ):
            yield Removal(block, "an image's credit")


def _is_list_of_names(match: PhraseMatch, block: Block) -> bool:
    """Is there a colon after the label, and nothing but names after it?"""
    names = block.text.partition(":")[2].split()
    if len(names) > NAMES or match.text[match.end :].lstrip()[:1] != ":":
        return False
    return sum(name[:1].isupper() for name in names) >= CAPITALS * len(names) > 0


def _follows_caption(view: View, index: int) -> bool:
    """Is the block a label and a name, or names separated by a slash, right after a caption?"""
    block = view.blocks[index]
    if not index or view.blocks[index - 1].kind is not Kind.CAPTION:
        return False
    return _LABELLED.fullmatch(block.text.strip("()[]（）")) is not None
