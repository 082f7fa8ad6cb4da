"""Pages of difficult kinds, each written for these tests: tests/read/pages/NAME has page.html and article.json.

article.json says what must be read of the page: url, headline, body (the blocks of the story in order), and where they
are tested: authors, date (may be incomplete), canonical, images ([caption, credit]), is_partial, embeds (how their
text begins), and optional: blocks of the body, such as fact boxes, which must be there all together or not at all.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl import Kind, extract

PAGES = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/page.html"))


@pytest.mark.parametrize("folder", PAGES, ids=[folder.name for folder in PAGES])
def test_a_difficult_page_is_read(folder: Path) -> None:
    truth = json.loads((folder / "article.json").read_text("utf-8"))
    article = extract((folder / "page.html").read_bytes(), truth["url"])
    body = article.article_body.split("\n\n")
    optional = truth.get("optional", [])
    required = [text for text in truth["body"] if text not in optional]
    assert body in (truth["body"], required)
    assert article.headline == truth["headline"]
    if "authors" in truth:
        assert [person.name for person in article.authors] == truth["authors"]
    if "date" in truth:
        assert article.date_published is not None
        assert article.date_published.isoformat().startswith(truth["date"])
    if "canonical" in truth:
        assert article.canonical_url == truth["canonical"]
    assert article.is_partial is truth.get("is_partial", False)
    for caption, credit in truth.get("images", []):
        assert (caption, credit) in [(image.caption, image.credit) for image in article.images]
    all_blocks = [*article.blocks, *(removal.block for removal in article.removals)]
    for start in truth.get("embeds", []):
        assert any(block.kind is Kind.EMBED and block.text.startswith(start) for block in all_blocks)
