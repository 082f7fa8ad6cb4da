"""Correction notices, and counters, recognised by the wording in notices.txt.

The wording of the article's language and of English applies; that of all languages if the language is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from newscrawl.article import BODY_KINDS, Article
from newscrawl.text import clean, fold, folded_length

#: A notice is one of this many blocks at the top of the story, or of this many at its end.
HEAD, FOOT = 4, 6
#: Most words of a notice; some say at length what was wrong.
_MAX_WORDS = 250
#: A notice that was not taken for story is looked for within this many blocks of it.
_AROUND = 8
_EDGE = " *-.•·|_[]()\"'（）【】▲■◆※"
#: What may come between a label and its colon: a date, or something set off.
_DATED = r"[ ,(\[-][^:]{0,30}\d[^:]{0,12}|[,(\[][^:]{0,40}"
_NUMBER = r"\d[\d.,' ]{0,12}\s?[km]?"


def wording() -> Iterator[tuple[str, str, str, str]]:
    """(language, role, expression, example) of each line of notices.txt. Raises ValueError for a malformed line."""
    text = files("newscrawl.memory").joinpath("notices.txt").read_text("utf-8")
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 4:
            raise ValueError(
                f"notices.txt, line {number}: expected language, role, expression and example, "
                f"found {len(columns)} columns"
            )
        yield columns[0], columns[1], columns[2], columns[3]


@lru_cache(maxsize=64)
def _compiled(language: str = "") -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The patterns of a language by role: label, start, in, counter."""
    roles: dict[str, list[str]] = {"label": [], "start": [], "in": [], "counter": []}
    known = {one[0] for one in wording()}
    for code, role, expression, _ in wording():
        if code in (language, "en") or language not in known:
            roles[role].append(expression)
    label, start, within, counter = (
        "(?:" + "|".join(roles[role]) + ")" for role in ("label", "start", "in", "counter")
    )
    return (
        re.compile(
            rf"{label}(?:(?:{_DATED})?(?:\s?[:\]】]| -) ?(?P<rest>.{{3}})|(?:{_DATED}\s?:)?\s?[:\]】]?$)", re.DOTALL
        ),
        re.compile(start),
        re.compile(within),
        re.compile(rf"{_NUMBER}\s?{counter}|{counter}[\s:(]{{0,3}}{_NUMBER}\)?"),
    )


def _folded(block: str) -> str:
    return fold(block).replace("i\u0307", "i").strip(_EDGE)


def _code(language: str | None) -> str:
    return (language or "").lower().replace("_", "-").split("-")[0][:3]


def is_counter(block: str, language: str | None = None) -> bool:
    """Is the block a counter and nothing else ("12 comments", "3 min read")?"""
    return (
        len(block) <= 40
        and any(map(str.isdigit, block))
        and _compiled(_code(language))[3].fullmatch(_folded(block)) is not None
    )


def notices(blocks: Sequence[str], language: str | None = None) -> list[str]:
    """The correction notices among the blocks of a body, in order, with white space folded.

    A block that is only a label is joined with the block below it.
    """
    label, start, within, _ = _compiled(_code(language))
    found: list[str] = []
    last = len(blocks) - 1
    index = 0
    while index <= last:
        if HEAD <= index <= last - FOOT:
            index = last - FOOT + 1
            continue
        block = blocks[index]
        text = _folded(block[:2500])
        if folded_length(text) <= _MAX_WORDS:
            labelled = label.match(text)
            if labelled and not labelled["rest"] and index < last:
                found.append(f"{clean(block).rstrip(' :：')}: {clean(blocks[index + 1])}")
                index += 1
            elif (labelled and labelled["rest"]) or start.match(text) or within.search(text):
                found.append(clean(block))
        index += 1
    return found


def notices_of(article: Article) -> str | None:
    """The correction notices of a page, separated by blank lines; None if there are none.

    Includes those near the story that were not taken for part of it.
    """
    story = [block for block in article.blocks if block.kind in BODY_KINDS]
    found = notices([block.text for block in story], article.in_language)
    if story:
        first, last = story[0].index - _AROUND, story[-1].index + _AROUND
        blocks = (
            one.block
            for one in article.removals
            if one.span is None and one.rule == "content" and first <= one.block.index <= last
        )
        label, start, within, _ = _compiled(_code(article.in_language))
        for block in blocks:
            if not 5 <= len(block.text) <= 1500 or block.kind not in BODY_KINDS:
                continue
            text = _folded(block.text)
            labelled = label.match(text)
            if (
                (labelled and labelled["rest"]) or start.match(text) or within.search(text)
            ) and block.link_density <= 0.5:
                found.append(clean(block.text))
    return "\n\n".join(dict.fromkeys(found)) or None
