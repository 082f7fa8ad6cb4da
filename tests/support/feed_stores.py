"""Feed stores for tests: one that receives a file only when it is whole, as an object store does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from scrapy.extensions.feedexport import BlockingFeedStorage

from newscrawl.crawl.export.exporters import JsonLinesRecordExporter


class ObjectStorage(BlockingFeedStorage):
    """object:///folder/name: the object appears at once, or not at all, and a second of its name takes its place."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.place = Path(uri.removeprefix("object://"))

    def _store_in_thread(self, file: IO[bytes]) -> None:
        file.seek(0)
        self.place.parent.mkdir(parents=True, exist_ok=True)
        part = self.place.parent.parent / f".part-{os.getpid()}"
        part.write_bytes(file.read())
        part.replace(self.place)
        file.close()


class FailingExporter(JsonLinesRecordExporter):
    """Writes half of each fifth record, and raises."""

    count = 0

    def export_item(self, item: Any) -> None:
        self.count += 1
        if self.count % 5 == 0:
            self.file.write(b'{"url": "torn')
            raise ValueError("this record cannot be written")
        super().export_item(item)
