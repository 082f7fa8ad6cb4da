"""An article in several pages becomes one Article. Fetches nothing, and does not decide which pages belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.rights import merged
from newscrawl.text import fold

#: A paragraph with fewer words may well stand on two pages: "Yes." in an interview.
_REPEATABLE_WORDS = 5


def join(first: Article, later: Iterable[Article], is_whole: bool = True) -> Article:
    """The first page's article with the blocks, images, media and removals of the later pages, in their order.

    Blocks are numbered anew, page after page. A block that stands on an earlier page already becomes a removal of the
    rule "pages". A later page's own headline (a chapter's) becomes a heading; one that repeats the article's stays a
    removal. What one page reserves, the article reserves. is_whole: False when a page is missing.
    """
    blocks, removals = list(first.blocks), list(first.removals)
    images = {image.url: image for image in first.images}
    videos, audios = dict.fromkeys(first.videos), dict.fromkeys(first.audios)
    title = fold(first.headline or "")
    seen = {fold(block.text) for block in blocks} | ({title} if title else set())
    is_partial, is_cut, rights = first.is_partial or not is_whole, first.is_cut, first.rights
    for page in later:
        kept, removed = _joined_blocks(page, 1 + _last_index(blocks, removals), seen, title)
        blocks += kept
        removals += removed
        for image in page.images:
            images.setdefault(image.url, image)
        videos.update(dict.fromkeys(page.videos))
        audios.update(dict.fromkeys(page.audios))
        is_partial, is_cut = is_partial or page.is_partial, is_cut or page.is_cut
        rights = merged(rights, page.rights)
    return replace(
        first,
        blocks=tuple(blocks),
        removals=tuple(removals),
        images=tuple(images.values()),
        videos=tuple(videos),
        audios=tuple(audios),
        is_partial=is_partial,
        is_cut=is_cut,
        rights=rights,
    )


def _last_index(blocks: list[Block], removals: list[Removal]) -> int:
    return max((block.index for block in (*blocks, *(removal.block for removal in removals))), default=-1)


def _joined_blocks(page: Article, start: int, seen: set[str], title: str) -> tuple[list[Block], list[Removal]]:
    """Blocks and removals of a later page, numbered from `start`. seen: folded texts of the earlier pages; grows."""
    chapters = {r.block.index for r in page.removals if r.rule == "headline" and _is_chapter(r.block, title)}
    headings = [replace(r.block, kind=Kind.HEADING, level=2) for r in page.removals if r.block.index in chapters]
    kept: list[Block] = []
    removed: list[Removal] = []
    for block in sorted([*page.blocks, *headings], key=lambda block: block.index):
        moved = replace(block, index=start + block.index)
        is_long = block.word_count >= _REPEATABLE_WORDS or block.kind in (Kind.HEADING, Kind.CAPTION)
        if is_long and fold(block.text) in seen:
            removed.append(Removal(moved, "stands on an earlier page of the article already", rule="pages"))
        else:
            kept.append(moved)
    seen.update(fold(block.text) for block in kept)
    others = [r for r in page.removals if r.block.index not in chapters]
    removed += [replace(r, block=replace(r.block, index=start + r.block.index)) for r in others]
    return kept, removed


def _is_chapter(headline: Block, title: str) -> bool:
    """Is a later page's headline another than the article's?"""
    text = fold(headline.text)
    return bool(text) and text not in title and not (title and title in text)
