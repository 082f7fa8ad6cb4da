"""Durations and sizes as people write them."""

import pytest

from newscrawl.units import clock_text, counted, duration_text, parse_duration, parse_size, size_text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90),
        ("90m", 5400),  # a minute, in arguments and in settings alike
        ("1.5 h", 5400),
        ("2D", 172_800),
        ("1 w", 604_800),
        ("2mo", 60 * 86_400),
        ("1 year", 365 * 86_400),
        ("250 ms", 0.25),
        (" 3 minutes ", 180),
    ],
)
def test_a_duration_is_a_number_and_a_unit(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


def test_a_bare_number_has_the_unit_that_its_place_gives_it() -> None:
    assert parse_duration(30, bare="s") == 30 and parse_duration("2", bare="d") == 172_800
    with pytest.raises(ValueError, match="'30' is not a duration"):
        parse_duration("30")


@pytest.mark.parametrize("text", ["", "soon", "-1h", "1 x", "1h30", "h", "1e3 s", "9" * 40 + "s", None])
def test_what_is_no_duration_is_refused_by_name(text: object) -> None:
    with pytest.raises(ValueError, match="is not a duration: write a number and one of s, m"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10 MiB", 10 * 2**20),
        ("10MB", 10_000_000),
        ("1 kB", 1000),
        (" 2 gib", 2**31),
        ("7", 7),
        (7, 7),
        ("1.5KiB", 1536),
    ],
)
def test_a_size_is_a_number_with_or_without_a_unit(text: object, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "large", "-1", "10 M", "1 MiB!", None])
def test_what_is_no_size_is_refused_by_name(text: object) -> None:
    with pytest.raises(ValueError, match="is not a size: write a number and one of B, kB"):
        parse_size(text)


def test_amounts_are_shown_with_the_unit_that_leaves_a_whole_number() -> None:
    assert [duration_text(seconds) for seconds in (0, 90, 120, 21_600, 172_800, 604_800, 365 * 86_400)] == (
        ["0 s", "90 s", "2 m", "6 h", "2 d", "1 w", "1 y"]
    )
    assert [size_text(size) for size in (0, 1000, 1024, 10 * 2**20, 3 * 2**30)] == (
        ["0 B", "1000 B", "1 KiB", "10 MiB", "3 GiB"]
    )


def test_counts_have_their_plural_and_times_are_read_aloud() -> None:
    assert [counted(count, "record") for count in (0, 1, 2, 2000)] == [
        "0 records",
        "1 record",
        "2 records",
        "2,000 records",
    ]
    assert [counted(count, "entry", "entries") for count in (1, 2)] == ["1 entry", "2 entries"]
    assert [clock_text(seconds) for seconds in (0, 59.9, 65, 7625)] == ["0 s", "59 s", "1 min 05 s", "2 h 07 min"]
