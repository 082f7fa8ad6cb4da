"""Outputs that cannot be opened or written: the run says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.crawl.nouns.exit_status import ExitStatus
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
