"""The summary at the end of a crawl. Sentences and the live table are tested in tests/crawl/report."""

from __future__ import annotations

from newscrawl.crawl.job.progress import MAX_SITES, busiest, summary_lines
from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry


def filled(*reasons: str, site: str = "a.example") -> Ledger:
    ledger = Ledger()
    for number, reason in enumerate(reasons):
        ledger.settle(LedgerEntry(f"https://{site}/{number}", site, reason=reason, source="feed"))
    return ledger


def test_the_summary_is_that_of_the_ledger() -> None:
    ledger = filled("Listing", "Recorded", "Recorded", "SectionPage", "RobotsForbidden", "TimedOut", "Changed")
    lines = summary_lines(ledger, ["a.example"])
    assert lines[0] == "a.example: 2 new, 1 changed, 1 failed: 1 timed out; 1 refused: 1 list of links"
    assert lines[2].split() == "site new changed unchanged refused failed skipped listings".split()
    assert lines[3].split() == ["a.example", "2", "1", "0", "1", "1", "1", "1"]
    assert "3 records, discovered first by: feed (3)" in lines
    assert any("2  Recorded" in line for line in lines)


def test_the_sentence_of_all_sites_is_told_of_several() -> None:
    ledger = filled("Recorded")
    assert not any(line.startswith("all ") for line in summary_lines(ledger, ["a.example"]))
    ledger.settle(LedgerEntry("https://b.example/", "b.example", reason="HttpStatus", status=404))
    lines = summary_lines(ledger, ["a.example", "b.example"])
    assert lines[1:3] == [
        "b.example: nothing new, 1 failed: 1 not found",
        "all 2 sites: 1 new, 1 failed: 1 not found",
    ]


def test_escape_characters_of_a_site_name_are_not_shown() -> None:
    assert "\x1b" not in "".join(summary_lines(Ledger(), ["a.example\x1b[2J"]))


def test_only_the_busiest_of_many_sites_are_told_one_by_one() -> None:
    ledger = filled("Recorded", site="site-99")
    names = [f"site-{number}" for number in range(100)]
    assert busiest(ledger, names)[0] == "site-99" and len(busiest(ledger, names)) == MAX_SITES
    lines = summary_lines(ledger, names)
    assert lines[0] == "site-99: 1 new" and lines[MAX_SITES] == "... and 80 more sites"
    assert lines[MAX_SITES + 1] == "all 100 sites: 1 new"
