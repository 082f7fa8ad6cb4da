"""What the page model sees of a page: measures of its text, its statements and its URL."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench.train.made_kinds import made_kinds
from newscrawl.article import Page
from newscrawl.read import open_document, read
from newscrawl.read.blocks import lay_out
from newscrawl.read.kind import NAMES, page_row
from newscrawl.read.page_words import word_shares
from tests.support.story_page import page as story_page


def measures(html: str, url: str = "https://velmora.example/news/a", **fields: Any) -> dict[str, float]:
    """The measures of a page all of whose blocks are story."""
    document = open_document(Page(url, html))
    layout = lay_out(document.tree)
    row = page_row(layout, [1.0] * len(layout.texts), document.stated, fields, url)
    return dict(zip(NAMES, row.tolist(), strict=True))


@pytest.mark.parametrize("html", ["<p></p>", "<html><body></body></html>", "<p>One word</p>", story_page()])
@pytest.mark.parametrize("url", ["", "https://velmora.example/", "/a/b"])
def test_every_measure_of_every_page_is_a_number(html: str, url: str) -> None:
    assert all(np.isfinite(value) for value in measures(html, url).values())


@pytest.mark.parametrize(
    ("text", "language", "shares"),
    [
        ("You said that we know", "en-GB", [0.2, 0.2, 0.2]),
        ("Wir sagten Ihnen alles", "de", [0.25, 0.25, 0.25]),
        ("Vous avez notre parole", "fr", [0.25, 0.25, 0.0]),
        ("You know", None, [0.5, 0.0, 0.0]),
        ("Te tudod", "hu", [-1.0, -1.0, -1.0]),
        ("", "en", [0.0, 0.0, 0.0]),
    ],
)
def test_words_to_the_reader_of_the_house_and_of_others(text: str, language: str | None, shares: list[float]) -> None:
    assert word_shares(text, language) == shares


def test_verses_and_labels_are_short_lines() -> None:
    verse = measures("<p>Carry me over the foam<br>Carry me home<br>Nobody knows but the river.</p>")
    assert verse["verses"] == pytest.approx(2 / 3) and verse["labels"] == 0
    notice = measures("<p>Place: Room 204</p><p>Speaker: Ilva Marsten</p>")
    assert notice["labels"] == 1


def test_types_of_json_microdata_and_class_names() -> None:
    stated = '<script type="application/ld+json">{"@type": "MedicalBusiness"}</script>'
    found = measures(f'<div itemscope itemtype="https://schema.org/Product"><p>Kettle</p></div>{stated}')
    assert found["type_product"] == found["type_business"] == 1 and found["type_article"] == 0


@pytest.mark.parametrize(
    ("head", "page_type"),
    [
        ('<script type="application/ld+json">{"@type": "Event", "name": "Talk"}</script>', "event"),
        ("<meta property=og:type content=video.other>", "video"),
        ("<meta property=og:type content=product>", "product"),
        ("<meta property=og:type content=article>", None),
        ("<meta property=og:type content=velmorabook:entry>", None),
        ("", None),
    ],
)
def test_what_a_page_states_that_it_shows(head: str, page_type: str | None) -> None:
    assert read(Page("https://velmora.example/a", story_page(head=head))).page_type == page_type


def test_made_pages_are_the_same_each_time() -> None:
    pages = list(made_kinds(40))
    assert pages == list(made_kinds(40)) and {label for label, _, _, _ in pages} == {0.0, 1.0}
    assert all(read(Page(url, html)).headline for _, html, url, _ in pages[:20])
