"""What earlier runs left of their outputs is finished before a run opens its own.

A file is cut back to its confirmed length. Records that are still owed to an output are written to that very place;
where this run begins the place anew, they go into this run's output.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage, StdoutFeedStorage, apply_uri_params
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.defer import ensure_awaitable

from newscrawl.crawl.export.destinations import COMPRESSIONS
from newscrawl.crawl.export.guarded_slot import GuardedFeedSlot
from newscrawl.crawl.export.purpose_filters import PurposeFilter, reserved_of
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.state.outbox import Outbox
from newscrawl.memory import FeedState
from newscrawl.record import Record
from newscrawl.units import counted
from newscrawl.urls import without_credentials

logger = logging.getLogger(__name__)

_TIMED = re.compile(r"%\((?:batch_)?time\)")
_BATCHED = re.compile(r"%\(batch_id\)")
#: Records that are written before other work gets a turn.
_TURN = 50


class RecoveringFeedExporter(FeedExporter):
    """Scrapy's feed exporter with the recovery. outbox: None without a memory."""

    outbox: Outbox | None = None

    async def recover(self, spider: Spider) -> dict[str, list[int]]:
        """Finish the outputs of earlier runs. Returns the numbers of those whose records go into this run's outputs.

        The numbers are by the template of the output's URI.
        """
        assert self.outbox is not None
        carried: dict[str, list[int]] = {}
        for state in self.outbox.left_open():
            self._report_shortened(state)
            if self._is_begun_anew(state, spider):
                _cut_back(replace(state, start=0, at_end=True))
                carried.setdefault(state.template, []).append(state.number)
            elif state.state != "stored":
                _cut_back(state)
                await self._redeliver(state, spider)
            else:
                self.outbox.pay(state)
        await self.outbox.flush()
        return carried

    def _report_shortened(self, state: FeedState) -> None:
        """Report a file of lines that is shorter than its confirmed length: its disk lost data, or somebody cut it."""
        if not state.local or state.at_end or state.state != "open" or not state.confirmed:
            return
        size = os.path.getsize(state.local) if os.path.isfile(state.local) else 0
        if size < state.confirmed:
            lost = (
                f"{state.local} has {size} bytes, but {state.confirmed} were on disk: the records at its end are lost"
            )
            logger.error("%s", lost)
            self.fault(lost)

    def _is_begun_anew(self, state: FeedState, spider: Spider) -> bool:
        """Does this run write to the same place, from its beginning?

        It does where it overwrites, and where nothing of the earlier output stays: a list that a killed run began.
        """
        options = self.feeds.get(state.template)
        if options is None or not (state.overwrite or state.at_end):
            return False
        stays = not state.local or state.start > 0
        if stays and not is_overwritten(self._get_storage(state.uri, options), options):
            return False
        if _BATCHED.search(state.template):
            return not _TIMED.search(state.template)
        return apply_uri_params(state.template, self._get_uri_params(spider, options["uri_params"])) == state.uri

    async def _redeliver(self, state: FeedState, spider: Spider) -> None:
        """Write what is owed to an output to its own place."""
        assert self.outbox is not None
        records = self.outbox.owed(state.number)
        first = next(records, None)
        if first is None:
            self.outbox.pay(state)
            return
        place = without_credentials(state.uri)
        slot = self._recovery_slot(state, spider)
        try:
            slot.start_exporting()
            await self._export(slot, [first])
            await self._export(slot, records)
            slot.finish_exporting()
            await ensure_awaitable(slot.storage.store(self._get_file(slot)))
        except Exception as error:
            logger.error("%s: the records that an earlier run owes to it could not be written: %r", place, error)
            self.fault(f"{place}: {error}")
            return
        logger.info("%s: %s of an earlier run written", place, counted(slot.itemcount, "record"))
        self.outbox.pay(state)
        await self.outbox.flush()

    def _recovery_slot(self, state: FeedState, spider: Spider) -> FeedSlot:
        """A slot that writes to the place of an earlier output. That place gets nothing of what this run records."""
        options = {**self._options_of(state), "overwrite": state.overwrite and not state.local}
        return FeedSlot(
            storage=self._get_storage(state.uri, options),
            uri=state.uri,
            format=state.format,
            store_empty=False,
            batch_id=1,
            uri_template=state.template,
            filter=self.filters.get(state.template) or self._load_filter(options),
            feed_options=options,
            spider=spider,
            exporters=self.exporters,
            settings=self.settings,
            crawler=self.crawler,
        )

    def _options_of(self, state: FeedState) -> dict[str, Any]:
        """The options of an earlier output.

        Where this run has no output of that name: those of one with the same format and ending, which a job that names
        another file for each run has; else the defaults, compressed as its name says.
        """
        if (own := self.feeds.get(state.template)) is not None:
            return dict(own)
        ending = PurePosixPath(state.template).suffix
        for template, options in self.feeds.items():
            if options["format"] == state.format and PurePosixPath(template).suffix == ending:
                return dict(options)
        plugin = COMPRESSIONS.get(ending)
        given = {"format": state.format, **({"postprocessing": [plugin]} if plugin else {})}
        return dict(feed_complete_default_values_from_settings(given, self.settings, state.uri))

    async def _export(self, slot: FeedSlot, records: Iterable[tuple[int, dict[str, Any]]]) -> list[int]:
        """Write records as far as the slot wants them; returns their numbers in the outbox."""
        written = []
        for count, (number, record) in enumerate(records):
            if is_wanted(slot, record):
                slot.start_exporting()
                assert slot.exporter is not None
                slot.exporter.export_item(Record(record))
                slot.itemcount += 1
                written.append(number)
            if count % _TURN == 0:
                await asyncio.sleep(0)
        return written

    async def carry(self, slot: FeedSlot, numbers: list[int]) -> None:
        """Write what is owed to earlier outputs into a slot of this run, which overwrites them."""
        assert self.outbox is not None and isinstance(slot, GuardedFeedSlot) and slot.state is not None
        for number in numbers:
            written = await self._export(slot, self.outbox.owed(number))
            self.outbox.carry(number, slot.state, written)
        await self.outbox.flush()

    def fault(self, why: str) -> None:
        """An output could not be written: the process reports it when it ends."""
        ledger_of(self.crawler).fault(ExitStatus.CANNOT_WRITE, why)


def is_wanted(slot: FeedSlot, record: dict[str, Any]) -> bool:
    """Does a record of an earlier run belong in this output, given the output's purpose in this run?"""
    return not isinstance(slot.filter, PurposeFilter) or slot.filter.purpose not in reserved_of(record)


def is_overwritten(storage: Any, options: dict[str, Any]) -> bool:
    """Does a store begin its file anew? Local files do when they are told to, others unless they are told not to."""
    if isinstance(storage, StdoutFeedStorage):
        return False
    return bool(options.get("overwrite", not isinstance(storage, FileFeedStorage)))


def _cut_back(state: FeedState) -> None:
    """Cut a local file back to what is confirmed of it; a file that then holds nothing is removed."""
    if not state.local or not os.path.isfile(state.local):
        return
    length = state.start if state.at_end else state.confirmed
    if os.path.getsize(state.local) < length:
        length = _whole_lines(state.local)
    if os.path.getsize(state.local) > length:
        os.truncate(state.local, length)
        logger.info("%s is cut back to %d bytes, which are known to be whole", state.local, length)
    if not length:
        os.unlink(state.local)


def _whole_lines(path: str) -> int:
    """The length of a file without a torn last line."""
    with open(path, "rb") as file:
        text = file.read()
    return text.rfind(b"\n") + 1
