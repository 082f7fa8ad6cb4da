"""Runs the rules and applies what they name. Judges nothing itself.

A rule is a module of `newscrawl/strip/rules/` with a function `removals(article)`; it is found by its place and
called by its file's name. Each sees the article as it was read, so rules have no order; the union of what they
name is applied. A rule that raises costs its own removals and is logged; tests run with `strict=True`.
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
from newscrawl.text import clean

logger = logging.getLogger(__name__)

#: Removals of one rule that are looked at: far more than any article has, and what a page made to be costly stops at.
MAX_REMOVALS = 20_000

Rule = Callable[[Article], Iterable[Removal]]


def _find() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for module in sorted(pkgutil.iter_modules(rules_folder.__path__), key=lambda m: m.name):
        if not module.name.startswith("_"):
            found[module.name] = importlib.import_module(f"{rules_folder.__name__}.{module.name}").removals
    return found


#: Every rule by its name.
RULES: dict[str, Rule] = _find()


def strip(article: Article, without: Collection[str] = (), strict: bool = False) -> Article:
    """Take away what the rules name.

    without: names of rules that are switched off; an unknown one raises ValueError. The removals are added to
    `article.removals` in page order, each stamped with its rule; a block that several rules name goes once, by the
    first of them in alphabetical order.
    """
    unknown = sorted(set(without) - RULES.keys())
    if unknown:
        raise ValueError(f"no such rule: {', '.join(unknown)} (there are {', '.join(RULES)})")
    named: list[Removal] = []
    for name, rule in RULES.items():
        if name in without:
            continue
        try:
            named.extend(replace(removal, rule=name) for removal in islice(rule(article), MAX_REMOVALS))
        except Exception:
            if strict:
                raise
            logger.exception("rule %s failed on %s", name, article.url)
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


#: An entity that stands for a space: what is cut out with it leaves one.
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
