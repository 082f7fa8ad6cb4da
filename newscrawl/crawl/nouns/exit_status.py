"""The exit statuses of `scrapy crawl`.

The numbers are a contract with cron, systemd, Airflow and whatever else starts a crawl: none of them ever changes its
meaning. `newscrawl.crawl.job.verdict` decides which one a run ends with.
"""

from __future__ import annotations

import os
import sys
from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process tells whatever started it; `MEANINGS` says what each means."""

    OK = 0
    NOT_STARTED = 1
    BAD_ARGUMENTS = 2
    ALL_SITES_FAILED = 3
    SOME_SITES_FAILED = 4
    EXPECTATIONS_UNMET = 5
    INTERRUPTED = 6
    CANNOT_WRITE = 7
    MEMORY_UNUSABLE = 8
    ARTICLES_LOST = 9
    ALREADY_RUNNING = 75  # EX_TEMPFAIL of sysexits.h


#: Status of a program that prints to a reader that has gone (`| head -1`), as shells show the signal SIGPIPE.
READER_GONE = 141

#: What each status means, for a person.
MEANINGS: dict[ExitStatus, str] = {
    ExitStatus.OK: "all is well, with or without new records; if some articles were lost, the last line says how many",
    ExitStatus.NOT_STARTED: "Scrapy could not start all of the crawl: a broken component, an exception in `start`",
    ExitStatus.BAD_ARGUMENTS: "an argument, a site or a setting is unusable; nothing was requested",
    ExitStatus.ALL_SITES_FAILED: "none of the sites could be read",
    ExitStatus.SOME_SITES_FAILED: (
        "some of the sites could not be read, or a front page could not while other sources gave records"
    ),
    ExitStatus.EXPECTATIONS_UNMET: "the sites could be read, but an expectation is unmet",
    ExitStatus.INTERRUPTED: (
        "SIGTERM, Ctrl-C or an extension (too many errors, too much memory) stopped the crawl before its end"
    ),
    ExitStatus.CANNOT_WRITE: (
        "an output or the memory cannot be written: no permission, disk full, store failed, an exporter raised"
    ),
    ExitStatus.MEMORY_UNUSABLE: (
        "the memory is damaged, is not a memory, or was written by a newer version; nothing was requested"
    ),
    ExitStatus.ARTICLES_LOST: (
        "the sites could be read, but more than `NEWSCRAWL_MAX_LOST_SHARE` of a site's wanted articles were lost: they "
        "failed, were left for a later run, or a wall or pipeline stood in the way"
    ),
    ExitStatus.ALREADY_RUNNING: "another process uses the same memory; nothing was requested",
}

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
    ExitStatus.ARTICLES_LOST,
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


def is_reader_gone() -> bool:
    """Write what standard output still holds; if nobody reads it any more, leave it and everything after it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        leave_stdout()
        return True
    return False


def leave_stdout() -> None:
    """Print to nobody from now on: Python would report the closed pipe once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
