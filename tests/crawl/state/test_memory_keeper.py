"""The keeper of the memory: what is being committed when a crawl ends."""

from __future__ import annotations

import asyncio
import threading

from scrapy import Spider
from scrapy.utils.test import get_crawler

from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.memory import State, open_memory


def test_a_commit_under_way_at_the_end_of_a_crawl_is_not_lost(tmp_path):
    """The crawl ends while a batch waits for the thread that writes."""

    async def end_during_a_commit() -> None:
        keeper = MemoryKeeper.from_crawler(
            get_crawler(settings_dict={"NEWSCRAWL_MEMORY": str(tmp_path / "memory.sqlite"), "NEWSCRAWL_REVISIT": ""})
        )
        writer = threading.Event()
        keeper._thread.submit(writer.wait, 60)
        await keeper._start(Spider("news"))
        keeper.remember_state(1, "a.example", State.REFUSED)
        while keeper.batch.known:  # until it is taken for the commit
            await asyncio.sleep(0.02)
        ending = asyncio.ensure_future(keeper._end())
        await asyncio.sleep(0.05)
        writer.set()
        await ending

    asyncio.run(end_during_a_commit())
    with open_memory(str(tmp_path / "memory.sqlite")) as memory:
        assert memory.known(1) == (State.REFUSED, None)
