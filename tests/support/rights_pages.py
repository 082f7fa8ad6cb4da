"""Pages that state rights, and a licence in RSL."""

from __future__ import annotations

import json
from datetime import datetime, timezone

from newscrawl.article import Page, Rights
from newscrawl.read import open_document
from newscrawl.rights import read_rights

URL = "https://news.example/2026/11/story"
NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
#: A licence for the URL pattern {url}.
RSL = (
    '<?xml version="1.0"?><rsl xmlns="https://rslstandard.org/rsl"><content url="{url}"><license>\n'
    '<permits type="usage">search, ai-input</permits><permits type="geo">DE</permits>'
    '<prohibits type="usage">ai-train</prohibits><payment type="free"/>\n</license></content></rsl>'
)


def rights_of(head: str = "", body: str = "", **headers: str) -> Rights:
    """The rights that a page states. headers: by name with "_" for "-"."""
    html = f"<html><head>{head}</head><body><p>Text.</p>{body}</body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_rights(open_document(Page(URL, html, NOW, named)))


def json_ld(**fields: object) -> str:
    """The JSON-LD of an article with these fields."""
    data = {"@type": "NewsArticle", "headline": "x", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'
