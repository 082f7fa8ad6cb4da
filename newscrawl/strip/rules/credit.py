"""A picture's credit standing alone as a paragraph.

Strikes a short line, no sentence, that begins with a label such as "Photo:", that opens with a copyright sign and names
somebody, or that is an image's credit.
Spares a sentence about a photo, and captions themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.pieces import is_sure
from newscrawl.strip.removing import removal_of
from newscrawl.strip.view import View, view
from newscrawl.text import fold

#: "(Wang Ming 摄)": the name before the word for "taken by"; or the word, an equals sign and the name.
_LABELLED = re.compile(
    r"[^\W\d][\w ]{2,20}\s?[:：]\s?[^\W\d][\w .'’・/-]{2,40}|[^\W\d][\w .'’・-]{2,30}\s?[/／]\s?[\w .'’・-]{2,30}"
)
_TAKEN = re.compile(r"[(【]?[\w ·]{2,16} ?[摄攝][)】]?|[(【]?(?:写真|撮影|画像) ?[=・] ?[\w ·]{2,16}[)】]?")


def removals(article: Article) -> Iterator[Removal]:
    """Credits that are a line of their own."""
    seen = view(article)
    for role in ("label", "start"):
        for said in seen.said(f"credit.{role}"):
            if (
                len(said.text.split()) <= 10
                and said.form != "tail"
                and seen.blocks[said.index].kind is Kind.PARAGRAPH
                and len(said.text) > said.end
            ):
                yield removal_of(seen.blocks[said.index], said, "a picture's credit")
    credits = {fold(image.credit) for image in article.images if image.credit}
    for index, block in enumerate(seen.blocks):
        if seen.sizes[index] > 10 or block.kind is not Kind.PARAGRAPH:
            continue
        if (
            block.text.startswith("©")
            or _is_behind_caption(seen, index)
            or _TAKEN.fullmatch(seen.folded[index])
            or seen.folded[index] in credits
        ):
            yield Removal(block, "a picture's credit")


def _is_behind_caption(seen: View, index: int) -> bool:
    """Right behind a picture's caption: a label and a name, or names parted by a slash."""
    block = seen.blocks[index]
    if not index or seen.blocks[index - 1].kind is not Kind.CAPTION or is_sure(block):
        return False
    return _LABELLED.fullmatch(block.text.strip("()[]（）")) is not None
