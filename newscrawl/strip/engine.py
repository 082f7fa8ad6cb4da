"""Runs the rules and applies the removals they name. Makes no judgement of its own.

A rule is a module in `newscrawl/strip/rules/` with a function `removals(article)`. It is found by its place in that
folder and called by its file name (`newscrawl.strip.table`). Every rule sees the article as it was read, so the order
of the rules does not matter; the union of their removals is applied. A rule that says by which phrases and boxes it
finds boilerplate (`newscrawl.strip.finders.where_found`) runs only where one of them is found. A rule that raises loses
only its own removals, and the exception is logged; tests run with `strict=True`.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import islice

from newscrawl.article import Article, Block, Kind, Removal, Removals
from newscrawl.decision import probability
from newscrawl.strip.scores import is_unjudged
from newscrawl.strip.table import RULES
from newscrawl.strip.view import forget_view, view_of
from newscrawl.text import clean, ends_sentence, length

logger = logging.getLogger(__name__)

#: Most removals taken from one rule: far more than any real article needs, and a bound on pages made to be expensive.
MAX_REMOVALS = 20_000


def strip(article: Article, without: Collection[str] = (), strict: bool = False) -> Article:
    """Return the article without the spans that the rules name, and the blocks whose removal the decision bears out.

    without: names of rules to switch off; an unknown name raises ValueError. strict: let exceptions of rules through.
    The removals are appended to `article.removals` in page order, each stamped with its rule. A block named by
    several rules is removed once: by one that needs no second opinion, else by the alphabetically first of them.
    """
    unknown = sorted(set(without) - RULES.keys())
    if unknown:
        raise ValueError(f"no such rule: {', '.join(unknown)} (the rules are {', '.join(RULES)})")
    named = _named_by_rules(article, without, strict)
    whole = {removal.block.index: removal for removal in _decided(named)}
    spans: dict[int, list[Removal]] = {}
    for removal in named:
        if removal.span is not None:
            spans.setdefault(removal.block.index, []).append(removal)
    kept, applied = [], []
    for block in article.blocks:
        if block.index in whole:
            applied.append(whole[block.index])
            continue
        cut = spans.get(block.index)
        if cut:
            applied.extend(cut)
            block = _without_spans(block, cut)
            if not block.text:
                continue
        kept.append(block)
    before = article.removals if isinstance(article.removals, Removals) else Removals(article.removals)
    return replace(article, blocks=tuple(kept), removals=before + applied)


#: Rules and reasons that need no second opinion, because what they name is no story whatever its score: the record has
#: it already, as a field or as another block, or it is code.
ALONE = frozenset({"headline", "markup", "noscript", "repeats the caption before it", "says the same as another block"})
#: The evidence that any rule names a block.
NAMED = "named by a rule"
#: Fewest words of a sentence, and the share of its characters that are figures from which on it is none.
_SENTENCE, _FIGURES = 7, 0.2


def named_blocks(article: Article, without: Collection[str] = (), strict: bool = False) -> Iterator[list[Removal]]:
    """For each block that rules name as a whole, what they say of it."""
    return _by_block(_named_by_rules(article, without, strict))


def _by_block(named: Iterable[Removal]) -> Iterator[list[Removal]]:
    found: dict[int, list[Removal]] = defaultdict(list)
    for removal in named:
        if removal.span is None:
            found[removal.block.index].append(removal)
    yield from found.values()


def _decided(named: Iterable[Removal]) -> Iterator[Removal]:
    """Of each block that is removed as a whole, the first removal: the decision (`newscrawl.decision`) bears it out."""
    for removals in _by_block(named):
        block = removals[0].block
        alone = next((removal for removal in removals if is_alone(removal)), None)
        if alone is not None or is_unjudged(block):
            yield alone or removals[0]
        elif probability(block.score or 0.0, {*block.evidence, *evidence_of(removals)}) < 0.5:
            yield removals[0]


def is_alone(removal: Removal) -> bool:
    """Does the removal need no second opinion?"""
    return removal.rule in ALONE or removal.reason in ALONE


def evidence_of(removals: Sequence[Removal]) -> set[str]:
    """The names of the evidence in the removals that name one block."""
    block = removals[0].block
    found = {NAMED}
    for removal in removals:
        found |= {f"rule {removal.rule}", removal.reason}
    if _is_sentence(block):
        found.add("a sentence, but named by a rule")
    if block.kind in (Kind.HEADING, Kind.LIST_ITEM, Kind.QUOTE):
        found.add(f"a {block.kind.value}, but named by a rule")
    return found


def _is_sentence(block: Block) -> bool:
    if sum(map(str.isdigit, block.text)) >= _FIGURES * len(block.text.replace(" ", "")):
        return False
    return length(block.text) >= _SENTENCE and block.link_density < 0.5 and ends_sentence(block.text)


def _named_by_rules(article: Article, without: Collection[str], strict: bool) -> list[Removal]:
    named: list[Removal] = []
    try:
        signs: Set[object] | None = view_of(article).signs
    except Exception:  # each rule that looks for them raises the same, and costs its own removals
        signs = None
    for name, rule in RULES.that_may_find(signs):
        if name in without:
            continue
        try:
            named.extend(replace(removal, rule=name) for removal in islice(rule(article), MAX_REMOVALS))
        except Exception:
            if strict:
                raise
            logger.exception("rule %s failed on %s; its removals are lost", name, article.url)
    forget_view()
    return named


#: Entities for a space: a removed span that contains one leaves a space behind.
_SPACE = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0);", re.I)


def _without_spans(block: Block, removals: list[Removal]) -> Block:
    text, end = [], 0
    for start, stop in sorted(r.span for r in removals if r.span is not None):
        if start > end:
            text.append(block.text[end:start])
        if _SPACE.search(block.text, max(start, end), stop):
            text.append(" ")
        end = max(end, stop)
    text.append(block.text[end:])
    return replace(block, text="\n".join(line for line in map(clean, "".join(text).split("\n")) if line))
