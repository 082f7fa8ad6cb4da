"""Runs the rules and applies the removals they name. Makes no judgement of its own.

A rule is a module in `newscrawl/strip/rules/` with a function `removals(article)`. It is found by its place in that
folder and called by its file name. Every rule sees the article as it was read, so the order of the rules does not
matter; the union of their removals is applied. A rule that raises loses only its own removals, and the exception is
logged; tests run with `strict=True`.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from itertools import islice

from newscrawl.article import Article, Block, Removal, Removals
from newscrawl.strip import rules as rules_folder
from newscrawl.text import clean, ends_sentence, length

logger = logging.getLogger(__name__)

#: Most removals taken from one rule: far more than any real article needs, and a bound on pages made to be expensive.
MAX_REMOVALS = 20_000

Rule = Callable[[Article], Iterable[Removal]]


def _load_rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(rules_folder.__path__), key=lambda m: m.name):
        if not module.name.startswith("_"):
            found[module.name] = importlib.import_module(f"{rules_folder.__name__}.{module.name}").removals
    return found


#: All rules by name.
RULES: dict[str, Rule] = _load_rules()


def strip(article: Article, without: Collection[str] = (), strict: bool = False) -> Article:
    """Return the article without the blocks and spans that the rules name.

    without: names of rules to switch off; an unknown name raises ValueError. strict: let exceptions of rules through.
    The removals are appended to `article.removals` in page order, each stamped with its rule. A block named by
    several rules is removed once, by the alphabetically first of them.
    """
    unknown = sorted(set(without) - RULES.keys())
    if unknown:
        raise ValueError(f"no such rule: {', '.join(unknown)} (the rules are {', '.join(RULES)})")
    named = [removal for removal in _named_by_rules(article, without, strict) if not _yields(removal)]
    whole: dict[int, Removal] = {}
    spans: dict[int, list[Removal]] = {}
    for removal in named:
        if removal.span is None:
            whole.setdefault(removal.block.index, removal)
        else:
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


#: Rules that go by words which sentences of stories have as well. They yield to the content model where it is sure.
YIELDING = frozenset({"breadcrumb", "date_line", "placeholder", "reactions"})
#: The model is sure of a block with this score; and the least words of a sentence.
_SURE, _SENTENCE = 0.9, 7
#: A sentence has fewer of its characters in figures than this.
_FIGURES = 0.2


def _yields(removal: Removal) -> bool:
    """Would a rule take a whole sentence of which the content model is sure, for words that say too little?"""
    block = removal.block
    if removal.rule not in YIELDING or removal.span is not None or block.score is None or block.score < _SURE:
        return False
    if sum(map(str.isdigit, block.text)) >= _FIGURES * len(block.text.replace(" ", "")):
        return False
    return length(block.text) >= _SENTENCE and block.link_density < 0.5 and ends_sentence(block.text)


def _named_by_rules(article: Article, without: Collection[str], strict: bool) -> list[Removal]:
    named: list[Removal] = []
    for name, rule in RULES.items():
        if name in without:
            continue
        try:
            named.extend(replace(removal, rule=name) for removal in islice(rule(article), MAX_REMOVALS))
        except Exception:
            if strict:
                raise
            logger.exception("rule %s failed on %s; its removals are lost", name, article.url)
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
