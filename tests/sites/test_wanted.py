"""Which articles are wanted."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from newscrawl.article import Article, Block, Kind
from newscrawl.sites.wanted import Wanted, read_wanted
from newscrawl.text import UNSTATED

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def wanted(**given: object) -> Wanted:
    return read_wanted(given, NOW)


def test_without_wishes_everything_is_wanted() -> None:
    everything = wanted()
    assert everything.refuses_url("https://a.example/x") is None
    assert not everything.is_too_new(NOW) and not everything.refuses_language("fr")
    assert not everything.has_no_match(Article("https://a.example/x"))


def test_one_pattern_of_include_and_none_of_exclude() -> None:
    one = wanted(include="/politics/,/economy/", exclude="/live/")
    assert one.refuses_url("https://a.example/economy/x") is None
    assert "include" in (one.refuses_url("https://a.example/sport/x") or "")
    assert "/live/" in (one.refuses_url("https://a.example/politics/live/x") or "")


def test_until_spares_what_may_have_been_published_in_time() -> None:
    one = wanted(until="2026-11-01")
    last = datetime(2026, 11, 1, 23, 59, tzinfo=timezone.utc)
    assert not one.is_too_new(last) and one.is_too_new(last + timedelta(minutes=1))
    assert not one.is_too_new(None)
    assert not one.is_too_new(datetime(2026, 11, 2, 13, tzinfo=UNSTATED))  # 23:00 UTC where it is 14 hours later
    assert one.is_too_new(datetime(2026, 11, 2, 14, 1, tzinfo=UNSTATED))


def test_an_unknown_language_may_be_wanted() -> None:
    one = wanted(languages=["en", "de"])
    assert not one.refuses_language("de-AT") and not one.refuses_language(None)
    assert one.refuses_language("fr")


def test_a_region_counts_where_both_state_one() -> None:
    one = wanted(languages="pt-BR,zh")
    assert not one.refuses_language("pt-BR") and not one.refuses_language("pt")
    assert one.refuses_language("pt-PT") and not one.refuses_language("zh-Hant-TW")


def test_words_are_searched_for_in_headline_and_body() -> None:
    one = wanted(match="ferry")
    blocks = (Block(0, Kind.PARAGRAPH, "The Ferry sailed."), Block(1, Kind.CAPTION, "A bridge"))
    assert not one.has_no_match(Article("u", blocks=blocks))
    assert not one.has_no_match(Article("u", headline="No ferry today"))
    assert wanted(match="bridge").has_no_match(Article("u", blocks=blocks)), "captions are no text of the story"


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(ValueError) as caught:
        wanted(since="soon", until="later", languages="!", match="*", include="(")
    assert all(name in str(caught.value) for name in ("since=", "until=", "languages", "match", "include"))
    with pytest.raises(ValueError, match="before since"):
        wanted(since="2026-11-10", until="2026-11-01")


def test_what_is_not_given_stays_as_it_was() -> None:
    before = wanted(languages="en", match="x")
    after = read_wanted({"match": "y"}, NOW, before)
    assert after.languages == {("en", "")} and after.match[0].search("y")


def test_the_key_tells_other_wishes_for_fetched_pages_apart() -> None:
    keys = {wanted(languages="en").key, wanted(languages="de").key, wanted(match="en").key, wanted().key}
    assert len(keys) == 4
    assert wanted(languages="en,de").key == wanted(languages="de,en", until="1d").key
    assert all(0 <= key < 2**63 for key in keys)
