"""An article as the reader returns it, for tests of later steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from newscrawl.article import Article, Block, Kind

NOW = datetime(2024, 11, 21, tzinfo=timezone.utc)
SENTENCE = "The ferry to the northern islands will sail again from Monday, the harbour master said in the morning."


def article(url: str = "https://a.example/news/one-two-three", **fields: Any) -> Article:
    """An article whose text depends on its URL. fields: those that differ."""
    blocks = tuple(
        Block(number, Kind.PARAGRAPH, f"{SENTENCE} Part {number} of the story at {url}.") for number in range(6)
    )
    return replace(Article(url, headline="The Ferry Sails Again", blocks=blocks, date_published=NOW), **fields)
