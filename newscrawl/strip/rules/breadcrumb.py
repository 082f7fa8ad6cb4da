"""The way from the front page to this one ("Home » News » Headline").

Strikes a short block before the running text whose parts are held apart by arrows, most of them links, or that ends with
the headline; and what stands in an element named or labelled breadcrumb. Spares prose with an arrow or a slash in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.view import view

_NAMED = re.compile(r"breadcrumb|(?<![a-z])crumbs?(?![a-z])")
_ARROW = re.compile(r"\s{0,9}[»›→▸►>❯➔/|·•]\s{0,9}|\s{1,9}[-–—]\s{1,9}")
_STRONG_ARROW = re.compile(r"[»›→▸►>❯➔]")


def removals(article: Article) -> Iterator[Removal]:
    """Breadcrumb blocks before the first running text."""
    seen = view(article)
    crumbs = {crumb.name.casefold() for crumb in article.breadcrumbs}
    named = seen.anywhere_inside(_NAMED)
    for index, block in enumerate(seen.blocks):
        if index in named and seen.sizes[index] < 60:
            yield Removal(block, "stands in an element named breadcrumb")
            continue
        if (
            index > seen.first_sentences
            or seen.sizes[index] > 60
            or (
                block.text.endswith((".", "!", "?"))
                and block.link_density < 0.5
                and not _STRONG_ARROW.search(block.text)
            )
        ):
            continue
        parts = [part for part in _ARROW.split(block.text.replace("\n", " › ")) if part]
        if len(parts) < 2 or any(len(part.split()) > 6 for part in parts[:-1]):
            continue
        ends_in_headline = (bool(seen.headline) and seen.folded[index].endswith(seen.headline[:40])) or (
            bool(seen.headline) and seen.headline in seen.folded[index]
        )
        if ends_in_headline and len(parts) >= 2:
            yield Removal(block, "leads from the front page to the headline")
        elif _STRONG_ARROW.search(block.text) and (
            block.link_density > 0.4 or {part.casefold() for part in parts} <= crumbs or len(parts) >= 3
        ):
            yield Removal(block, "short parts held apart by arrows, before the story")
