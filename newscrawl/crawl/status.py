"""How a run ended, as one number for whoever started it. Pure: looks at no page and counts nothing.

The numbers are stable. Where several hold, the one that says that something is amiss with the run comes before those that speak of sites.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process tells whoever started it."""

    #: The crawl ran, and every site could be read, with or without something new.
    OK = 0
    #: Scrapy could not start the crawl (a broken setting or component, an exception in the spider's `start`).
    NOT_STARTED = 1
    #: Arguments, sites or settings are unusable; nothing was requested.
    BAD_ARGUMENTS = 2
    #: Not one of the sites could be read.
    ALL_SITES_FAILED = 3
    #: Some of the sites could not be read, others could.
    SOME_SITES_FAILED = 4
    #: All sites could be read, and an expectation is not met.
    EXPECTATIONS_UNMET = 5
    #: Told to stop before its end (SIGTERM, Ctrl-C, too much memory).
    INTERRUPTED = 6
    #: An output or the memory could not be written: disk full, store failed, an exporter raised.
    CANNOT_WRITE = 7
    #: The memory is damaged, no memory, or of a newer version.
    MEMORY_UNUSABLE = 8
    #: Another process works with the same memory (EX_TEMPFAIL of sysexits.h).
    ALREADY_RUNNING = 75


@dataclass(frozen=True)
class End:
    """What is known of a run when it is over. finish_reason: Scrapy's; "" when the spider was not closed. faults: said by components."""

    finish_reason: str
    sites: Sequence[str] = ()
    failed_sites: Sequence[str] = ()
    faults: Sequence[tuple[ExitStatus, str]] = ()
    unmet: Sequence[str] = ()
    is_new: bool = True
    status_nothing_new: int = 0
    details: dict[str, str] = field(default_factory=dict)


def ended_by_plan(finish_reason: str) -> bool:
    """Did the run come to an end that it was given: nothing left to do, or one of Scrapy's CLOSESPIDER bounds but that of errors?"""
    return finish_reason == "finished" or (finish_reason.startswith("closespider_") and finish_reason != "closespider_errorcount")


def decide(end: End) -> tuple[int, str]:
    """The exit status, and why in a line for a person."""
    if end.faults:
        status, why = end.faults[0]
        more = f" (and {len(end.faults) - 1} more)" if len(end.faults) > 1 else ""
        return int(status), why + more
    if end.finish_reason == "start_error":
        return int(ExitStatus.NOT_STARTED), "the spider's start raised"
    if not ended_by_plan(end.finish_reason):
        return int(ExitStatus.INTERRUPTED), f"the crawl ended before it was through: {end.finish_reason or 'killed'}"
    if end.failed_sites:
        names = ", ".join(_named(end, site) for site in end.failed_sites[:5]) + (" ..." if len(end.failed_sites) > 5 else "")
        if len(end.failed_sites) == len(end.sites):
            return int(ExitStatus.ALL_SITES_FAILED), f"no site could be read: {names}"
        return int(ExitStatus.SOME_SITES_FAILED), f"{len(end.failed_sites)} of {len(end.sites)} sites could not be read: {names}"
    if end.unmet:
        return int(ExitStatus.EXPECTATIONS_UNMET), "; ".join(end.unmet[:5])
    if not end.is_new:
        return end.status_nothing_new, "nothing new"
    return int(ExitStatus.OK), "all sites were read"


def _named(end: End, site: str) -> str:
    detail = end.details.get(site)
    return f"{site} ({detail})" if detail else site
