"""Outputs that cannot be opened or written: the run says so."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.extensions.feedexport import FileFeedStorage, ItemFilter
from scrapy.utils.conf import feed_complete_default_values_from_settings
from scrapy.utils.test import get_crawler

from newscrawl.crawl.export.exporters import CsvRecordExporter
from newscrawl.crawl.export.guarded_slot import GuardedFeedSlot
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.record import FIELDS
from tests.newspaper.serve import Served
from tests.support.reported_runs import BROKEN, FEEDS_ONLY, manifest_of, run


def test_an_output_that_cannot_be_opened_fails_the_run(tmp_path: Path, served: Served) -> None:
    (tmp_path / "file").write_text("")
    feeds = json.dumps({str(tmp_path / "file" / "x.jsonl"): {"format": "jsonl"}})
    crawled = run(tmp_path, served.address, {"FEEDS": feeds}, limit="1", program=FEEDS_ONLY)
    assert crawled.status == ExitStatus.CANNOT_WRITE, crawled.log
    values = manifest_of(tmp_path)
    assert values["status"] == ExitStatus.CANNOT_WRITE and crawled.discovered == 0
    assert "x.jsonl cannot be written" in values["why"], "said before the first request"


@pytest.mark.parametrize(
    "broken",
    [
        "import newscrawl.crawl.export.exporters as e; e.JsonLinesRecordExporter.export_item = lambda s, i: 1 / 0",
        "import newscrawl.crawl.export.exporters as e; e.JsonLinesRecordExporter.finish_exporting = lambda s: 1 / 0",
        "import scrapy.extensions.feedexport as e; e.FileFeedStorage.store = lambda s, f: 1 / 0",
    ],
    ids=["exporter", "finish", "store"],
)
def test_an_output_that_cannot_be_written_fails_the_run(tmp_path: Path, served: Served, broken: str) -> None:
    crawled = run(tmp_path, served.address, limit="2", program=BROKEN.format(broken))
    assert crawled.status == ExitStatus.CANNOT_WRITE, crawled.log
    assert manifest_of(tmp_path)["statusName"] == "CANNOT_WRITE"


@pytest.mark.parametrize("size", [4, 5])
def test_batches_that_the_last_record_fills_are_whole(tmp_path: Path, served: Served, size: int) -> None:
    """Scrapy opens one more batch then, and stores none for it."""
    batches = {str(tmp_path / "batch-%(batch_id)d.jsonl"): {"format": "jsonl", "batch_item_count": size}}
    crawled = run(tmp_path, served.address, {"FEEDS": json.dumps(batches)}, limit="8", program=FEEDS_ONLY)
    assert crawled.status == 0, crawled.log[-2000:]
    lines = [len(path.read_text("utf-8").splitlines()) for path in sorted(tmp_path.glob("batch-*.jsonl"))]
    assert lines == [size, 8 - size] and all(one["stored"] for one in manifest_of(tmp_path)["outputs"] if one["items"])


def test_a_table_without_records_has_its_columns(tmp_path: Path, served: Served) -> None:
    """Also with a memory, where the columns must not come again with the first record."""
    new, grown = tmp_path / "new.csv", tmp_path / "grown.csv"
    feeds = {str(new): {"format": "csv", "overwrite": True}, str(grown): {"format": "csv"}}
    settings = {"FEEDS": json.dumps(feeds), "NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite")}
    line = ",".join(FIELDS) + "\r\n"
    for _ in range(2):
        since = datetime.now().astimezone().isoformat()
        assert run(tmp_path, served.address, settings, program=FEEDS_ONLY, since=since).status == 0
        assert new.read_bytes().decode() == grown.read_bytes().decode() == line
    assert run(tmp_path, served.address, settings, program=FEEDS_ONLY, limit="2").status == 0
    text = grown.read_bytes().decode()
    assert text.startswith(line) and text.count("canonicalUrl") == 1 and len(list(csv.reader(io.StringIO(text)))) == 3


def test_columns_that_nobody_knows_are_not_made_up(tmp_path: Path) -> None:
    """A spider of a project may yield other things than articles."""
    slot = guarded_slot(tmp_path / "a.csv", Spider("own"))
    slot.start_exporting()
    slot.finish_exporting()
    slot.storage.store(slot.file)  # type: ignore[arg-type]
    assert (tmp_path / "a.csv").read_bytes() == b""


def test_the_columns_stay_when_the_first_record_cannot_be_written(tmp_path: Path) -> None:
    slot = guarded_slot(tmp_path / "a.csv", Spider("own"))
    slot.start_exporting()
    assert slot.exporter is not None
    slot.exporter.export_item({"a": "\ud800"})  # no UTF-8
    slot.exporter.export_item({"a": "1"})
    slot.finish_exporting()
    slot.storage.store(slot.file)  # type: ignore[arg-type]
    assert (tmp_path / "a.csv").read_bytes() == b"a\r\n1\r\n"


class Owner:
    """Hears of what a slot writes."""

    outbox = None

    def wrote(self, slot: GuardedFeedSlot) -> None: ...

    def failed(self, slot: GuardedFeedSlot, item: Any, error: Exception) -> None: ...


def guarded_slot(path: Path, spider: Spider) -> GuardedFeedSlot:
    crawler = get_crawler(Spider)
    options = feed_complete_default_values_from_settings({"format": "csv"}, crawler.settings)
    slot = GuardedFeedSlot(
        storage=FileFeedStorage(str(path)),
        uri=str(path),
        format="csv",
        store_empty=True,
        batch_id=1,
        uri_template=str(path),
        filter=ItemFilter(options),
        feed_options=options,
        spider=spider,
        exporters={"csv": CsvRecordExporter},
        settings=crawler.settings,
        crawler=crawler,
    )
    slot.owner = Owner()
    return slot
