"""An article in several pages -> one Article. Pure: fetches nothing, and decides nothing about which pages belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newscrawl.article import Article, Block, Kind, Removal
from newscrawl.rights import merged
from newscrawl.text import fold

#: A shorter paragraph may stand on two pages by right: "Yes." in an interview.
_REPEATABLE_WORDS = 5


def join(first: Article, later: Iterable[Article], is_whole: bool = True) -> Article:
    """The first page's article with the blocks, images, media and removals of the later ones, in their order.

    Blocks are indexed anew, page after page. What stood on an earlier page already becomes a removal of the rule "pages"; a later
    page's own headline (a chapter's) becomes a
    heading, and one that repeats the article's stays a removal. What one page reserves, the article does. is_whole: False when a page is missing.
    """
    blocks, removals = list(first.blocks), list(first.removals)
    images = {image.url: image for image in first.images}
    videos, audios = dict.fromkeys(first.videos), dict.fromkeys(first.audios)
    title = fold(first.headline or "")
    stood = {fold(block.text) for block in blocks} | ({title} if title else set())
    is_partial, is_cut, rights = first.is_partial or not is_whole, first.is_cut, first.rights
    for page in later:
        at = 1 + max((block.index for block in (*blocks, *(removal.block for removal in removals))), default=-1)
        chapters = {r.block.index for r in page.removals if r.rule == "headline" and _is_chapter(r.block, title)}
        new = [
            *page.blocks,
            *(replace(r.block, kind=Kind.HEADING, level=2) for r in page.removals if r.block.index in chapters),
        ]
        fresh: list[str] = []
        for block in sorted(new, key=lambda block: block.index):
            moved, text = replace(block, index=at + block.index), fold(block.text)
            if text in stood and (block.word_count >= _REPEATABLE_WORDS or block.kind in (Kind.HEADING, Kind.CAPTION)):
                removals.append(Removal(moved, "stands on an earlier page of the article already", rule="pages"))
            else:
                blocks.append(moved)
                fresh.append(text)
        stood.update(fresh)
        removals += [
            replace(r, block=replace(r.block, index=at + r.block.index))
            for r in page.removals
            if r.block.index not in chapters
        ]
        for image in page.images:
            images.setdefault(image.url, image)
        videos.update(dict.fromkeys(page.videos))
        audios.update(dict.fromkeys(page.audios))
        is_partial, is_cut, rights = is_partial or page.is_partial, is_cut or page.is_cut, merged(rights, page.rights)
    return replace(
        first, blocks=tuple(blocks), removals=tuple(removals), images=tuple(images.values()), videos=tuple(videos), audios=tuple(audios),
        is_partial=is_partial, is_cut=is_cut, rights=rights,
    )  # fmt: skip


def _is_chapter(headline: Block, title: str) -> bool:
    """Is a later page's headline another than the article's?"""
    text = fold(headline.text)
    return bool(text) and text not in title and not (title and title in text)
