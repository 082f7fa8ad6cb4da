"""Lists of an article's own headings, put before it to jump to them.

Strikes lines in a row that each say what a heading further down says: linked ones, three or more, or any number of them under a
label of the wording; with the label above them. Spares lists that tell something of their own, and a list without links and
label: what it names, the story goes through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view

_NUMBER = re.compile(r"^\W*(?:\d{1,2}[.)]?\s+)?|(?<!\W)\W+$")
#: Lines of a table without a label at least; the share of each that is linked.
LEAST, LINKED = 3, 0.8


def removals(article: Article) -> Iterator[Removal]:
    """Runs of lines that are the headings further down."""
    yield from worded(article, "table_of_contents", "wording of a table of contents", roles=("line",))
    seen = view(article)
    headings = {_NUMBER.sub("", seen.folded[i]): i for i, block in enumerate(seen.blocks) if block.kind is Kind.HEADING}
    if not headings:
        return
    labels = {said.index for said in seen.said("table_of_contents.line") if said.span is None}
    run: list[int] = []
    for index, block in enumerate(seen.blocks):
        if block.kind is not Kind.HEADING and headings.get(_NUMBER.sub("", seen.folded[index]), -1) > index:
            run.append(index)
            continue
        yield from _run(article, run, labels)
        run = []
    yield from _run(article, run, labels)


def _run(article: Article, run: list[int], labels: set[int]) -> Iterator[Removal]:
    blocks = article.blocks
    if not run or not (
        run[0] - 1 in labels or (len(run) >= LEAST and all(blocks[index].link_density >= LINKED for index in run))
    ):
        return
    for index in run:
        yield Removal(blocks[index], "names a heading further down")
    label = blocks[run[0] - 1] if run[0] else None
    if (
        label is not None
        and label.kind in (Kind.HEADING, Kind.PARAGRAPH)
        and label.word_count <= 5
        and not label.text.endswith((".", "!", "?"))
    ):
        yield Removal(label, "heads a table of contents")
