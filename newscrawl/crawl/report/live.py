"""The state of a crawl while it runs: a table for a terminal, and the same in lines for a log. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.units import clock_text, counted

if TYPE_CHECKING:
    from rich.table import Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
FRONT_PAGE, LISTINGS, ARTICLES, WAITING, DONE = "front page", "listings", "articles", "waiting", "done"
_STYLES = {FRONT_PAGE: "cyan", LISTINGS: "cyan", ARTICLES: "green", WAITING: "yellow", DONE: "dim"}
#: Columns after site and phase: name, and the attribute of `SiteState` that it shows.
_COLUMNS = {"records": "records", "pages": "pages", "per min": "rate", "left": "remaining", "failed": "failed"}


@dataclass(frozen=True, slots=True)
class SiteState:
    """How far a site is.

    phase: of this file's. records, pages, failed: URLs with a record, that were fetched, that could not be. rate: pages
    a minute, lately. remaining: URLs that are known and wait, or are being fetched. seconds: since its start; until
    its end where it is done.
    """

    name: str
    phase: str
    records: int = 0
    pages: int = 0
    failed: int = 0
    rate: float = 0.0
    remaining: int = 0
    seconds: float = 0.0


def printable(text: str) -> str:
    """A text from outside, without characters that could move a terminal's cursor."""
    return _CONTROL.sub("?", text)


def total(states: Sequence[SiteState], seconds: float) -> SiteState:
    """All sites as one."""
    is_done = all(state.phase == DONE for state in states)
    phases = [phase for phase in (ARTICLES, LISTINGS, FRONT_PAGE, WAITING) if phase in {one.phase for one in states}]
    return SiteState(
        f"all {counted(len(states), 'site')}",
        DONE if is_done or not phases else phases[0],
        sum(state.records for state in states),
        sum(state.pages for state in states),
        sum(state.failed for state in states),
        sum(state.rate for state in states if state.phase != DONE),
        sum(state.remaining for state in states),
        seconds,
    )


def state_line(state: SiteState) -> str:
    """One line of a log."""
    parts = [
        counted(state.records, "record"),
        f"{counted(state.pages, 'page')} ({state.rate:.0f} a minute)",
        f"{state.remaining} remaining",
        *([f"{state.failed} failed"] if state.failed else []),
    ]
    return f"{printable(state.name)}: {state.phase}; {', '.join(parts)}; {clock_text(state.seconds)}"


def live_table(states: Sequence[SiteState]) -> Table:
    """The table of a terminal: a row for each state."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("site")  # the only column that gives way on a narrow terminal
    table.add_column("phase", no_wrap=True, min_width=10)
    for name in _COLUMNS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("elapsed", justify="right", no_wrap=True)
    for state in states:
        cells = []
        for attribute in _COLUMNS.values():
            value = getattr(state, attribute)
            style = "red" if attribute == "failed" and value else "bold" if attribute == "records" else ""
            cells.append(Text(f"{value:.0f}", style))
        phase = Text(state.phase, _STYLES[state.phase])
        site = Text(printable(state.name.removeprefix("https://")), no_wrap=True, overflow="ellipsis")
        minutes, seconds = divmod(int(state.seconds), 60)
        table.add_row(site, phase, *cells, f"{minutes}:{seconds:02}")
    return table
