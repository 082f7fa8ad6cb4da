"""Feed exports that lose and double nothing. Scrapy's own, with four things more.

1. An exporter that raises costs that record and leaves no half of it behind; the run says so (`NotWritten`, and its exit status).
2. With a memory, each output is known to it before a byte is written, and what it holds is confirmed together with what is known of the articles:
   - a file of lines that is appended to is confirmed as it grows: length and articles in one commit, after the file is on disk;
   - any other output (overwritten, compressed, a JSON list, XML, a store that gets the file at its end) counts once it is whole: until then its
     records stand in the memory's outbox and are owed to it.
3. At the start, what an earlier run has left open is brought to its end: a file is cut back to its confirmed length, and what is still owed is
   written to the very place it was owed to; where this run overwrites that place, it goes into this run's output.
4. What an output for one purpose leaves out (see `newscrawl.crawl.politeness.rights`) is counted, and an article that every output leaves out is `Reserved`.

Not promised: what goes to standard output or into a pipeline of one's own, what is appended over FTP, and what other programs do to the files.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from scrapy import Spider
from scrapy.exporters import CsvItemExporter, JsonLinesItemExporter
from scrapy.extensions.feedexport import FeedExporter, FeedSlot, FileFeedStorage, StdoutFeedStorage, apply_uri_params
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.defer import ensure_awaitable

from newscrawl.crawl.export.outputs import without_credentials
from newscrawl.crawl.export.purpose_filters import PurposeFilter, reserved_of
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.crawl.nouns.item_entry import item_entry
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.crawl.state.outbox import Outbox
from newscrawl.memory import FeedState
from newscrawl.record import Record

logger = logging.getLogger(__name__)

_TIMED = re.compile(r"%\((?:batch_)?time\)")
_BATCHED = re.compile(r"%\(batch_id\)")
#: Records that are written again between two turns of other work.
_TURN = 50


class RecordFeedExporter(FeedExporter):
    """Stands in the place of Scrapy's FeedExporter; see the module's docstring. outbox: None without a memory."""

    outbox: Outbox | None = None
    _response: Any = None
    _is_stopping = False
    _is_taken = False

    # -- opening --------------------------------------------------------------------------------

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """Bring to its end what earlier runs left, then open this run's outputs."""
        keeper = self.crawler.get_extension(MemoryKeeper)
        self.outbox = keeper.outbox if keeper is not None else None
        carried = await self._recover(spider) if self.outbox is not None else {}
        super().open_spider(spider)
        for template, numbers in carried.items():
            slot = next(slot for slot in self.slots if slot.uri_template == template)
            await self._carry(slot, numbers)

    def _start_new_batch(
        self, batch_id: int, uri: str, feed_options: dict[str, Any], spider: Spider, uri_template: str
    ) -> FeedSlot:
        slot = GuardedFeedSlot(
            storage=self._get_storage(uri, feed_options),
            uri=uri,
            format=feed_options["format"],
            store_empty=feed_options["store_empty"],
            batch_id=batch_id,
            uri_template=uri_template,
            filter=self.filters[uri_template],
            feed_options=feed_options,
            spider=spider,
            exporters=self.exporters,
            settings=self.settings,
            crawler=self.crawler,
        )
        slot.feeds = self
        if self.outbox is not None:
            slot.state = self._state_of(slot)
            self.outbox.open(slot.state)
        return slot

    def _state_of(self, slot: FeedSlot) -> FeedState:
        local = slot.storage.path if isinstance(slot.storage, FileFeedStorage) else ""
        overwrite = _overwrites(slot.storage, slot.feed_options)
        exporter = self.exporters[slot.format]
        in_lines = issubclass(exporter, (JsonLinesItemExporter, CsvItemExporter)) and not slot.feed_options.get(
            "postprocessing"
        )
        grows = (bool(local) and in_lines and not overwrite) or isinstance(slot.storage, StdoutFeedStorage)
        start = os.path.getsize(local) if local and not overwrite and os.path.exists(local) else 0
        return self.outbox.new_feed(  # type: ignore[union-attr]
            template=slot.uri_template, uri=slot.uri, format=slot.format, local=os.path.abspath(local) if local else "",
            at_end=not grows, overwrite=overwrite, start=start, confirmed=start,
        )  # fmt: skip

    # -- writing --------------------------------------------------------------------------------

    def item_scraped(self, item: Any, spider: Spider, response: Any = None) -> None:
        """Write an item to all outputs."""
        if self.outbox is not None:
            self.outbox.begin()
        self._response = response
        self._is_taken = False
        left_out = self._leave_out(item)
        super().item_scraped(item, spider)
        if left_out and not self._is_taken:
            self._settle(
                item, "Reserved", f"reserved for {', '.join(left_out)}, and every output is for such a purpose"
            )

    def _settle(self, item: Any, reason: str, detail: str) -> None:
        entry = item_entry(self._response, item, reason, detail)
        if entry is not None:
            ledger_of(self.crawler).settle(entry)

    def _leave_out(self, item: Any) -> list[str]:
        """Count the outputs for one purpose that leave an item out; their purposes."""
        left_out = []
        for slot in self.slots:
            if isinstance(slot.filter, PurposeFilter) and slot.filter.purpose in reserved_of(item):
                left_out.append(slot.filter.purpose)
                self.crawler.stats.inc_value(f"newscrawl/left_out/{slot.filter.purpose}")
                if isinstance(slot, GuardedFeedSlot):
                    slot.left_out += 1
        return left_out

    def wrote(self, slot: GuardedFeedSlot) -> None:
        """An item was written to a slot."""
        self._is_taken = True
        if self.outbox is not None and slot.state is not None:
            self.outbox.wrote(slot.state)

    def failed(self, slot: GuardedFeedSlot, item: Any, error: Exception) -> None:
        """An item could not be written to a slot."""
        self._is_taken = True
        logger.error("%s: a record could not be written: %r", without_credentials(slot.uri), error)
        self._fault(f"{without_credentials(slot.uri)}: {error}")
        self._settle(item, "NotWritten", f"{type(error).__name__}: {error}")
        if self.outbox is not None and slot.state is not None:
            self.outbox.failed(slot.state)
        if isinstance(error, OSError) and not self._is_stopping and self.crawler.engine is not None:
            self._is_stopping = True  # a full disk: what is fetched from now on could not be kept
            self._stop = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="cannot_write"))

    def _fault(self, why: str) -> None:
        ledger_of(self.crawler).fault(ExitStatus.CANNOT_WRITE, why)

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        """Hand a slot's file to its store. What could not be stored stays owed."""
        state = slot.state if isinstance(slot, GuardedFeedSlot) else None
        if isinstance(slot, GuardedFeedSlot) and slot.left_out:
            logger.info("%s: %d records left out, which are reserved", without_credentials(slot.uri), slot.left_out)
        if isinstance(slot, GuardedFeedSlot) and slot.is_broken:
            return
        stored = False
        inner = slot.storage.store

        async def store(file: Any) -> None:
            nonlocal stored
            if state is not None and state.at_end and self.outbox is not None:
                await self.outbox.storing(state)
            await ensure_awaitable(inner(file))
            stored = True
            # at once: until the memory hears of it, a file that is closed would count as one that grows
            if state is not None and self.outbox is not None:
                self.outbox.stored(state)

        slot.storage.store = store  # type: ignore[method-assign, assignment]
        try:
            await super()._close_slot(slot, spider)
        except Exception as error:
            logger.error("%s could not be written: %r", without_credentials(slot.uri), error)
        if (
            self.outbox is not None and state is not None and not stored and not slot._fileloaded
        ):  # nothing came, and nothing was opened
            self.outbox.stored(state)

    # -- what earlier runs left -----------------------------------------------------------------

    async def _recover(self, spider: Spider) -> dict[str, list[int]]:
        """End what is open; the numbers of the outputs whose records go into this run's, by template."""
        assert self.outbox is not None
        carried: dict[str, list[int]] = {}
        for state in self.outbox.left_open():
            if self._is_overwritten(state, spider):
                _cut(replace(state, start=0, at_end=True))
                carried.setdefault(state.template, []).append(state.number)
                continue
            if state.state != "stored":
                _cut(state)
                await self._redeliver(state, spider)
            else:
                self.outbox.pay(state)
        await self.outbox.flush()
        return carried

    def _is_overwritten(self, state: FeedState, spider: Spider) -> bool:
        options = self.feeds.get(state.template)
        if options is None or not state.overwrite or not _overwrites(self._get_storage(state.uri, options), options):
            return False
        if _BATCHED.search(state.template):
            return not _TIMED.search(state.template)
        return apply_uri_params(state.template, self._get_uri_params(spider, options["uri_params"])) == state.uri

    async def _redeliver(self, state: FeedState, spider: Spider) -> None:
        """Write what is owed to the place that it is owed to."""
        assert self.outbox is not None
        records = self.outbox.owed(state.number)
        first = next(records, None)
        if first is None:
            self.outbox.pay(state)
            return
        options = self.feeds.get(state.template) or feed_complete_default_values_from_settings(
            {"format": state.format}, self.settings, state.uri
        )
        options = {**options, "overwrite": state.overwrite and not state.local}
        self.filters.setdefault(state.template, self._load_filter(options))
        self.feeds.setdefault(state.template, options)
        slot = FeedSlot(
            self._get_storage(state.uri, options), state.uri, state.format, False, 1, state.template, self.filters[state.template], options,
            spider, self.exporters, self.settings, self.crawler,
        )  # fmt: skip
        try:
            slot.start_exporting()
            await self._export(slot, [first])
            await self._export(slot, records)
            slot.finish_exporting()
            await ensure_awaitable(slot.storage.store(self._get_file(slot)))
        except Exception as error:
            logger.error(
                "%s: what an earlier run owes to it could not be written: %r", without_credentials(state.uri), error
            )
            self._fault(f"{without_credentials(state.uri)}: {error}")
            return
        logger.info("%s: %d records of an earlier run written", without_credentials(state.uri), slot.itemcount)
        self.outbox.pay(state)
        await self.outbox.flush()

    async def _carry(self, slot: FeedSlot, numbers: list[int]) -> None:
        """Write what is owed to earlier outputs into a slot of this run, which overwrites them."""
        assert self.outbox is not None and isinstance(slot, GuardedFeedSlot) and slot.state is not None
        for number in numbers:
            seqs = []
            for count, (seq, record) in enumerate(self.outbox.owed(number)):
                if _is_wanted(slot, record):
                    slot.start_exporting()
                    assert slot.exporter is not None
                    slot.exporter.export_item(Record(record))
                    slot.itemcount += 1
                    seqs.append(seq)
                if count % _TURN == 0:
                    await asyncio.sleep(0)
            self.outbox.carry(number, slot.state, seqs)
        await self.outbox.flush()

    async def _export(self, slot: FeedSlot, records: Iterable[tuple[int, dict[str, Any]]]) -> None:
        for count, (_, record) in enumerate(records):
            if _is_wanted(slot, record):
                assert slot.exporter is not None
                slot.exporter.export_item(Record(record))
                slot.itemcount += 1
            if count % _TURN == 0:
                await asyncio.sleep(0)


