"""Exit statuses of `scrapy crawl`, drawn from the ledger. Decides nothing about single pages."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process tells whoever started it."""

    OK = 0
    #: Scrapy could not start the crawl (a broken setting or component).
    NOT_STARTED = 1
    #: Arguments or sites are unusable; nothing was requested.
    BAD_ARGUMENTS = 2
    #: Not one of the sites could be reached.
    ALL_SITES_FAILED = 3
    #: An output or the memory could not be written: disk full, store failed, an exporter raised.
    CANNOT_WRITE = 7
    #: The memory is damaged, no memory, or of a newer version.
    MEMORY_UNUSABLE = 8
    #: Another process works with the same memory (EX_TEMPFAIL of sysexits.h).
    ALREADY_RUNNING = 75
