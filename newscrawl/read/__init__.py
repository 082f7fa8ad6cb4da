"""Page -> Article: parse the page, split its text into blocks, find the story among them, and read the metadata.

    Page --document--> Document --blocks--> Layout --content--> scores ---> Article(blocks, removals)
                                  \\--structured--> statements --metadata--/

Blocks are kept or dropped as a whole: removing boilerplate from the story is up to `newscrawl.strip`, and refusing
pages that are not articles is up to `newscrawl.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from newscrawl.article import BODY_KINDS, Article, Block, Kind, LeftOut, Page, Removal, Removals
from newscrawl.decision import probability
from newscrawl.lazy import Lazy
from newscrawl.read.blocks import lay_out
from newscrawl.read.candidates import read_candidates
from newscrawl.read.content import Judge, score_blocks
from newscrawl.read.document import Document, open_document
from newscrawl.read.embedded_story import LEAST_WORDS, story_from_data
from newscrawl.read.evidence import evidence_of
from newscrawl.read.images import caption_blocks, read_images
from newscrawl.read.kind import article_probability
from newscrawl.read.language import SAMPLE
from newscrawl.read.layout import Layout
from newscrawl.read.metadata import read_metadata
from newscrawl.read.paywall import is_partial
from newscrawl.read.scripted import has_scripts
from newscrawl.read.stated_language import choose_language, stated_languages
from newscrawl.read.story import Story, find_story
from newscrawl.text import folded_length
from newscrawl.urls import without_controls

__all__ = ["Document", "open_document", "read", "read_blocks", "read_document"]

#: A caption with at least this score is a paragraph of the story. The threshold is lower for captions that are only
#: recognised by their position next to an image, and higher for those that the page marks as captions (class names say
#: "caption" of other things too).
UNMARKED_CAPTION, MARKED_CAPTION = 0.75, 0.9


def read(page: Page) -> Article:
    """Read the article of a page. Raises UnreadablePage."""
    return read_document(open_document(page))


def read_blocks(page: Page) -> Article:
    """Read the article, taking every block of the page as story: for testing rules without the content model."""
    return read_document(open_document(page), judge=lambda layout, evidence: [1.0] * len(layout.texts))


def read_document(document: Document, judge: Judge = score_blocks) -> Article:
    """Read the article of a parsed page. judge: scores the blocks."""
    layout = lay_out(document.tree)
    found = document.stated
    fields, headline = read_metadata(document, found, layout)
    article = found.article()
    scores = judge(layout, evidence_of(fields, headline, found, document.page.url))
    _reconsider_captions(layout, scores)
    story = find_story(layout, scores, headline, fields["description"])
    images = read_images(document, found, article, layout, story.blocks)
    kept = story.blocks | _caption_indexes(layout, story.blocks)
    blocks = [layout.block(i, scores[i], story.said_of(i)) for i in sorted(kept)]
    words = body_words(blocks)
    judged: tuple[Layout, Sequence[float]] = layout, scores
    if words < LEAST_WORDS and (embedded := story_from_data(document, article)) is not None:
        blocks = [replace(embedded.block(i, 1.0), index=len(layout.texts) + i) for i in range(len(embedded.texts))]
        words = body_words(blocks)
        judged = embedded, [1.0] * len(embedded.texts)
    kinds = {index: kind for index, kind in enumerate(layout.kinds) if index not in kept}
    left_out = LeftOut(kinds, partial(_removal, layout, scores, story, headline), partial(_is_in_button, layout))
    text = "\n".join(block.text for block in blocks if block.kind in BODY_KINDS)
    language, _ = choose_language(text, stated_languages(document, found, article))
    fields["in_language"] = language and language.value
    return Article(
        url=without_controls(document.page.url),
        fetched_at=document.page.fetched_at,
        html_hash=document.html_hash,
        images=images,
        probability=article_probability(*judged, found, fields, document.page.url),
        is_partial=is_partial(article, fields["is_accessible_for_free"], layout, words),
        is_cut=document.is_cut or layout.is_cut,
        has_scripts=has_scripts(document.tree) or document.tree.css_first("noscript") is not None,
        blocks=tuple(blocks),
        candidates=Lazy(make=partial(read_candidates, document.page, text[:SAMPLE])),
        removals=Removals(first=left_out),
        **fields,
    )


def body_words(blocks: Iterable[Block]) -> float:
    """Number of words in the blocks that belong to the body."""
    return sum(folded_length(block.text) for block in blocks if block.kind in BODY_KINDS)


def _reconsider_captions(layout: Layout, scores: Sequence[float]) -> None:
    """Turn captions that the content model is sure are story into paragraphs."""
    for index, kind in enumerate(layout.kinds):
        if (
            kind is Kind.CAPTION
            and UNMARKED_CAPTION <= scores[index] < 1.0
            and (index in layout.unmarked_captions or scores[index] >= MARKED_CAPTION)
        ):
            layout.kinds[index] = Kind.PARAGRAPH


def _caption_indexes(layout: Layout, story: set[int]) -> set[int]:
    """Indexes of the captions among the story's blocks. They are kept, but are not body text."""
    if not story:
        return set()
    first, last = min(story), max(story)
    captions: set[int] = set()
    for image in layout.images:
        if first - 6 <= image.next_block <= last + 1:
            captions.update(i for i in caption_blocks(layout, image) if layout.kinds[i] is Kind.CAPTION)
    return captions


def _is_in_button(layout: Layout, index: int) -> bool:
    """Is the element that contains a block, or its parent, a button?"""
    place = layout.places[index]
    return any(
        layout.tags[element] == "button" or layout.attributes[element].get("role") == "button"
        for element in (place, layout.parents[place])
        if element > 0
    )


def _removal(layout: Layout, scores: Sequence[float], story: Story, headline: int | None, index: int) -> Removal:
    """Why a block was left out."""
    block = layout.block(index, scores[index], story.said_of(index))
    if index == headline:
        return Removal(block, "the headline, which has its own field", rule="headline")
    if index in story.others:
        return Removal(block, "part of another story on the page", rule="content")
    said = "".join(f"; {name}" for name in block.evidence)
    reason = f"not part of the story ({probability(scores[index], block.evidence):.2f}{said})"
    return Removal(block, reason, rule="content")