class GuardedFeedSlot(FeedSlot):
    """A slot whose exporter may raise: the half of a record is taken back."""

    feeds: RecordFeedExporter
    state: FeedState | None = None
    is_broken = False
    left_out = 0

    def start_exporting(self) -> None:
        """Open the file and begin; also what keeps the guard around the exporter."""
        if self.is_broken:
            return
        super().start_exporting()
        if not isinstance(self.exporter, Guard):
            self.exporter = Guard(self, self.exporter)  # type: ignore[assignment]
            if self.feeds.outbox is not None and self.state is not None and self.state.local and not self.state.at_end:
                self.feeds.outbox.attach(self.state, self.file)


class Guard:
    """Stands before an exporter, and answers for it."""

    def __init__(self, slot: GuardedFeedSlot, exporter: Any) -> None:
        self._slot = slot
        self._exporter = exporter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._exporter, name)

    def export_item(self, item: Any) -> None:
        """Write one item, wholly or not at all."""
        slot = self._slot
        if slot.is_broken:
            slot.itemcount -= 1
            slot.feeds.failed(
                slot, item, ValueError("the output is closed, because a record could not be taken back from it")
            )
            return
        before = _position(slot.file)
        try:
            self._exporter.export_item(item)
        except Exception as error:
            slot.itemcount -= 1
            slot.is_broken = before is None or not _taken_back(slot.file, before)
            slot.feeds.failed(slot, item, error)
        else:
            slot.feeds.wrote(slot)


