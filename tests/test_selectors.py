"""Selectors as a person writes them."""

from __future__ import annotations

import pytest

from newscrawl import make_selectors
from newscrawl.selectors import Selectors, split_selector


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("h1.title", ("h1.title", None)),
        ("h1 ::text", ("h1", None)),
        ("meta[name=author]::attr(content)", ("meta[name=author]", "content")),
        ("time::attr( data-time )", ("time", "data-time")),
        ("li:first-child", ("li:first-child", None)),
    ],
)
def test_a_selector_may_name_an_attribute(text: str, parts: tuple[str, str | None]) -> None:
    assert split_selector(text) == parts


def test_selectors_are_made_of_texts_or_lists() -> None:
    made = make_selectors(headline="h1", body=["main", " div.story "])
    assert made == Selectors(headline=("h1",), body=("main", "div.story"))
    assert made and not Selectors()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"title": "h1"}, "nothing called 'title'"),
        ({"body": "div["}, "'div\\['"),
        ({"headline": "h1::before(x)"}, "not a CSS selector"),
        ({"strip": "a::attr(href)"}, "elements are wanted"),
        ({"authors": ""}, "not a CSS selector"),
    ],
)
def test_what_cannot_be_used_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        make_selectors(**given)
