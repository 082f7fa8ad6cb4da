"""Feed storages and exporters for tests: an object store, which receives whole files only, and a failing exporter."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from scrapy.extensions.feedexport import BlockingFeedStorage

from newscrawl.crawl.export.exporters import JsonLinesRecordExporter


def same_second(params: dict[str, Any], spider: Any) -> dict[str, Any]:
    """What names an output, with a second that is the same in each run."""
    return {**params, "second": "12-00-00"}


class ObjectStorage(BlockingFeedStorage):
    """object:///folder/name: the object appears as a whole or not at all; a second one of the same name replaces it."""

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
    """Writes half of every fifth record and raises."""

    count = 0

    def export_item(self, item: Any) -> None:
        self.count += 1
        if self.count % 5 == 0:
            self.file.write(b'{"url": "torn')
            raise ValueError("this record cannot be written")
        super().export_item(item)
