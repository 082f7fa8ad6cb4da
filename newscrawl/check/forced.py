"""An article even where the check refuses the page: the best text there is, and the reason of the refusal. Pure.

Nothing is made up: all text is the page's own. What is put back into the body is taken out of the removals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newscrawl.article import BODY_KINDS, Article, Block, Kind, Removal
from newscrawl.check.kinds import TOO_FEW_WORDS, check
from newscrawl.errors import IncompleteArticle, NotAnArticle
from newscrawl.text import folded_length

#: Scores of blocks that are tried in turn: the first that gives enough text decides.
_LEVELS = (0.25, 0.1, 0.03, 0.0)
#: Blocks that the content model left out, or that a rule took for teasers: on a page of links they are the text.
_RESTORABLE = frozenset({"content", "teasers"})
#: Never text of the page, whatever is missing.
_NEVER = frozenset({"headline", "hidden", "markup", "noscript", "caption"})
#: A block with fewer words, or with a larger share of them in links, is a label or a menu.
_LEAST_WORDS, _MOST_IN_LINKS = 5, 0.5


def forced(article: Article) -> Article:
    """The article of `check` where that lets it pass; else with the best text there is, and with `refusal`."""
    try:
        return check(article)
    except (NotAnArticle, IncompleteArticle) as error:
        found = _with_headings(_with_text(article, error.reason))
        is_partial = found.is_partial or error.reason == "Paywall"
        return replace(found, refusal=error.reason, refusal_detail=error.why, is_partial=is_partial)


def _with_text(article: Article, reason: str) -> Article:
    if _words(article.blocks) >= TOO_FEW_WORDS or (reason == "Paywall" and _words(article.blocks)):
        return article
    if reason == "Paywall" and article.description:  # what else the page shows are offers
        return _with_description(article)
    candidates = [removal for removal in article.removals if _is_candidate(removal)]
    likely = [removal for removal in candidates if removal.rule in _RESTORABLE and _is_text(removal.block)]
    for level in _LEVELS:
        chosen = [removal for removal in likely if (removal.block.score or 0.0) >= level]
        if _words((*article.blocks, *(removal.block for removal in chosen))) >= TOO_FEW_WORDS:
            return _with(article, chosen)
    if article.description and not _words(article.blocks):
        return _with_description(article)
    return article if _words(article.blocks) else _with(article, likely or candidates)


def _with_headings(article: Article) -> Article:
    """With the heading right above each block of the body: on a page of links, the title of the teaser."""
    body = {block.index for block in article.blocks}
    above = [
        removal
        for removal in article.removals
        if _is_candidate(removal)
        and removal.rule in _RESTORABLE
        and removal.block.kind is Kind.HEADING
        and removal.block.index + 1 in body
    ]
    return _with(article, above) if above else article


def _with(article: Article, chosen: list[Removal]) -> Article:
    """The article with these removed blocks as part of its body."""
    back = {removal.block.index for removal in chosen}
    blocks = sorted((*article.blocks, *(removal.block for removal in chosen)), key=lambda block: block.index)
    removals = tuple(removal for removal in article.removals if removal.block.index not in back)
    return replace(article, blocks=tuple(blocks), removals=removals)


def _with_description(article: Article) -> Article:
    last = max((removal.block.index for removal in article.removals), default=-1)
    index = 1 + max((block.index for block in article.blocks), default=last)
    block = Block(max(index, 1 + last), Kind.PARAGRAPH, article.description or "")
    return replace(article, blocks=(*article.blocks, block))


def _words(blocks: Iterable[Block]) -> float:
    return sum(folded_length(block.text) for block in blocks if block.kind in BODY_KINDS)


def _is_candidate(removal: Removal) -> bool:
    return removal.span is None and removal.rule not in _NEVER and removal.block.kind in BODY_KINDS


def _is_text(block: Block) -> bool:
    return folded_length(block.text) >= _LEAST_WORDS and block.link_density <= _MOST_IN_LINKS
