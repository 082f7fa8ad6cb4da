"""The path from the front page to this page ("Home » News » Headline").

Removes a short block before the running text whose parts are separated by arrows, if much of it is links, if it has
three parts or more, or if it is the article's known breadcrumbs; one that contains the headline, whatever separates
the parts; and short blocks in an element named or labelled "breadcrumb".
Spares prose with an arrow or a slash in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Removal
from newscrawl.strip.view import view_of

_BOX_NAMES = re.compile(r"breadcrumb|(?<![a-z])crumbs?(?![a-z])")
_SEPARATOR = re.compile(r"\s{0,9}[»›→▸►>❯➔/|·•]\s{0,9}|\s{1,9}[-–—]\s{1,9}")
#: The end of a sentence, with what closes a quotation or a bracket after it.
_SENTENCE_END = re.compile(r"[.!?…。！？।]['\"’”»）)\]」』]{0,3}$")
_ARROW = re.compile(r"[»›→▸►>❯➔]")


def removals(article: Article) -> Iterator[Removal]:
    """Breadcrumbs before the first running text."""
    view = view_of(article)
    crumbs = {crumb.name.casefold() for crumb in article.breadcrumbs}
    in_breadcrumb_box = view.anywhere_inside(_BOX_NAMES)
    for index, block in enumerate(view.blocks):
        if index in in_breadcrumb_box and view.sizes[index] < 60:
            yield Removal(block, "in an element named breadcrumb")
            continue
        if (
            index > view.first_prose
            or view.sizes[index] > 60
            or (_SENTENCE_END.search(block.text) and block.link_density < 0.5 and not _ARROW.search(block.text))
        ):
            continue
        parts = [part for part in _SEPARATOR.split(block.text.replace("\n", " › ")) if part]
        if len(parts) < 2 or any(len(part.split()) > 6 for part in parts[:-1]):
            continue
        headline, folded = view.headline, view.folded[index]
        if headline and (folded.endswith(headline[:40]) or headline in folded):
            yield Removal(block, "a path that ends in the headline")
        elif _ARROW.search(block.text) and (
            block.link_density > 0.4 or {part.casefold() for part in parts} <= crumbs or len(parts) >= 3
        ):
            yield Removal(block, "short parts separated by arrows, before the story")
