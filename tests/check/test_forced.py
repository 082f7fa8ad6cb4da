"""`refuse=False`: every page that can be read gives an article of its own text, which says why it was refused."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest

from newscrawl import UnreadablePage, extract, record
from newscrawl.crawl.pipelines import CheckPipeline, StripPipeline
from newscrawl.errors import NewscrawlError
from newscrawl.record import schema
from tests.check.test_kinds import REFUSED, page
from tests.newspaper.site import Newspaper
from tests.support.story_page import URL
from tests.support.story_page import page as story_page

STUB = "The council of Velmora voted on Monday evening for …"
OFFER = '<div class="paywall"><p>Subscribe now to read the whole article.</p></div>'


def test_an_article_is_the_same_with_and_without_refusing() -> None:
    assert extract(story_page(), URL, refuse=False) == extract(story_page(), URL)
    made = record(extract(story_page(), URL, refuse=False))
    assert made["metadata"]["refused"] is None


@pytest.mark.parametrize(
    ("reason", "title", "text"), [(reason, *one) for reason, pages in REFUSED.items() for one in pages]
)
def test_a_refused_page_gives_its_own_text_and_the_reason(reason: str, title: str, text: str) -> None:
    html = page(title, text)
    with pytest.raises(NewscrawlError) as refused:
        extract(html, "https://news.example/2026/11/some-story")
    article = extract(html, "https://news.example/2026/11/some-story", refuse=False)
    assert article.refusal == refused.value.reason
    assert not text.strip() or article.article_body.split()[0] in f"{title} {text}"


@pytest.mark.parametrize("path", ["/", "/section/news/"])
def test_a_page_of_links_gives_its_teasers(path: str) -> None:
    newspaper = Newspaper("https://courier.example")
    html = newspaper.answer(path).body
    with pytest.raises(NewscrawlError) as refused:
        extract(html, f"https://courier.example{path}")
    article = extract(html, f"https://courier.example{path}", refuse=False)
    assert article.refusal == refused.value.reason
    assert "Harbour Bridge carried its first traffic" in article.article_body
    assert "Council Votes to Keep Night Trams Running" in article.article_body
    kept = {block.index for block in article.blocks}
    assert kept.isdisjoint(removal.block.index for removal in article.removals if removal.span is None)
    made = record(article)
    assert made["metadata"]["refused"] == article.refusal
    jsonschema.validate(made, schema())


def test_a_stub_gives_its_beginning_and_else_the_description() -> None:
    meta = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Council votes for new bridge",'
    meta += '"isAccessibleForFree":false}</script><meta name="description" content="The council has decided.">'
    with_beginning = extract(story_page(f"<p>{STUB}</p>{OFFER}", meta), URL, refuse=False)
    assert (with_beginning.refusal, with_beginning.is_partial) == ("Paywall", True)
    assert with_beginning.article_body == STUB
    without = extract(story_page(OFFER, meta), URL, refuse=False)
    assert (without.refusal, without.article_body) == ("Paywall", "The council has decided.")


def test_what_cannot_be_read_is_refused_all_the_same() -> None:
    with pytest.raises(UnreadablePage):
        extract(b"%PDF-1.7", URL, refuse=False)


def test_the_pipelines_let_a_forced_article_through_as_it_is() -> None:
    article = extract(page("Just a moment...", "Verifying you are human."), URL, refuse=False)
    assert article.refusal == "Challenge"
    assert StripPipeline().process_item(article) is article and CheckPipeline().process_item(article) is article


def test_the_example_of_the_docs() -> None:
    text = (Path(__file__).parents[2] / "docs" / "library.md").read_text("utf-8")
    [code] = [one for one in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "refuse=False" in one]
    html = Newspaper("https://a.example").answer("/section/news/").body
    scope = {"extract": extract, "html": html}
    exec(code, scope)
    assert scope["article"].refusal and scope["article"].url == "https://a.example/news/"  # type: ignore[attr-defined]
