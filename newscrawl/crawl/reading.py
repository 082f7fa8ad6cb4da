"""What reads, strips and checks a page: imported when the first page has come.

Its models, word lists and expressions take as long to load as the rest of a crawl's start, and the first answers are
robots.txt and sitemaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.lazy import later

if TYPE_CHECKING:
    from newscrawl.check import check, fingerprint, forced, wall
    from newscrawl.read import body_words, open_document, read_document
    from newscrawl.read.date_parsing import parse_date
    from newscrawl.read.scripted import lacks_links, lacks_story
    from newscrawl.read.selected import read_selected
    from newscrawl.strip import strip
else:
    check, fingerprint, forced, wall = later("newscrawl.check", "check", "fingerprint", "forced", "wall")
    body_words, open_document, read_document = later("newscrawl.read", "body_words", "open_document", "read_document")
    (parse_date,) = later("newscrawl.read.date_parsing", "parse_date")
    lacks_links, lacks_story = later("newscrawl.read.scripted", "lacks_links", "lacks_story")
    (read_selected,) = later("newscrawl.read.selected", "read_selected")
    (strip,) = later("newscrawl.strip", "strip")

__all__ = [
    "body_words",
    "check",
    "fingerprint",
    "forced",
    "lacks_links",
    "lacks_story",
    "open_document",
    "parse_date",
    "read_document",
    "read_selected",
    "strip",
    "wall",
]
