"""The exit statuses of `scrapy crawl`.

The numbers are a contract with cron, systemd, Airflow and whatever else starts a crawl: none of them ever changes its
meaning. `newscrawl.crawl.job.verdict` decides which one a run ends with.
"""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process tells whoever started it."""

    #: All is well, with or without new records.
    OK = 0
    #: Scrapy could not start the crawl, or not all of it: a broken setting or component, an exception in `start`.
    NOT_STARTED = 1
    #: Arguments, sites or settings are unusable; nothing was requested.
    BAD_ARGUMENTS = 2
    #: None of the sites could be read.
    ALL_SITES_FAILED = 3
    #: Some of the sites could not be read, or a front page could not while other sources gave records.
    SOME_SITES_FAILED = 4
    #: The sites could be read, but an expectation of `NEWSCRAWL_EXPECTATIONS` is unmet.
    EXPECTATIONS_UNMET = 5
    #: SIGTERM, Ctrl-C or an extension stopped the crawl before its end.
    INTERRUPTED = 6
    #: An output or the memory could not be written: disk full, store failed, an exporter raised.
    CANNOT_WRITE = 7
    #: The memory is damaged, is not a memory, or was written by a newer version.
    MEMORY_UNUSABLE = 8
    #: Another process uses the same memory (EX_TEMPFAIL of sysexits.h).
    ALREADY_RUNNING = 75


#: Where several apply, the first of these is reported: what may have cost records comes before what only delays them.
PRECEDENCE = (
    ExitStatus.ALREADY_RUNNING,
    ExitStatus.MEMORY_UNUSABLE,
    ExitStatus.BAD_ARGUMENTS,
    ExitStatus.NOT_STARTED,
    ExitStatus.CANNOT_WRITE,
    ExitStatus.INTERRUPTED,
    ExitStatus.ALL_SITES_FAILED,
    ExitStatus.SOME_SITES_FAILED,
    ExitStatus.EXPECTATIONS_UNMET,
)

#: Close reasons of a crawl that ended as intended: it finished, or reached one of Scrapy's own bounds that somebody has
#: set.
_INTENDED_ENDS = frozenset(
    {
        "finished",
        "closespider_timeout",
        "closespider_itemcount",
        "closespider_pagecount",
        "closespider_timeout_no_item",
        "closespider_pagecount_no_item",
    }
)


def end_fault(close_reason: str | None) -> tuple[ExitStatus, str] | None:
    """What Scrapy's reason for closing the spider says of the run; None for an intended end.

    close_reason: None when the spider was never closed.
    """
    if close_reason in _INTENDED_ENDS:
        return None
    if close_reason is None:
        return ExitStatus.INTERRUPTED, "stopped at once, before the crawl had come to its end"
    if close_reason == "start_error":
        return ExitStatus.NOT_STARTED, "the spider's start() raised"
    if close_reason == "shutdown":
        return ExitStatus.INTERRUPTED, "stopped by a signal"
    return ExitStatus.INTERRUPTED, f"stopped before its end: {close_reason}"
