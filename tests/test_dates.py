"""The forms in which dates are stated: a table of them with their values, and the places of dates in a text."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newscrawl import dates
from newscrawl.dates import dates_in, month_of, parse
from newscrawl.text import UNSTATED
from newscrawl.zones import offset_of

LINES = (Path(__file__).parent / "dates.txt").read_text("utf-8").splitlines()
FORMS = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if line and line[0] != "#"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form[1])
def test_a_stated_date_has_its_value(form: tuple[str, ...]) -> None:
    language, text, *value = form
    found = parse(text.removesuffix(" |"), language)
    if not value or not value[0]:
        assert found is None
        return
    expected = datetime.fromisoformat(value[0])
    assert found is not None
    assert (found.tzinfo is UNSTATED) == (expected.tzinfo is None), "an offset is neither invented nor lost"
    assert found.replace(tzinfo=None) == expected.replace(tzinfo=None)
    assert expected.tzinfo is None or found.utcoffset() == expected.utcoffset()


def test_the_table_is_long_and_in_many_languages() -> None:
    assert len(FORMS) >= 150 and len({form[0][:2] for form in FORMS}) >= 30


def test_numbers_that_can_be_read_in_two_ways_are_read_by_language_and_region() -> None:
    assert parse("04/03/2026") is None and parse("13/03/2026") is not None

    def month(language: str, region: str | None = None) -> int:
        found = parse("04/03/2026", language, region)
        assert found is not None
        return found.month

    assert [month("en"), month("en", "us"), month("en", "uk"), month("en-GB"), month("fr"), month("und")] == [
        4, 4, 3, 3, 3, 3
    ]  # fmt: skip


MONTHS = [line.split() for line in (Path(dates.__file__).parent / "months.txt").read_text("utf-8").splitlines()]
NAMES = [
    (None if line[0].isdigit() else line[0], next(int(part) for part in line[:2] if part.isdigit()), name)
    for line in MONTHS
    if line and line[0] != "#"
    for name in line[1 if line[0].isdigit() else 2 :]
    if not name.startswith(tuple("123456789一"))
]


@pytest.mark.parametrize(
    "form", ["7 {} 2022", "7.{} 2022", "7. {}, 2022", "7 de {} de 2022", "{} 7, 2022", "2022 {} 7"]
)
def test_every_name_of_a_month_is_read_in_every_order(form: str) -> None:
    wrong = []
    for language, month, name in NAMES:
        found = parse(form.format(name), language)
        if found is None or (found.month, found.day) != (month, 7):
            wrong.append((language, form.format(name), found))
    assert not wrong and len(NAMES) > 1000


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "Published 5 March 2024 15:12 | Updated 6 March 2024 09:30 GMT",
            ["5 March 2024 15:12", "6 March 2024 09:30 GMT"],
        ),
        ("By Ada Lind, 5 March 2024", ["5 March 2024"]),
        ("9:30 a.m. ET, March 5, 2024", ["9:30 a.m. ET, March 5, 2024"]),
        ("15:12, 05.03.2024 | Lokales", ["15:12, 05.03.2024"]),
        ("05.03.2024 15:12 Uhr", ["05.03.2024 15:12"]),
        ("5 mars 2024 à 15h12, mis à jour le 6 mars 2024 à 9h00", ["5 mars 2024 à 15h12", "6 mars 2024 à 9h00"]),
        ("The court ruled on March 5, 2024 that the 15:12 train was late", ["March 5, 2024"]),
        ("26 | 01 | 2022", ["26 | 01 | 2022"]),
        ("no date, 15:12", []),
        ("Updated 9.10pm GMT on 5 March 2024 | News", ["9.10pm GMT on 5 March 2024"]),
        ("9pm, 5 March 2024", ["9pm, 5 March 2024"]),
        ("Rated 4.50 | 5 March 2024", ["5 March 2024"]),
        ("Tue 5 Mar 2024 9.10 p.m. | Harbours", ["5 Mar 2024 9.10 p.m."]),
        ("14:10 15/03/2024 GMT+7", ["14:10 15/03/2024 GMT+7"]),
        ("14:10 15/03/2024 -12 comments", ["14:10 15/03/2024"]),
        ("Published 2024-03-05T21:10Z by Ada Lind", ["2024-03-05T21:10Z"]),
        ("Published 20240305T211022+0100", ["20240305T211022+0100"]),
        ("Order 20240305 of 2024", []),
        ("5 मार्च 2024 को रात 9:10 बजे", ["5 मार्च 2024 को रात 9:10 बजे"]),
    ],
)
def test_dates_are_found_in_a_text_with_their_times(text: str, dates: list[str]) -> None:
    assert list(dates_in(text, "en")) == dates


def test_months_of_one_name_are_told_apart_by_language() -> None:
    assert [month_of("listopada", language) for language in ("pl", "hr", "en", None)] == [11, 10, None, None]
    assert month_of("Mär.") == month_of("МАРТА") == month_of("march", "de") == 3
    assert month_of("Marchand") is None


def test_zones() -> None:
    summer, winter = datetime(2024, 7, 1), datetime(2024, 1, 1)
    hours = {"AKST": -9, "PST": -8, "MDT": -6, "MSK": 3, "WITA": 8, "NZDT": 13, "ACST": 9.5, "+14:00": 14}
    hours |= {"+5:30": 5.5, "-0500": -5, "-500": -5, "UTC+3": 3, "GMT": 0, "Z": 0, "CEST": 2, "IST": 5.5, "HKT": 8}
    for name, value in hours.items():
        assert offset_of(name, winter) == timedelta(hours=value), name
    assert offset_of("ET", summer) == timedelta(hours=-4) and offset_of("ET", winter) == timedelta(hours=-5)
    assert offset_of("Europe/Berlin", summer) == timedelta(hours=2)
    for name in ("Nowhere/Land", "est", "Met", "XYZ", "+99:00", "../etc/passwd", "+20:00"):
        assert offset_of(name, winter) is None, name
