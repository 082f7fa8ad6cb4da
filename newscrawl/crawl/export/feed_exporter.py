"""Feed exports that lose and double nothing. Scrapy's own exporter, with four additions:

1. An exporter that raises costs one record and leaves no half of it behind; the run reports it (`NotWritten`, and its
   exit status).
2. With a memory, each output is known to the memory before a byte is written, and what the output holds is confirmed
   together with what is known of its articles:
   - A file of lines that is appended to is confirmed as it grows: its length and its articles in one commit, after the
     file is on disk.
   - Any other output (overwritten, compressed, a JSON list, XML, a store that gets the file at its end) counts once it
     is whole. Until then its records stand in the memory's outbox and are owed to it.
3. What earlier runs left of their outputs is finished first (`newscrawl.crawl.export.feed_recovery`).
4. What an output for one purpose leaves out (`newscrawl.crawl.export.purpose_filters`) is counted, and an article that
   every output leaves out is `Reserved`.

Not promised: what goes to standard output or into a pipeline of a project's own, what is appended over FTP, and what
other programs do to the files.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from scrapy import Spider
from scrapy.exporters import CsvItemExporter, JsonLinesItemExporter
from scrapy.extensions.feedexport import FeedSlot, FileFeedStorage, StdoutFeedStorage
from scrapy.utils.defer import ensure_awaitable

from newscrawl.crawl.export.feed_recovery import RecoveringFeedExporter, is_overwritten
from newscrawl.crawl.export.guarded_slot import GuardedFeedSlot, OutputClosed
from newscrawl.crawl.export.purpose_filters import PurposeFilter, reserved_of
from newscrawl.crawl.nouns.item_entry import item_entry
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.memory import FeedState
from newscrawl.units import counted
from newscrawl.urls import without_credentials

logger = logging.getLogger(__name__)


class RecordFeedExporter(RecoveringFeedExporter):
    """Replaces Scrapy's FeedExporter; see the module's docstring."""

    _response: Any = None
    _is_stopping = False
    _is_taken = False

    # -- opening --------------------------------------------------------------------------------

    async def open_spider(self, spider: Spider) -> None:  # type: ignore[override]
        """Finish what earlier runs left, then open this run's outputs."""
        keeper = self.crawler.get_extension(MemoryKeeper)
        self.outbox = keeper.outbox if keeper is not None else None
        carried = await self.recover(spider) if self.outbox is not None else {}
        super().open_spider(spider)
        for template, numbers in carried.items():
            slot = next(slot for slot in self.slots if slot.uri_template == template)
            await self.carry(slot, numbers)

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
        slot.owner = self
        if self.outbox is not None:
            slot.state = self._state_of(slot)
            self.outbox.open(slot.state)
        return slot

    def _state_of(self, slot: FeedSlot) -> FeedState:
        """What the memory is to know of an output."""
        assert self.outbox is not None
        local = slot.storage.path if isinstance(slot.storage, FileFeedStorage) else ""
        overwrite = is_overwritten(slot.storage, slot.feed_options)
        is_of_lines = issubclass(self.exporters[slot.format], (JsonLinesItemExporter, CsvItemExporter))
        is_plain = is_of_lines and not slot.feed_options.get("postprocessing")
        grows = (bool(local) and is_plain and not overwrite) or isinstance(slot.storage, StdoutFeedStorage)
        start = os.path.getsize(local) if local and not overwrite and os.path.exists(local) else 0
        return self.outbox.new_feed(
            template=slot.uri_template,
            uri=slot.uri,
            format=slot.format,
            local=os.path.abspath(local) if local else "",
            at_end=not grows,
            overwrite=overwrite,
            start=start,
            confirmed=start,
        )

    # -- writing --------------------------------------------------------------------------------

    def item_scraped(self, item: Any, spider: Spider, response: Any = None) -> None:
        """Write an item to all outputs."""
        if self.outbox is not None:
            self.outbox.begin()
        self._response = response
        self._is_taken = False
        left_out = self._count_left_out(item)
        super().item_scraped(item, spider)
        if left_out and not self._is_taken:
            self._settle(
                item, "Reserved", f"reserved for {', '.join(left_out)}, and every output is for such a purpose"
            )

    def _count_left_out(self, item: Any) -> list[str]:
        """The purposes of the outputs that leave an item out."""
        purposes = []
        for slot in self.slots:
            if isinstance(slot.filter, PurposeFilter) and slot.filter.purpose in reserved_of(item):
                purposes.append(slot.filter.purpose)
                self.crawler.stats.inc_value(f"newscrawl/left_out/{slot.filter.purpose}")
                if isinstance(slot, GuardedFeedSlot):
                    slot.left_out += 1
        return purposes

    def _settle(self, item: Any, reason: str, detail: str) -> None:
        entry = item_entry(self._response, item, reason, detail)
        if entry is not None:
            ledger_of(self.crawler).settle(entry)

    def wrote(self, slot: GuardedFeedSlot) -> None:
        """An item was written to a slot."""
        self._is_taken = True
        if self.outbox is not None and slot.state is not None:
            self.outbox.wrote(slot.state)

    def failed(self, slot: GuardedFeedSlot, item: Any, error: Exception) -> None:
        """An item could not be written to a slot."""
        self._is_taken = True
        place = without_credentials(slot.uri)
        if isinstance(error, BrokenPipeError):
            self.fault(f"{place.replace('stdout:', 'standard output')}: its reader has closed it")
        elif not isinstance(error, OutputClosed):  # why it is closed was told
            logger.error("%s: a record could not be written: %r", place, error)
            self.fault(f"{place}: {error}")
        self._settle(item, "NotWritten", f"{type(error).__name__}: {error}")
        if self.outbox is not None and slot.state is not None:
            self.outbox.failed(slot.state)
        if isinstance(error, OSError) and not self._is_stopping and self.crawler.engine is not None:
            self._is_stopping = True  # the disk is full, say: whatever is fetched from now on could not be kept
            self._stop = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="cannot_write"))

    # -- closing --------------------------------------------------------------------------------

    async def _close_slot(self, slot: FeedSlot, spider: Spider) -> None:
        """Hand a slot's file to its store. What could not be stored stays owed."""
        place = without_credentials(slot.uri)
        state = slot.state if isinstance(slot, GuardedFeedSlot) else None
        if isinstance(slot, GuardedFeedSlot) and slot.left_out:
            logger.info("%s: %s left out as reserved", place, counted(slot.left_out, "record"))
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
            # at once: until the memory knows, a closed file would count as one that grows
            if state is not None and self.outbox is not None:
                self.outbox.stored(state)

        slot.storage.store = store  # type: ignore[method-assign, assignment]
        try:
            await super()._close_slot(slot, spider)
        except Exception as error:
            logger.error("%s could not be stored: %r", place, error)
        if self.outbox is not None and state is not None and not stored and not slot._fileloaded:
            self.outbox.stored(state)  # there was nothing to write, so no file was opened
