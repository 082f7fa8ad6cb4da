"""Lists of an article's own headings, put before it to jump to them.

Strikes three or more lines in a row that each say what a heading further down says, with the label above them; and a label of
the wording that stands alone before such a list. Spares lists that tell something of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view

_NUMBER = re.compile(r"^\W*(?:\d{1,2}[.)]?\s+)?|\W+$")
LEAST = 3


def removals(article: Article) -> Iterator[Removal]:
    """Runs of lines that are the headings further down."""
    yield from worded(article, "table_of_contents", "wording of a table of contents", roles=("line",))
    seen = view(article)
    headings = {_NUMBER.sub("", seen.folded[i]): i for i, block in enumerate(seen.blocks) if block.kind is Kind.HEADING}
    if len(headings) < LEAST:
        return
    run: list[int] = []
    for index, block in enumerate(seen.blocks):
        if block.kind is not Kind.HEADING and headings.get(_NUMBER.sub("", seen.folded[index]), -1) > index:
            run.append(index)
            continue
        yield from _run(article, run)
        run = []
    yield from _run(article, run)


def _run(article: Article, run: list[int]) -> Iterator[Removal]:
    if len(run) < LEAST:
        return
    blocks = article.blocks
    for index in run:
        yield Removal(blocks[index], "names a heading further down")
    label = blocks[run[0] - 1] if run[0] else None
    if label is not None and label.kind in (Kind.HEADING, Kind.PARAGRAPH) and label.word_count <= 5 and not label.text.endswith((".", "!", "?")):
        yield Removal(label, "heads a table of contents")
