"""The live table: phases, rates and what remains, and its look with and without colour."""

from __future__ import annotations

import io
from datetime import datetime, timezone

from rich.console import Console

from newscrawl.article import Link
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger, LedgerEntry
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.crawl.report.live import SiteState, live_table, state_line, total
from newscrawl.crawl.report.states import SiteStates

NAME = "https://a.example"
NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)


class Run:
    """A crawl of one site with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now, self.ledger, self.backed_off = 100.0, Ledger(), False
        self.site = Site(NAME, f"{NAME}/")
        self.states = SiteStates(self.ledger, lambda url: self.backed_off, lambda: self.now)

    def begin(self, path: str, kind: VisitKind) -> None:
        self.site.in_progress[path] = Visit(NAME, Link(f"{NAME}{path}"), kind, NOW)

    def end(self, path: str, reason: str) -> None:
        source = "seed" if path == "/" else "front page"
        self.ledger.settle(LedgerEntry(f"{NAME}{path}", NAME, reason=reason, source=source))
        self.site.in_progress.pop(path)

    def state(self) -> SiteState:
        [state] = self.states.of([NAME], {NAME: self.site})
        return state


def test_a_site_goes_through_its_phases() -> None:
    run = Run()
    run.begin("/", VisitKind.FRONT_PAGE)
    assert run.state().phase == "front page"
    run.end("/", "Listing")
    run.begin("/feed", VisitKind.FEED)
    assert run.state().phase == "listings" and run.state().remaining == 1
    run.begin("/1", VisitKind.ARTICLE)
    assert run.state().phase == "articles" and run.state().remaining == 2
    run.backed_off = True
    assert run.state().phase == "waiting"
    run.backed_off = False
    run.end("/feed", "Listing")
    run.end("/1", "Recorded")
    run.now += 50
    state = run.state()
    assert (state.phase, state.records, state.pages, state.remaining, state.seconds) == ("done", 1, 3, 0, 50)
    run.now += 500
    assert run.state().seconds == 50, "the clock of a site stops where it is done"


def test_the_rate_is_that_of_the_last_seconds() -> None:
    run = Run()
    run.begin("/", VisitKind.FRONT_PAGE)
    assert run.state().rate == 0
    run.end("/", "Listing")
    for number in range(60):
        run.begin(f"/{number}", VisitKind.ARTICLE)
        run.end(f"/{number}", "Recorded")
        run.begin("/last", VisitKind.ARTICLE)
        run.now += 1
        state = run.state()
    assert round(state.rate) == 60, "pages a minute"
    run.now += 31
    assert run.state().rate == 0


def test_a_spider_without_sites_is_told_by_its_ledger() -> None:
    ledger = Ledger()
    ledger.discover(NAME, Link(f"{NAME}/1"))
    ledger.settle(LedgerEntry(f"{NAME}/", NAME, reason="Listing", source="seed"))
    [state] = SiteStates(ledger, lambda url: False).of([NAME], {})
    assert (state.phase, state.remaining, state.pages) == ("articles", 1, 1)


def test_lines_and_the_state_of_all() -> None:
    one = SiteState("a\x1b[2J", "articles", 1, 1, 0, 59.6, 7, 65)
    assert state_line(one) == "a?[2J: articles; 1 record, 1 page (60 a minute), 7 remaining; 1 min 05 s"
    both = total([one, SiteState("b", "done", 2, 3, 1, 9.0, 0, 5)], 70)
    told = "all 2 sites: articles; 3 records, 4 pages (60 a minute), 7 remaining, 1 failed; 1 min 10 s"
    assert state_line(both) == told


def test_the_table_has_colour_only_where_it_is_wanted() -> None:
    states = [SiteState("https://a-very-long-name.example/" + "x" * 80, "articles", 1200, 40, 2, 12.0, 7, 65)]
    for environment, is_coloured in (({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False)):
        file = io.StringIO()
        console = Console(file=file, force_terminal=True, width=80, _environ=environment)
        console.print(live_table(states))
        text = file.getvalue()
        assert ("\x1b[32m" in text) is is_coloured
        assert "1200" in text and "1:05" in text and "a-very-long" in text and "…" in text
        assert len(text.splitlines()) == 2, "one line a site, however narrow the terminal is"
