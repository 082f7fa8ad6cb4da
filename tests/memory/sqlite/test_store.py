"""The store on disk: what is committed is read back, by one process at a time."""

from __future__ import annotations

import os

import pytest

from newscrawl.memory import ArticleState, Batch, FeedState, MemoryBusy, State, Waiting, open_memory


def test_a_batch_is_committed_and_read_back(tmp_path):
    path = str(tmp_path / "m.sqlite")
    record = {"url": "https://a.example/1", "articleBody": "Über Flüsse 港 \ud800"}
    with open_memory(path) as memory:
        big = 2**64 - 3
        memory.commit(
            Batch(
                now=7200,
                known=[(big, "a.example", State.RECORDED, None)],
                waiting=[Waiting(5, "a.example", 3.0, ["article", "u"])],
                versions=[(big, 1, 7200, record)],
                articles=[ArticleState(big, "a.example", "u", 1, 99)],
                counts=[("a.example", 2, 1)],
                feeds=[FeedState(1, "t", "u", "jsonl", at_end=True)],
                outbox=[(1, record)],
                owed=[(1, 1)],
            )
        )
        assert memory.known(big) == (State.RECORDED, None) and memory.known(4) is None
        assert memory.versions(big)[-1][1]["url"] == record["url"]
        assert [row.key for row in memory.waiting("a.example", 10, 9)] == [5]
        assert [row["url"] for _, row in memory.owed(1)] == [record["url"]]
        memory.commit(Batch(paid=[1], settled=[5]))
        assert not list(memory.owed(1)) and memory.figures()["outbox"] == 0 and not memory.waiting("a.example", 10, 9)
        assert memory.new_records("a.example", 0) == 2 and memory.check() == []
        with pytest.raises(MemoryBusy, match=f"process {os.getpid()}"):
            open_memory(path)
        assert memory.forget_site("a.example") and memory.known(big) is None
    with open_memory(path) as memory:  # the lock is released
        memory.copy_to(str(tmp_path / "copy.sqlite"))
    with open_memory(str(tmp_path / "copy.sqlite"), read_only=True) as copy:
        assert copy.check() == []
