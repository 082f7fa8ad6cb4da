"""itemadapter sees an article as its record, whichever of the two is imported first; newscrawl does not import it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from itemadapter import ItemAdapter

from newscrawl import Article, Block, Kind, record
from newscrawl.record import FIELDS, schema
from tests.support.articles import article

ORDERS = {
    "newscrawl first": "from newscrawl import Article\nfrom itemadapter import ItemAdapter",
    "itemadapter first": "from itemadapter import ItemAdapter\nfrom newscrawl import Article",
    "Scrapy last": "from newscrawl.article import Article\nimport scrapy\nfrom itemadapter import ItemAdapter",
    "an article before itemadapter": "from newscrawl import Article\nArticle('x')\nfrom itemadapter import ItemAdapter",
}


@pytest.mark.parametrize("imports", ORDERS.values(), ids=ORDERS)
def test_the_order_of_imports_does_not_matter(imports: str) -> None:
    check = "article = Article('https://a.example/', headline='H')\nprint(ItemAdapter(article)['articleType'])"
    left = "import sys, itemadapter.adapter as adapter, inspect\ninspect.getsource(adapter)\n"
    left += "print([finder for finder in sys.meta_path if 'newscrawl' in repr(finder)], adapter.__spec__.loader)"
    done = subprocess.run(
        [sys.executable, "-c", f"{imports}\n{check}\n{left}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Article\n[] <_frozen_importlib_external.SourceFileLoader"), done.stdout


def test_newscrawl_imports_neither_itemadapter_nor_scrapy() -> None:
    code = "import newscrawl, sys; print({'itemadapter', 'scrapy', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_an_article_is_seen_as_its_record() -> None:
    one = article()
    adapter = ItemAdapter(one)
    assert adapter.asdict() == dict(adapter) == record(one) and list(adapter.field_names()) == list(FIELDS)
    assert adapter["wordCount"] == one.word_count and adapter.get("nothing") is None and "nothing" not in adapter
    assert ItemAdapter.get_field_names_from_class(Article) == list(FIELDS)
    assert ItemAdapter.get_json_schema(Article) == schema() and dict(adapter.get_field_meta("url")) == {}


def test_fields_can_be_added_and_set_and_the_article_stays() -> None:
    one, other = article(), article()
    adapter = ItemAdapter(one)
    adapter["mood"], adapter["headline"] = 0.3, "Another"
    assert adapter["mood"] == 0.3 and ItemAdapter(one)["headline"] == "Another" and len(adapter) == len(FIELDS) + 1
    assert list(record(one)) == [*FIELDS, "mood"] and one.headline == "The Ferry Sails Again"
    copy = replace(one, headline="A third")
    ItemAdapter(copy)["copied"] = True
    assert copy.extras == {"mood": 0.3, "headline": "Another", "copied": True} and "copied" not in one.extras
    del adapter["mood"], adapter["headline"]
    assert one == other and record(one) == record(other)
    with pytest.raises(KeyError, match="every record has"):
        del adapter["headline"]


def test_an_article_is_shown_in_one_line() -> None:
    published = datetime(2024, 11, 20, tzinfo=timezone.utc)
    body = (Block(0, Kind.PARAGRAPH, "Two words"),)
    one = Article("https://a.example/x", headline="The\nBridge", date_published=published, blocks=body)
    assert repr(one) == r"<Article 'The\nBridge' 2024-11-20 2 words https://a.example/x>" == str(one)
    assert repr(replace(one, headline="W" * 80)).count("W") == 59
    assert repr(Article("a\nb", blocks=(Block(0, Kind.PARAGRAPH, "One"),))) == r"<Article 1 word 'a\nb'>"
    hash(one)
