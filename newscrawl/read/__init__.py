"""Page -> Article: the bytes become a tree, the tree blocks, the blocks and statements an article.

    Page --document--> Document --blocks--> Layout --content--> scores ---> Article(blocks, removals)
                                  \\--structured--> statements --metadata--/

Reads and judges; takes nothing out of a block (that is `strip`), refuses no page for its kind (that is `check`).
"""

from __future__ import annotations

from newscrawl.article import Article, Kind, Page, Removal
from newscrawl.read.blocks import Layout, lay_out
from newscrawl.read.content import score_blocks
from newscrawl.read.document import Document, open_document
from newscrawl.read.images import caption_blocks, read_images
from newscrawl.read.metadata import read_metadata
from newscrawl.read.structured import collect

__all__ = ["Document", "open_document", "read", "read_document"]

#: A block is taken as story from this score on.
THRESHOLD = 0.5


def read(page: Page) -> Article:
    """The article of a page, as it was read. Raises UnreadablePage."""
    return read_document(open_document(page))


def read_document(document: Document) -> Article:
    """The article of a page that is parsed already."""
    layout = lay_out(document.tree)
    found = collect(document.tree)
    fields, headline = read_metadata(document, found, layout)
    scores = score_blocks(layout, headline)
    story = {i for i, score in enumerate(scores) if score >= THRESHOLD}
    images = read_images(document, found, found.article(), layout, story)
    kept = story | _captions(layout, story)
    return Article(
        url=document.page.url,
        fetched_at=document.page.fetched_at,
        images=images,
        blocks=tuple(layout.block(i, scores[i]) for i in sorted(kept)),
        removals=tuple(_unread(layout, i, score, headline) for i, score in enumerate(scores) if i not in kept),
        **fields,
    )


def _captions(layout: Layout, story: set[int]) -> set[int]:
    """Captions that stand among the story's blocks are kept as captions: they are no body text."""
    if not story:
        return set()
    first, last = min(story), max(story)
    captions = set()
    for image in layout.images:
        if first - 6 <= image.before <= last + 1:
            captions.update(i for i in caption_blocks(layout, image) if layout.kinds[i] is Kind.CAPTION)
    return captions


def _unread(layout: Layout, index: int, score: float, headline: int | None) -> Removal:
    if index == headline:
        return Removal(layout.block(index, score), "the headline: kept in its own field", rule="headline")
    return Removal(layout.block(index, score), f"not story (score {score:.2f})", rule="content")
