"""Files are replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawl.crawl.job.files import write_whole


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.json"
    write_whole(str(path), "one")
    assert path.read_text() == "one" and path.stat().st_mode & 0o777 == 0o644

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        write_whole(str(path), "two")
    assert path.read_text() == "one" and os.listdir(tmp_path) == ["run.json"]
