"""Expectations: how they are read, and how a run is checked against them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newscrawl.crawl.job.expectations import check_expectations, read_expectations


def expected(folder: Path, text: str, sites: tuple[str, ...] = ("https://a.example", "https://b.example")) -> Any:
    path = folder / "expected.ini"
    path.write_text(text, "utf-8")
    return read_expectations(str(path), sites)


def test_expectations_are_read_and_checked(tmp_path: Path) -> None:
    text = "[default]\nmin_records = 1\nmax_failures = 10%  ; a share\n[https://b.example]\nmin_records=5\nmin_new_per_day=4\n[run]\nmax_seconds=60\nmax_failures=3"
    counts = {
        "https://a.example": {"Recorded": 9, "HttpStatus": 1},
        "https://b.example": {"Recorded": 3, "Changed": 2, "TimedOut": 3},
    }
    checked = check_expectations(expected(tmp_path, text), counts, 61.0)
    assert [(c.expectation.site[8:9], c.expectation.name, c.found, c.is_met) for c in checked] == [
        ("a", "min_records", 9, True),
        ("a", "max_failures", 0.1, True),
        ("b", "min_records", 5, True),
        ("b", "max_failures", 0.375, False),
        ("b", "min_new_per_day", 3, False),
        ("", "max_seconds", 61.0, False),
        ("", "max_failures", 4, False),
    ]
    assert str(checked[3]) == "https://b.example: max_failures should be 10.0 %, but was 37.5 %"
    with_memory = check_expectations(
        expected(tmp_path, text), counts, 1.0, lambda site: 4 if site == "https://b.example" else 0
    )
    assert with_memory[4].is_met and with_memory[5].is_met
    assert [c.found for c in check_expectations(expected(tmp_path, text), {}, 1.0)] == [0, 0, 0, 0, 0, 1.0, 0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[default]\nmin_record = 1", "did you mean 'min_records'"),
        ("[https://c.example]\nmin_records = 1", r"\[https://c.example\] is not a site of this run"),
        ("[default]\nmax_seconds = 1", r"belongs under \[run\]"),
        ("[default]\nmin_records = many", "'many' must be a number"),
        ("[default]\nmin_records = -1", "must be a number of 0 or more"),
        ("[default]\nmax_failures = 130%", "or a share"),
        ("[default]\nmin_records = nan", "must be a number"),
        ("min_records = 1", "expected.ini"),
        ("[default]\nmin_records = 1\nmin_records = 2", "already exists"),
    ],
)
def test_the_error_of_unusable_expectations_says_why(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        expected(tmp_path, text)


def test_a_missing_file_of_expectations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_expectations(str(tmp_path / "none.ini"), [])
