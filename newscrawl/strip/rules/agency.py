"""Agencies' furniture: who contributed and edited, where the text came from.

Strikes lines that say nothing else, and paragraphs that are names of agencies and nothing more ("dpa/AFP", "(EFE)",
"Source: AFP").
Spares a paragraph that ends with an agency in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.removing import worded
from newscrawl.strip.view import view

_NAMES = (
    "afp|dpa(?:-infocom)?|ap|apa|sda|keystone-sda|reuters|rtr|efe|europa press|ansa|adnkronos|askanews|agi|anp|belga|lusa|pap|ctk|čtk|mti|tass|itar-tass|ria|aa|anka|dha|iha|"
    "pti|ians|ani|upi|epd|kna|sid|epa|ritzau|ntb|tt|stt|xinhua|kyodo|jiji|yonhap|antara|bernama|apn|anadolu ajansı|新华网|新華網|agencies|agenturen|agencias|agences|agenzie|ajanslar|"
    "тасс|риа новости|интерфакс|рбк|унн|уніан|укрінформ|укринформ|رويترز|أ ف ب|ا ف ب|أ\\.ف\\.ب|وكالات|د ب أ|قنا|وام|واس|"
    "共同(?:通信)?|時事(?:通信)?|ロイター|新华社|新華社|中新社|中央社|路透社?|法新社?|美联社|연합뉴스"
)
_SOURCE = "source|sources|quelle|quellen|fuente|fonte|bron|kaynak|źródło|источник|المصدر|مصدر|来源|來源|出典|提供"
_ONLY = re.compile(
    rf"(?:(?:{_SOURCE})\s?:\s?)?(?:©\s?)?[(\[（【]?(?:{_NAMES})(?:\s?[/,;+·&|、\-]\s?(?:{_NAMES})){{0,5}}[)\]）】]?\.?"
)


def removals(article: Article) -> Iterator[Removal]:
    """Lines that say nothing else."""
    yield from worded(article, "agency", "wording of agency")
    seen = view(article)
    for index, block in enumerate(seen.blocks):
        if block.kind is Kind.PARAGRAPH and len(block.text) <= 60 and _ONLY.fullmatch(seen.folded[index]):
            yield Removal(block, "names of agencies and nothing more")
