"""The measures of a page's text: exact values on small pages."""

from __future__ import annotations

import math
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.blocks import lay_out
from newscrawl.read.page_text import TEXT_NAMES, text_measures

EIGHT, SEVEN = "One two three four five six seven eight", "One two three four five six seven"
LONG = "word " * 24 + "word"


def measured(html: str, scores: list[float] | None = None, language: str | None = "en") -> dict[str, Any]:
    """The measures; without scores, every block is story."""
    layout = lay_out(LexborHTMLParser(f"<body>{html}</body>"))
    return text_measures(layout, [1.0] * len(layout.texts) if scores is None else scores, language)


def test_every_measure_has_a_name() -> None:
    assert set(measured("<p>A</p>")) == set(measured("")) == set(TEXT_NAMES)


def test_how_much_of_the_page_is_story() -> None:
    found = measured(
        f"<p>{EIGHT}</p><p>{EIGHT}</p><p>{SEVEN}</p><p><a href='/1'>{EIGHT}</a></p>", [0.5, 0.49, 0.8, 0.1]
    )
    assert found["story_words"] == pytest.approx(math.log1p(15)) and found["sure_words"] == pytest.approx(math.log1p(7))
    assert found["story_share"] == pytest.approx(15 / 31) and found["story_blocks"] == 2
    assert found["best_score"] == 0.8 and found["blocks"] == 4 and found["spread"] == 1.5 and found["switches"] == 3
    assert found["before"] == 0 and found["after"] == pytest.approx(8 / 31)
    assert found["link_density"] == pytest.approx(8 / 31) and found["short_linked"] == 0.25


@pytest.mark.parametrize(("text", "count"), [(EIGHT, 1), (SEVEN, 0), (f"<a href='/1'>{EIGHT}</a>", 0)])
def test_other_texts_are_those_of_eight_words_without_links(text: str, count: int) -> None:
    assert measured(f"<p>{LONG}</p><p>{text}</p>", [0.9, 0.1])["other_texts"] == count


def test_headings_and_those_that_are_links() -> None:
    found = measured("<h1>Bridge</h1><h2><a href='/1'>Ferry</a></h2><h2>The <a href='/2'>ferry</a></h2><p>It ends.</p>")
    assert found["headings"] == 3 and found["linked_headings"] == 1 and found["heading_share"] == 0.75


def test_how_the_story_is_put_together() -> None:
    found = measured(f"<div><p>{LONG}</p><p>Four words are here</p></div><ul><li>Just three words</li></ul>")
    assert found["longest"] == 25 and found["long_blocks"] == 1 and found["list_share"] == pytest.approx(1 / 3)
    assert found["words_in_paragraphs"] == pytest.approx(29 / 32) and found["words_in_lists"] == pytest.approx(3 / 32)
    assert found["paragraph_words"] == 25 and found["tiny_blocks"] == pytest.approx(1 / 3)
    assert found["parents"] == 2 and found["one_parent"] == pytest.approx(29 / 32)


@pytest.mark.parametrize(("between", "run"), [(2, 16), (3, 8)])
def test_a_run_goes_on_over_two_other_blocks(between: int, run: int) -> None:
    html = f"<p>{EIGHT}</p>" + "<p>By</p>" * between + f"<p>{EIGHT}</p>"
    assert measured(html, [0.9, *[0.1] * between, 0.9])["run"] == pytest.approx(math.log1p(run))


def test_questions_are_headings_that_ask() -> None:
    assert measured("<h2>Why now?</h2><h2>なぜ今？</h2><h2>Why</h2><p>Why not?</p>")["questions"] == 2


@pytest.mark.parametrize(
    ("line", "verses", "labels"),
    [
        ("Carry me over the foam", 1, 0),
        ("It ends.", 0, 0),
        (" ".join(["way"] * 12), 1, 0),
        (" ".join(["way"] * 13), 0, 0),  # too many words for a verse
        ("x" * 99, 1, 0),
        ("x" * 100, 0, 0),
        ("Place: Room 204", 1, 1),
        ("x" * 25 + ": Room", 1, 1),
        ("x" * 26 + ": Room", 1, 0),
        (": Room", 1, 0),
    ],
)
def test_verses_and_labels(line: str, verses: int, labels: int) -> None:
    found = measured(f"<p>{line}</p>")
    assert (found["verses"], found["labels"]) == (verses, labels)


def test_signs_of_the_story_and_prices_of_the_page() -> None:
    found = measured("<p>He said, “yes”, on 12 May 2024.</p><p>Kettle $20, € 30</p>", [0.9, 0.1])
    assert found["commas"] == pytest.approx(2 / 7) and found["quotes"] == pytest.approx(2 / 7)
    assert found["digits"] == pytest.approx(5 / 7) and found["said"] == pytest.approx(1 / 7)
    assert found["prices"] == pytest.approx(math.log1p(2))


def test_what_stands_around_the_story() -> None:
    shop = "<div class='shop'><button>Buy</button></div><video></video><audio></audio><pre>a = 1</pre>"
    picture = "<img src='/a.jpg' width=600 height=400>"
    found = measured(f"{picture}<div class='comment-list'><p>{EIGHT}</p>{picture}<p>{EIGHT}</p></div>{shop}")
    assert found["videos"] == 2 and found["code"] == 1 and found["buttons"] == pytest.approx(math.log1p(1))
    assert found["images"] == pytest.approx(math.log1p(2))
    assert found["class_shop"] > 0 and found["story_in_comment"] > 0.5


def test_the_words_of_a_very_long_story_are_judged_by_its_beginning() -> None:
    commas, none = f"<p>{'yes, ' * 10_000}</p>", f"<p>{'no ' * 20_000}</p>"
    assert measured(commas + none * 2)["commas"] == pytest.approx(10_000 / 50_000, abs=0.01)
    assert measured(none * 4 + commas)["commas"] == 0
