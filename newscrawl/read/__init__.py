"""Page -> Article: the bytes become a tree, the tree blocks, the blocks and statements an article.

    Page --document--> Document --blocks--> Layout --content--> scores ---> Article(blocks, removals)
                                  \\--structured--> statements --metadata--/

Reads and judges; takes nothing out of a block (that is `strip`), refuses no page for its kind (that is `check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Page, Removal, Removals
from newscrawl.read.blocks import Layout, lay_out
from newscrawl.read.column import of_the_column
from newscrawl.read.content import Evidence, Judge, score_blocks
from newscrawl.read.document import Document, open_document
from newscrawl.read.images import caption_blocks, read_images
from newscrawl.read.kind import article_probability
from newscrawl.read.metadata import read_metadata
from newscrawl.read.paywall import is_partial
from newscrawl.read.state import LEAST_WORDS, story_from_data
from newscrawl.text import folded_length

__all__ = ["Document", "open_document", "read", "read_blocks", "read_document"]

#: A block is taken as story from this score on; a caption is story after all, and no caption, from these: one that only
#: its place beside a picture makes a caption, and one that the page marks as such (class names say "caption" of other things too).
THRESHOLD, UNMARKED_CAPTION, MARKED_CAPTION = 0.5, 0.75, 0.9
#: Items of lists and tables are story from a lower score on, where a block that is all but sure stands within so many places.
_LISTED, LISTED_THRESHOLD, SURE, NEAR = (Kind.LIST_ITEM, Kind.TABLE), 0.25, 0.75, 8


def read(page: Page) -> Article:
    """The article of a page, as it was read. Raises UnreadablePage."""
    return read_document(open_document(page))


def read_blocks(page: Page) -> Article:
    """The article with every block of its page taken as story: for rules to be tried without the content model."""
    return read_document(open_document(page), judge=lambda layout, evidence: [1.0] * len(layout.texts))


def read_document(document: Document, judge: Judge = score_blocks) -> Article:
    """The article of a page that is parsed already. judge: gives each block its chance to be story."""
    layout = lay_out(document.tree)
    found = document.stated
    fields, headline = read_metadata(document, found, layout)
    article = found.article()
    body = article.get("articleBody")
    scores = judge(
        layout, Evidence(fields["headline"], headline, fields["description"], body if isinstance(body, str) else None)
    )
    _doubt_captions(layout, scores)
    story = _story(layout, scores)
    images = read_images(document, found, article, layout, story)
    kept = story | _captions(layout, story)
    blocks = [layout.block(i, scores[i]) for i in sorted(kept)]
    words = told(blocks)
    judged: tuple[Layout, Sequence[float]] = layout, scores
    if words < LEAST_WORDS and (hidden := story_from_data(document, article)) is not None:
        blocks = [replace(hidden.block(i, 1.0), index=len(layout.texts) + i) for i in range(len(hidden.texts))]
        words = told(blocks)
        judged = hidden, [1.0] * len(hidden.texts)
    return Article(
        url=document.page.url,
        fetched_at=document.page.fetched_at,
        images=images,
        probability=article_probability(*judged, found, fields, document.page.url),
        is_partial=is_partial(article, fields["is_accessible_for_free"], layout, words),
        is_cut=document.is_cut or layout.is_cut,
        blocks=tuple(blocks),
        removals=Removals(make=partial(_unread, layout, scores, kept, headline)),
        **fields,
    )


def told(blocks: Iterable[Block]) -> float:
    """Words of the blocks that belong to a body."""
    return sum(folded_length(block.text) for block in blocks if block.kind in BODY_KINDS)


def _story(layout: Layout, scores: Sequence[float]) -> set[int]:
    """Which blocks are the story, by their scores and, for lists and tables, by what they stand beside."""
    story = {i for i, score in enumerate(scores) if score >= THRESHOLD}
    for i, kind in enumerate(layout.kinds):
        if (
            kind in _LISTED
            and LISTED_THRESHOLD <= scores[i] < THRESHOLD
            and layout.link_shares[i] < 0.5
            and max(scores[max(0, i - NEAR) : i + NEAR + 1]) >= SURE
        ):
            story.add(i)
    story.update(of_the_column(layout, scores, THRESHOLD))
    return story


def _doubt_captions(layout: Layout, scores: Sequence[float]) -> None:
    """Make paragraphs of the captions that the content model is sure are story."""
    for index, kind in enumerate(layout.kinds):
        if (
            kind is Kind.CAPTION
            and UNMARKED_CAPTION <= scores[index] < 1.0
            and (index in layout.unmarked or scores[index] >= MARKED_CAPTION)
        ):
            layout.kinds[index] = Kind.PARAGRAPH


def _captions(layout: Layout, story: set[int]) -> set[int]:
    """Captions that stand among the story's blocks are kept as captions: they are no body text."""
    if not story:
        return set()
    first, last = min(story), max(story)
    captions: set[int] = set()
    for image in layout.images:
        if first - 6 <= image.before <= last + 1:
            captions.update(i for i in caption_blocks(layout, image) if layout.kinds[i] is Kind.CAPTION)
    return captions


def _unread(layout: Layout, scores: Sequence[float], kept: set[int], headline: int | None) -> Iterator[Removal]:
    for index, score in enumerate(scores):
        if index == headline and index not in kept:
            yield Removal(layout.block(index, score), "the headline: kept in its own field", rule="headline")
        elif index not in kept:
            yield Removal(layout.block(index, score), f"not story (score {score:.2f})", rule="content")
