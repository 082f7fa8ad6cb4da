"""Lines of progress and of the summary."""

from newscrawl.article import Link
from newscrawl.crawl.job.progress import site_lines, summary_lines
from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry


def test_progress_and_summary_are_those_of_the_ledger() -> None:
    ledger = Ledger()
    for number, reason in enumerate(("Listing", "Recorded", "Recorded", "SectionPage", "RobotsForbidden", "TimedOut")):
        ledger.settle(LedgerEntry(f"https://a.example/{number}", "a.example", reason=reason))
    assert site_lines(ledger, ["a.example"]) == ["a.example: 6 discovered, 4 fetched, 2 records, 1 refused"]
    lines = summary_lines(ledger, ["a.example"])
    assert lines[0].split("  ")[0] == "site"
    assert lines[1].split() == ["a.example", "6", "4", "2", "1", "1", "1"]
    assert any("2  Recorded" in line for line in lines)


def test_escape_characters_of_a_site_name_are_not_shown() -> None:
    assert "\x1b" not in "".join(site_lines(Ledger(), ["a.example\x1b[2J"]))


def test_only_the_busiest_of_many_sites_are_shown() -> None:
    ledger = Ledger()
    ledger.discover("site-99", Link("https://site-99.example/"))
    lines = site_lines(ledger, [f"site-{number}" for number in range(100)])
    assert lines[0].startswith("site-99:") and len(lines) == 21 and "100 sites" in lines[-1]
