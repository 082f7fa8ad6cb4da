"""A feed slot whose exporter may raise: that costs one record, and no half of it stays in the output."""

from __future__ import annotations

from typing import Any, Protocol

from scrapy.extensions.feedexport import FeedSlot

from newscrawl.crawl.export.exporters import CsvRecordExporter
from newscrawl.crawl.state.outbox import Outbox
from newscrawl.memory import FeedState


class OutputClosed(ValueError):
    """Half a record could not be removed from the output, so nothing more is written to it."""


class SlotOwner(Protocol):
    """Whom a slot tells what became of each item. outbox: None without a memory."""

    outbox: Outbox | None

    def wrote(self, slot: GuardedFeedSlot) -> None:
        """An item was written."""

    def failed(self, slot: GuardedFeedSlot, item: Any, error: Exception) -> None:
        """An item could not be written."""


class GuardedFeedSlot(FeedSlot):
    """owner: to be set before the slot is used. state: what the memory knows of the output; None without a memory.

    is_broken: half a record could not be removed from the output, so nothing more is written. left_out: items that were
    left out for their purpose.
    """

    owner: SlotOwner
    state: FeedState | None = None
    is_broken = False
    left_out = 0

    def start_exporting(self) -> None:
        """Open the file, and put a guard around its exporter."""
        if self.is_broken:
            return
        super().start_exporting()
        if not isinstance(self.exporter, GuardedExporter):
            self.exporter = GuardedExporter(self, self.exporter)  # type: ignore[assignment]
            if self.owner.outbox is not None and self.state is not None and self.state.local and not self.state.at_end:
                self.owner.outbox.attach(self.state, self.file)

    def finish_exporting(self) -> None:
        """Finish the file. A table without records has its columns, where the spider says what it yields."""
        fields = getattr(self.spider, "fields_of_items", None)
        exporter = getattr(self.exporter, "inner", None)
        if self._exporting and not self.itemcount and fields and isinstance(exporter, CsvRecordExporter):
            exporter.write_header(fields)
        super().finish_exporting()


class GuardedExporter:
    """Stands before an exporter, `inner`, and writes each item wholly or not at all."""

    def __init__(self, slot: GuardedFeedSlot, exporter: Any) -> None:
        self._slot = slot
        self.inner = exporter

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def export_item(self, item: Any) -> None:
        """Write one item; if that fails, remove what was written of it."""
        slot = self._slot
        if slot.is_broken:
            slot.itemcount -= 1
            why = OutputClosed("the output is closed: half a record could not be removed from it")
            slot.owner.failed(slot, item, why)
            return
        before = _position(slot.file)
        is_new_table = getattr(self.inner, "_headers_not_written", False)
        try:
            self.inner.export_item(item)
        except Exception as error:
            slot.itemcount -= 1
            slot.is_broken = before is None or not _truncated(slot.file, before)
            if is_new_table:
                self.inner._headers_not_written = True  # the line of the columns was removed with the record
            slot.owner.failed(slot, item, error)
        else:
            slot.owner.wrote(slot)


def _position(file: Any) -> int | None:
    try:
        return int(file.tell())
    except (AttributeError, OSError, ValueError):
        return None


def _truncated(file: Any, position: int) -> bool:
    """Cut a file back to a position; False where that fails."""
    try:
        file.seek(position)
        file.truncate()
    except (OSError, ValueError):
        return False
    return True
