"""A list of the article's own headings, placed before the article as links to them.

Removes consecutive lines that each repeat a heading further down: three or more if they are links, any number under a
known label; and the label above them.
Spares lists that say something of their own, and a list without links and label: it names what the story then covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import view_of

_NUMBER = re.compile(r"^\W*(?:\d{1,2}[.)]?\s+)?|(?<!\W)\W+$")
#: Fewest lines of a table without a label, and the least share of links in each.
MIN_LINES, LINK_DENSITY = 3, 0.8
#: Most words of the label.
LABEL_WORDS = 5


def removals(article: Article) -> Iterator[Removal]:
    """Runs of lines that repeat the headings further down."""
    yield from by_phrase(article, "table_of_contents", roles=("line",))
    view = view_of(article)
    headings = {_NUMBER.sub("", view.folded[i]): i for i, block in enumerate(view.blocks) if block.kind is Kind.HEADING}
    if not headings:
        return
    endings = tuple(headings)
    labels = {match.index for match in view.phrases("table_of_contents.line") if match.span is None}
    run: list[int] = []
    for index, block in enumerate(view.blocks):
        if block.kind is not Kind.HEADING and _repeated(view.folded[index], headings, endings) > index:
            run.append(index)
            continue
        yield from _run(article, run, labels)
        run = []
    yield from _run(article, run, labels)


def _repeated(folded: str, headings: dict[str, int], endings: tuple[str, ...]) -> int:
    """Index of the heading that a line repeats; -1 if it repeats none. endings: the headings once more, all as text."""
    end = len(folded)
    while end and not (folded[end - 1].isalnum() or folded[end - 1] == "_"):
        end -= 1
    # most lines end in other words than any heading, and need no expression
    return headings.get(_NUMBER.sub("", folded), -1) if folded.endswith(endings, 0, end) else -1


def _run(article: Article, run: list[int], labels: set[int]) -> Iterator[Removal]:
    """The blocks of a run, if it is a table of contents, and the label above it."""
    blocks = article.blocks
    if not run or not (
        run[0] - 1 in labels
        or (len(run) >= MIN_LINES and all(blocks[index].link_density >= LINK_DENSITY for index in run))
    ):
        return
    for index in run:
        yield Removal(blocks[index], "repeats a heading further down")
    label = blocks[run[0] - 1] if run[0] else None
    if (
        label is not None
        and label.kind in (Kind.HEADING, Kind.PARAGRAPH)
        and label.word_count <= LABEL_WORDS
        and not label.text.endswith((".", "!", "?"))
    ):
        yield Removal(label, "the label of a table of contents")
