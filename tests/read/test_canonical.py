from __future__ import annotations

import pytest

from newscrawl import extract, record
from tests.support.living_site import Story

URL = "https://news.example/local/council-votes-on-harbour-wall?utm_source=x"
OWN = "https://news.example/local/council-votes-on-harbour-wall"
TITLE = "Council votes on the harbour wall"
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in Story(3, None, TITLE).paragraphs)  # type: ignore[arg-type]


def read(head: str, body: str = "", url: str = URL) -> tuple[str | None, bool]:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}<h1>{TITLE}</h1>{TEXT}</body></html>"
    made = record(extract(html, url))
    assert made["url"] == url
    return made["canonicalUrl"], made["metadata"]["isSyndicated"]


def link(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


def og(url: str) -> str:
    return f'<meta property="og:url" content="{url}">'


LIES = [
    "/",
    "https://news.example",
    "https://www.news.example/index.html",
    "https://news.example/?ref=canonical",
    "https://news.example/local",
    "https://news.example/local/",
    "http://localhost:3000/local/council-votes-on-harbour-wall",
    "http://127.0.0.1/local/council-votes-on-harbour-wall",
    "https://staging/local/council-votes-on-harbour-wall",
    "https://news.local/local/council-votes-on-harbour-wall",
    "news.example/local/council-votes-on-harbour-wall",
    "other.example/local/council-votes-on-harbour-wall",
    "https://other.example/",
    "https://other.example/about",
    "https://other.example/the-best-of-today",
    "http://[x",
    "mailto:a@news.example",
    "",
]


@pytest.mark.parametrize("href", LIES)
def test_a_canonical_url_that_lies_is_left_out(href: str) -> None:
    assert read(link(href)) == (None, False)
    assert read(og(href)) == (None, False)


@pytest.mark.parametrize("href", LIES)
def test_the_next_claim_counts_where_the_first_lies(href: str) -> None:
    assert read(link(href) + og(OWN)) == (OWN, False)


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        (link(OWN), OWN),
        (link(OWN) + link(OWN), OWN),
        (link("/local/council-votes-on-harbour-wall"), OWN),
        (link("council-votes-on-harbour-wall"), OWN),
        (link("story-77.html"), "https://news.example/local/story-77.html"),
        ('<base href="https://static.example/">' + link(OWN), OWN),
        ('<base href="https://www.news.example/a/">' + link("b-12"), "https://www.news.example/a/b-12"),
        (link("https://m.news.example/12345"), "https://m.news.example/12345"),
        (link("https://news.example/other-page") + link(OWN), OWN),
        (og(OWN), OWN),
    ],
)
def test_a_plausible_canonical_url_is_kept_and_resolved(head: str, canonical: str) -> None:
    assert read(head) == (canonical, False)


def test_two_claims_of_which_none_names_the_page_are_none() -> None:
    assert read(link("https://news.example/one-page-12") + link("https://news.example/other-page-13")) == (None, False)


def test_a_link_in_the_body_counts_only_if_it_names_the_page() -> None:
    assert read("", link("https://news.example/another-story-12345")) == (None, False)
    assert read("", link("https://other.example/council-votes-on-harbour-wall")) == (None, False)
    assert read("", link(OWN)) == (OWN, False)


def test_the_url_of_another_story_is_a_lie() -> None:
    url = "https://news.example/local/council-votes-1234567"
    assert read(link("https://news.example/sport/regatta-is-won-7654321"), url=url) == (None, False)
    assert read(link("https://news.example/town/council-vote-and-votes-7654321"), url=url)[0] is not None


def test_a_syndicated_copy_names_the_original() -> None:
    original = "https://original.example/2026/council-votes-on-harbour-wall"
    assert read(link(original)) == (original, True)
    assert read(link(original) + og(OWN)) == (OWN, False)


def test_a_page_whose_own_url_is_unknown_may_claim_one() -> None:
    html = f"<html><head>{link(OWN)}</head><body><h1>{TITLE}</h1>{TEXT}</body></html>"
    assert record(extract(html))["url"] == OWN


@pytest.mark.parametrize(
    ("slug", "title", "is_kept"), [("cat-ran-home", "Cat ran home", True), ("an-ox-is-up", "An ox is up", False)]
)
def test_words_of_two_letters_show_no_syndicated_copy(slug: str, title: str, is_kept: bool) -> None:
    claim = f"https://other.example/{slug}"
    html = f"<html><head><title>{title}</title>{link(claim)}</head><body><h1>{title}</h1>{TEXT}</body></html>"
    made = record(extract(html, "https://news.example/a/12345"))
    assert made["canonicalUrl"] == (claim if is_kept else None)
