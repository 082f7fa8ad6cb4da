"""What became of the outputs: how many items each got, whether it was stored, and what could not be written.

Scrapy logs an exporter that raises, a feed that cannot be opened and one that cannot be stored, and goes on as if
nothing had happened. Here each of them is a fault of the run. Writes nothing itself, and works with any exporter
derived from Scrapy's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.feedexport import FeedExporter

from newscrawl.urls import without_credentials

#: Scrapy's loggers that report an exception in the handler of a signal.
_SIGNAL_LOGGERS = ("scrapy.utils.signal", "scrapy.utils.defer")


@dataclass
class Output:
    """One file or object of a feed.

    uri: without credentials. stored: None when nobody knows, as after a killed run. left_out: records that it did not
    get because they are reserved for its purpose.
    """

    uri: str
    format: str
    items: int
    stored: bool | None
    left_out: int = 0


def _shown(uri: str) -> str:
    """A feed's URI without user, password and query: a signed URL is a secret."""
    cleaned = without_credentials(uri)
    return cleaned.partition("?")[0] if "://" in cleaned else cleaned


class _FeedErrors(logging.Handler):
    """Hears of exceptions in the handlers of a feed exporter."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        receiver = record.args.get("receiver") if isinstance(record.args, dict) else None
        if isinstance(getattr(receiver, "__self__", None), FeedExporter):
            error = record.exc_info[1] if record.exc_info else None
            self._report(without_credentials(f"an output raised {type(error).__name__}: {error}"))


class Outputs:
    """Watches the feeds of one crawl. report: called with a line for each thing that could not be written."""

    def __init__(self, crawler: Crawler, report: Callable[[str], None]) -> None:
        self._crawler, self._report = crawler, report
        self._closed: list[Output] = []
        self._slots: list[Any] = []
        self._failed_before = 0
        self._handler = _FeedErrors(report)
        for name in _SIGNAL_LOGGERS:
            logging.getLogger(name).addHandler(self._handler)
        crawler.signals.connect(self._slot_closed, signal=signals.feed_slot_closed)

    def _slot_closed(self, slot: Any) -> None:
        """Scrapy counts a failure and at once sends this signal, so a new failure is this slot's."""
        stats = self._crawler.stats.get_stats()
        failed = sum(value for key, value in stats.items() if key.startswith("feedexport/failed_count/"))
        stored = failed == self._failed_before
        self._failed_before = failed
        self._slots.append(slot)
        self._closed.append(_output(slot, stored))
        if not stored:
            self._report(f"{_shown(slot.uri)} could not be stored")

    def end(self, is_closed: bool) -> list[Output]:
        """All outputs. is_closed: the spider was closed in order, so what is not stored by now has failed."""
        for name in _SIGNAL_LOGGERS:
            logging.getLogger(name).removeHandler(self._handler)
        exporter = self._crawler.get_extension(FeedExporter)
        if exporter is None:
            return self._closed
        outputs = list(self._closed)
        for slot in exporter.slots:
            if all(slot is not closed for closed in self._slots):
                # Scrapy stores an empty file for the first batch only
                is_empty = not slot.itemcount and not (slot.store_empty and slot.batch_id == 1)
                outputs.append(_output(slot, None if is_empty or not is_closed else False))
                if is_closed and not is_empty and not getattr(slot, "is_broken", False):  # why it is was told
                    self._report(f"{_shown(slot.uri)} could not be written to its end")
        known = {slot.uri_template for slot in (*self._slots, *exporter.slots)}
        for template, options in exporter.feeds.items():
            if template not in known:
                outputs.append(Output(_shown(template), options["format"], 0, False if is_closed else None))
                if is_closed:
                    self._report(f"{_shown(template)} could not be opened")
        return outputs


def _output(slot: Any, stored: bool | None) -> Output:
    return Output(_shown(slot.uri), slot.format, slot.itemcount, stored, getattr(slot, "left_out", 0))
