"""Whether outputs can be written is known before the first request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.export.writable import has_output, local_path, unwritable_outputs


def faults(**settings: Any) -> list[str]:
    return list(unwritable_outputs(Settings(settings)))


def test_outputs_that_can_be_written_have_no_fault(tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("{}\n")
    names = ["old.jsonl", "new.jsonl", "new/folder/x.jsonl", "%(name)s/%(time)s.jsonl", "x-%(batch_id)d.jsonl"]
    feeds = {str(tmp_path / name): {"format": "jsonl"} for name in names}
    feeds |= {f"file://{tmp_path}/a%20b.jsonl": {}, "s3://bucket/x.jsonl": {}, "-": {}, "stdout:": {}}
    assert faults(FEEDS=feeds, NEWSCRAWL_AUDIT=str(tmp_path / "audit.jsonl"), NEWSCRAWL_MANIFEST="") == []


def test_each_file_that_cannot_be_written_is_named_with_the_cause(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = faults(
        FEEDS={str(tmp_path / "file" / "x.jsonl"): {}, str(tmp_path): {}, f"file://{tmp_path}": {}},
        NEWSCRAWL_AUDIT=str(tmp_path / "none" / "audit.jsonl"),
        NEWSCRAWL_METRICS=str(tmp_path),
    )
    assert found == [
        f"the output {tmp_path}/file/x.jsonl cannot be written: {tmp_path}/file is not a folder",
        f"the output {tmp_path} cannot be written: it is a folder",
        f"the output file://{tmp_path} cannot be written: it is a folder",
        f"NEWSCRAWL_AUDIT={tmp_path}/none/audit.jsonl cannot be written: there is no folder {tmp_path}/none",
        f"NEWSCRAWL_METRICS={tmp_path} cannot be written: it is a folder",
    ]


def test_permissions_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old.jsonl").write_text("")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert [
        fault.rpartition(": ")[2] for fault in faults(FEEDS={f"{tmp_path}/old.jsonl": {}, f"{tmp_path}/x": {}})
    ] == (["permission denied", f"no permission to write to {tmp_path}"])


def test_it_is_tried_because_not_every_refusal_is_one_of_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError(30, "Read-only file system")

    (tmp_path / "old.jsonl").write_text("")
    feeds = {f"{tmp_path}/old.jsonl": {}, f"{tmp_path}/folder/x": {}}
    monkeypatch.setattr("os.open", refuse)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert all("read-only file system" in fault for fault in faults(FEEDS=feeds)) and len(faults(FEEDS=feeds)) == 2
    assert len(faults(NEWSCRAWL_MANIFEST=f"{tmp_path}/old.jsonl")) == 1  # a new file takes its place


def test_the_path_of_an_output() -> None:
    assert local_path("x.jsonl") == "x.jsonl" and local_path("/a/x") == "/a/x"
    assert local_path("file:///a%20b/x") == "/a b/x"
    assert local_path("-") is local_path("stdout:") is local_path("ftp://a.example/x") is None


class Keeping:
    """A pipeline of a project."""


def test_a_run_keeps_records_in_an_output_or_in_a_pipeline_of_its_own() -> None:
    own = "newscrawl.crawl.pipelines.StripPipeline"
    assert not has_output(Settings({"ITEM_PIPELINES": {own: 100}}))
    assert not has_output(Settings({"ITEM_PIPELINES": {own: 100, "project.Keeping": None}}))
    assert has_output(Settings({"ITEM_PIPELINES": {own: 100, "project.Keeping": 200}}))
    assert has_output(Settings({"ITEM_PIPELINES": {Keeping: 200}}))
    assert has_output(Settings({"FEEDS": {"x.jsonl": {}}}))


def test_the_letter_of_a_drive_is_no_scheme_where_there_are_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("os.name", "nt")
        assert local_path("c:\\x.jsonl") == "c:\\x.jsonl" and local_path("s3://bucket/x") is None
    with monkeypatch.context() as patched:
        patched.setattr("os.name", "posix")
        assert local_path("c:\\x.jsonl") is None
