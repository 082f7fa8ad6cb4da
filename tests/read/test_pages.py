"""Hard kinds of pages, each written for the purpose: tests/read/pages/NAME holds page.html and article.json, what must be read of it.

article.json: url, headline, body (the blocks of the story in order), and where they are to be tested: authors, date (as far as
it goes), canonical, images ([caption, credit]), is_partial, embeds (how their text begins), and optional: blocks of the
body that a reader may want or not (fact boxes, recipes); all of them are there, in order, or none.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl import Kind, extract

PAGES = sorted(path.parent for path in (Path(__file__).parent / "pages").glob("*/page.html"))


@pytest.mark.parametrize("folder", PAGES, ids=[folder.name for folder in PAGES])
def test_page(folder: Path) -> None:
    truth = json.loads((folder / "article.json").read_text("utf-8"))
    article = extract((folder / "page.html").read_bytes(), truth["url"])
    body = article.article_body.split("\n\n")
    optional = truth.get("optional", [])
    bare = [text for text in truth["body"] if text not in optional]
    assert body in (truth["body"], bare)
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
    outside = [removal.block for removal in article.removals if removal.block.kind is Kind.EMBED] + [
        block for block in article.blocks if block.kind is Kind.EMBED
    ]
    for start in truth.get("embeds", []):
        assert any(block.text.startswith(start) for block in outside)
