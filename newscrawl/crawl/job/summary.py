"""The ledger as lines for a person: one line a site while the crawl runs, and the table at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.outcomes import REASONS, Outcome

#: Sites that are shown one by one; of more, the busiest.
MAX_SITES = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FETCHED = (Outcome.RECORDED, Outcome.LISTING, Outcome.UNCHANGED, Outcome.REFUSED)
#: Columns of the table after the site, discovered and fetched.
_COLUMNS = {
    "records": Outcome.RECORDED,
    "refused": Outcome.REFUSED,
    "skipped": Outcome.SKIPPED,
    "failed": Outcome.FAILED,
}


def printable(text: str) -> str:
    """A text from outside, without characters that could move a terminal's cursor."""
    return _CONTROL.sub("?", text)


def _fetched(ledger: Ledger, site: str) -> int:
    return sum(ledger.count(site, outcome=outcome) for outcome in _FETCHED)


def _busiest(ledger: Ledger, sites: Iterable[str]) -> list[str]:
    names = list(sites)
    return names if len(names) <= MAX_SITES else sorted(names, key=ledger.discovered, reverse=True)[:MAX_SITES]


def site_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """One line a site while the crawl runs: discovered, fetched, records, refused."""
    lines = []
    for site in _busiest(ledger, sites):
        records, refused = ledger.count(site, "Recorded"), ledger.count(site, outcome=Outcome.REFUSED)
        found = f"{ledger.discovered(site)} discovered, {_fetched(ledger, site)} fetched"
        lines.append(f"{printable(site)}: {found}, {records} records, {refused} refused")
    if len(sites) > MAX_SITES:
        records = ledger.count(reason="Recorded")
        lines.append(f"all {len(sites)} sites: {ledger.discovered()} discovered, {records} records")
    return lines


def summary_lines(ledger: Ledger, sites: list[str]) -> list[str]:
    """The table at the end: the funnel of each site, then every reason with its count and meaning."""
    rows: list[tuple[str, ...]] = [("site", "discovered", "fetched", *_COLUMNS)]
    for site in _busiest(ledger, sites):
        outcomes = (ledger.count(site, outcome=outcome) for outcome in _COLUMNS.values())
        counts = [ledger.discovered(site), _fetched(ledger, site), *outcomes]
        rows.append((printable(site), *map(str, counts)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    if len(sites) > MAX_SITES:
        lines.append(f"... and {len(sites) - MAX_SITES} more sites")
    if by_source := ledger.records_by_source():
        counted = ", ".join(f"{source} {count}" for source, count in by_source.items())
        lines += ["", f"records by the source that discovered them first: {counted}"]
    reasons = ledger.reasons()
    width = max((len(name) for name in reasons), default=0)
    lines += ["", *(f"{count:>7}  {name.ljust(width)}  {REASONS[name].meaning}" for name, count in reasons.items())]
    return lines
