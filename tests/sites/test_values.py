"""Values that a person writes: dates, lists, patterns, words."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from newscrawl.sites.values import read_languages, read_list, read_patterns, read_since, read_until, read_words
from newscrawl.text import fold

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)


def test_since_is_the_beginning_of_a_day_and_until_its_end() -> None:
    for value in ("2026-11-01", date(2026, 11, 1)):
        assert read_since(value, NOW) == datetime(2026, 11, 1, tzinfo=timezone.utc)
        assert read_until(value, NOW) == datetime(2026, 11, 1, 23, 59, 59, 999999, timezone.utc)


def test_a_time_is_kept_as_it_is() -> None:
    assert read_until("2026-11-01T06:00:00+01:00", NOW) == datetime(2026, 11, 1, 5, tzinfo=timezone.utc)
    assert read_until("24h", NOW) == NOW - timedelta(days=1)
    assert read_since(timedelta(hours=2), NOW) == NOW - timedelta(hours=2)


def test_until_may_be_in_the_future_and_since_may_not() -> None:
    assert read_until("2027-01-01", NOW).year == 2027
    with pytest.raises(ValueError, match="future"):
        read_since("2027-01-01", NOW)
    with pytest.raises(ValueError, match="until='soon' must be a span"):
        read_until("soon", NOW)


def test_lists_come_as_texts_or_lists() -> None:
    assert read_list(" a, b ,,c") == read_list(["a", " b", "c "]) == ["a", "b", "c"]


def test_languages_are_tags_of_which_language_and_region_count() -> None:
    assert read_languages("en, pt-BR,zh_Hans,es-419") == {("en", ""), ("pt", "br"), ("zh", ""), ("es", "419")}
    with pytest.raises(ValueError, match="'english!', '1'"):
        read_languages("en,english!,1")


def test_patterns_are_split_outside_of_brackets() -> None:
    found = [pattern.pattern for pattern in read_patterns("include", r"/a/,/b{2,3}/ [x, ]y \(,(a|b,c)")]
    assert found == ["/a/", "/b{2,3}/", "[x, ]y", r"\(", "(a|b,c)"]
    assert read_patterns("include", ["/a,b/"])[0].search("https://x.example/A,B/")


def test_every_unusable_pattern_is_named() -> None:
    with pytest.raises(ValueError) as caught:
        read_patterns("exclude", "*/x,/ok/,(y")
    text = str(caught.value)
    assert "exclude: '*/x'" in text and "write .*" in text and "'(y'" in text and "/ok/" not in text


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("flood", "The flood came.", True),
        ("flood", "Flooding began", False),
        ("flood*", "Flooding began", True),
        ("storm surge", "A storm\nsurge is due", True),
        ("a, storm*", "the storms", True),
        ("Überschwemmung", "die ÜBERSCHWEMMUNG kam", True),
        ("選挙", "次の選挙は来年", True),
        ("art", "a party", False),
    ],
)
def test_words_match_whole_words(words: str, text: str, is_found: bool) -> None:
    assert any(pattern.search(fold(text)) for pattern in read_words(words)) is is_found


def test_a_phrase_without_a_word_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"only at the end"):
        read_words("st*rm, *surge")
    for empty in ("*", ", ,"):
        with pytest.raises(ValueError, match="match"):
            read_words(empty)