def _is_wanted(slot: FeedSlot, record: dict[str, Any]) -> bool:
    """Is a record of an earlier run for this output, by the purpose that it has in this run?"""
    return not isinstance(slot.filter, PurposeFilter) or slot.filter.purpose not in reserved_of(record)


def _position(file: Any) -> int | None:
    try:
        return int(file.tell())
    except (AttributeError, OSError, ValueError):
        return None


def _taken_back(file: Any, position: int) -> bool:
    try:
        file.seek(position)
        file.truncate()
    except (OSError, ValueError):
        return False
    return True


def _overwrites(storage: Any, options: dict[str, Any]) -> bool:
    """Does a store begin its file anew? Files of this machine do when they are told to, others unless they are told not to."""
    if isinstance(storage, StdoutFeedStorage):
        return False
    return bool(options.get("overwrite", not isinstance(storage, FileFeedStorage)))


def _cut(state: FeedState) -> None:
    """Cut a file of this machine back to what is confirmed of it; one that was begun and holds nothing is removed."""
    if not state.local or not os.path.isfile(state.local):
        return
    length = state.start if state.at_end else state.confirmed
    if os.path.getsize(state.local) > length:
        os.truncate(state.local, length)
        logger.info("%s is cut back to %d bytes, which is what is known to be whole", state.local, length)
    if not length:
        os.unlink(state.local)
