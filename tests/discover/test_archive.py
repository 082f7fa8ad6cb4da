"""The period that the URL of an archive covers."""

from __future__ import annotations

import pytest

from newscrawl.discover.archive import archive_period


@pytest.mark.parametrize(
    ("path", "first", "days"),
    [
        ("/archive/2026/11/", "2026-11-01", 30),
        ("/2026/02", "2026-02-01", 28),
        ("/news/2026/11/23/", "2026-11-23", 1),
        ("/archiv/2025.html", "2025-01-01", 365),
        ("/archive?year=2026&month=2", "2026-02-01", 28),
        ("/sitemap/2026-11-23", "2026-11-23", 1),
        ("/archive/20261123", "2026-11-23", 1),
        ("/2026/11/23/council-votes-for-bridge", None, 0),
        ("/budget-2026", None, 0),
        ("/2026/13/", None, 0),
        ("/a/b/c/d/2026/", None, 0),
        ("/news/4711", None, 0),
    ],
)
def test_an_archive_url_covers_a_period(path: str, first: str | None, days: int) -> None:
    period = archive_period("https://a.example" + path)
    if first is None:
        assert period is None
    else:
        assert period is not None
        assert (period[0].date().isoformat(), (period[1] - period[0]).days) == (first, days)
