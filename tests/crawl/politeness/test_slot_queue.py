"""The queue of requests by slot takes them in the order in which Scrapy's own does."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.settings import Settings
from scrapy.squeues import FifoMemoryQueue
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.crawl.politeness.slot_queue import SlotQueue


class Downloader:
    """Slots by host, each with as many downloads as a test says."""

    def __init__(self) -> None:
        self.slots: dict[str, Any] = {}

    def get_slot_key(self, request: Request) -> str:
        return urlparse_cached(request).hostname or ""


def queues() -> tuple[Downloader, SlotQueue, DownloaderAwarePriorityQueue]:
    downloader = Downloader()
    crawler: Any = SimpleNamespace(settings=Settings(), engine=SimpleNamespace(downloader=downloader))
    ours = SlotQueue.from_crawler(crawler, FifoMemoryQueue, "")
    return downloader, ours, DownloaderAwarePriorityQueue.from_crawler(crawler, FifoMemoryQueue, "")


@pytest.mark.parametrize("seed", range(40))
def test_the_order_is_scrapys(seed: int) -> None:
    made = random.Random(seed)
    downloader, ours, scrapys = queues()
    hosts = [f"{made.randrange(100)}.example" for _ in range(made.choice([1, 3, 20]))]
    for number in range(400):
        if made.random() < 0.5:
            request = Request(f"https://{made.choice(hosts)}/{number}", priority=made.randrange(3))
            ours.push(request)
            scrapys.push(request)
        else:
            assert ours.pop() is scrapys.pop()
        host = made.choice(hosts)
        downloader.slots[host] = SimpleNamespace(active=range(made.choice([0, 0, 1, 2])))
        assert len(ours) == len(scrapys)
        assert [*ours.pqueues] == [*scrapys.pqueues]
    while len(scrapys):
        assert ours.pop() is scrapys.pop()
    assert ours.pop() is None and len(ours) == 0


def test_slots_are_not_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    _, ours, _ = queues()
    for number in range(500):
        ours.push(Request(f"https://{number}.example/"))
    asked: list[str] = []
    monkeypatch.setattr(type(ours._downloader_interface), "_active_downloads", lambda self, slot: asked.append(slot))
    for _ in range(100):
        ours.pop()
    assert len(asked) == 100
