"""The versions of an article, shown in the terminal and in a browser."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone

import pytest
from rich.console import Console

from newscrawl.history import diff, history_lines, history_page
from tests.support.chromium import launched, needs_chromium

URL = "https://courier.example/bridge?a=1&b=2"
BEGIN = datetime(2026, 5, 3, 8, tzinfo=timezone.utc)
OLD = {
    "headline": "Bridge <b>opens</b>",
    "articleBody": "The council has opened the old bridge.\n\nNobody need worry, engineers said.",
}
NEW = {
    "headline": "Bridge opens at last",
    "articleBody": (
        "The council has opened the new bridge.\n\nNobody need worry, engineers said.\n\nBuses \x1b[2Jwill follow."
    ),
    "correction": "Correction: the bridge is new.",
    "revision": {"number": 2, "kind": "correction", "changedFields": ["headline", "articleBody"]},
}
VERSIONS = [(BEGIN, OLD), (BEGIN + timedelta(hours=1), NEW)]


def test_both_texts_can_be_read_from_a_diff():
    pieces = list(diff(OLD["articleBody"], NEW["articleBody"]))
    assert "".join(text for state, text in pieces if state != "new").split() == OLD["articleBody"].split()
    assert "".join(text for state, text in pieces if state != "gone") == NEW["articleBody"]
    assert ("gone", "old ") in pieces and ("new", "new ") in pieces


def test_the_terminal_gets_no_escape_characters_of_the_page():
    out = io.StringIO()
    console = Console(file=out, soft_wrap=True, highlight=False)
    for line in history_lines(VERSIONS):
        console.print(line)
    text = out.getvalue()
    assert "Version 2, 2026-05-03 09:00 UTC: correction (headline, text)" in text
    assert "[-old -]{+new +}bridge" in text and "\x1b" not in text and "Correction: the bridge is new." in text
    coloured = Console(file=io.StringIO(), force_terminal=True, soft_wrap=True)
    for line in history_lines(VERSIONS):
        coloured.print(line)
    assert "\x1b[9;31m" in coloured.file.getvalue() and "\x1b[2J" not in coloured.file.getvalue()


def test_a_removal_says_nothing_of_the_text_and_the_next_version_is_compared_with_the_last_one_that_had_any():
    removed = {"headline": OLD["headline"], "articleBody": "", "revision": {"number": 2, "kind": "removed"}}
    back = {**OLD, "revision": {"number": 3, "kind": "reinstated"}}
    versions = [(BEGIN, OLD), (BEGIN, removed), (BEGIN, back)]
    page = history_page(URL, versions)
    assert "Version 2" in page and "<del>" not in page and "<ins>" not in page
    text = "\n".join(line.plain for line in history_lines(versions))
    assert text.count("Nobody need worry") == 1 and "[-" not in text


def test_dates_of_both_schema_versions_are_shown_alike():
    first = {**OLD, "datePublished": "2026-05-03T10:00:00+02:00"}
    dates = {"datePublished": "2026-05-03T08:00:00Z", "datePublishedOffset": "+02:00"}
    second = {**NEW, **dates, "datePublishedPrecision": "second"}
    assert "Published" not in history_page(URL, [(BEGIN, first), (BEGIN, second)])


@needs_chromium
def test_the_page_needs_no_other_file_and_shows_what_changed(tmp_path):
    file = tmp_path / "history.html"
    file.write_text(history_page(URL, VERSIONS), "utf-8")
    with launched() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
        page.goto(file.as_uri())
        assert page.locator("h1").inner_text() == f"2 versions of {URL}"
        assert page.locator("section").count() == 2
        assert list(page.locator("section:nth-of-type(2) del").all_inner_texts())[-1].strip() == "old"
        added = page.locator("section:nth-of-type(2) ins").all_inner_texts()
        assert "new" in [text.strip() for text in added]
        unchanged = page.locator("section:nth-of-type(2) details")
        assert unchanged.locator("summary").inner_text() == "1 paragraph unchanged"
        assert not unchanged.get_by_text("Nobody need worry").is_visible(), "what did not change is folded"
        unchanged.locator("summary").click()
        assert unchanged.get_by_text("Nobody need worry").is_visible()
        assert page.locator("section:nth-of-type(1)").inner_text().count("Bridge <b>opens</b>") == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert not faults


@pytest.mark.parametrize("versions", [[], VERSIONS[:1]])
def test_a_history_may_be_empty_or_have_one_version(versions):
    assert f"{len(versions)} version{'' if len(versions) == 1 else 's'} of" in history_page(URL, versions)
    assert len([line for line in history_lines(versions) if line.plain.startswith("Version 1")]) == len(versions)
