"""The lines of news agencies: who contributed and edited, and where the text came from.

Removes lines that say nothing else, paragraphs that consist of agency names ("dpa/AFP", "(EFE)", "Source: AFP"), and
the initials of the author after the story.
Spares a paragraph that ends with an agency in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.finders import by_phrase
from newscrawl.strip.view import view_of


def _lines() -> Iterator[tuple[str, str, str]]:
    """(section, expression, example) of each line of agency.txt."""
    section = ""
    for line in files("newscrawl.strip.rules").joinpath("agency.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            expression, example = line.split("\t")
            yield section, expression, example


def _any_of(section: str) -> str:
    return "|".join(expression for found, expression, _ in _lines() if found == section)


_NAME, _SOURCE = _any_of("names"), _any_of("source labels")
_ONLY_NAMES = re.compile(
    rf"(?:(?:{_SOURCE})\s?:\s?)?(?:©\s?)?"
    rf"[(\[（【]?(?:{_NAME})(?:\s?[/,;+·&|、\-]\s?(?:{_NAME})){{0,5}}[)\]）】]?\.?"
)
#: Two to four small letters, perhaps several times, as German and Dutch papers sign a story: "erb/ots", "(kb)".
_INITIALS = re.compile(r"[(\[]?(?:von:? |by:? )?[^\W\d_A-ZÄÖÜ]{2,4}(?: ?[/,] ?[^\W\d_A-ZÄÖÜ]{2,5}){0,3}[)\]]?")


def removals(article: Article) -> Iterator[Removal]:
    """Lines of agencies that say nothing else."""
    yield from by_phrase(article, "agency")
    view = view_of(article)
    for index, block in enumerate(view.blocks):
        if block.kind is not Kind.PARAGRAPH or len(block.text) > 60:
            continue
        if _ONLY_NAMES.fullmatch(view.folded[index]):
            yield Removal(block, "names of agencies and nothing else")
        elif index > view.last_prose >= 0 and _INITIALS.fullmatch(block.text):
            yield Removal(block, "the initials of who wrote it")
