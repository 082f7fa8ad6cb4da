"""The extension that keeps the memory of a run: it opens the memory, collects what is to be remembered, and commits it.

`NEWSCRAWL_MEMORY`: the path of the memory; without it nothing here runs. What a run learns goes into a batch. Twice a
second the batch is committed, in a thread, after the outputs that it speaks of are on disk. A process that dies loses
at most that batch, and with it everything that the outputs got since, so the next run does that work again.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.article import Article
from newscrawl.crawl.nouns.exit_status import ExitStatus, end_fault
from newscrawl.crawl.nouns.ledger import ledger_of
from newscrawl.crawl.nouns.options import option
from newscrawl.crawl.nouns.records import record_of
from newscrawl.crawl.state.identity import identity_keys
from newscrawl.crawl.state.outbox import Outbox
from newscrawl.crawl.state.robots_copy import RobotsCopy, read_copy, stored_copy
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.keys import url_key
from newscrawl.memory import ArticleState, Batch, Memory, State, Waiting, open_memory
from newscrawl.memory.schedule import Schedule

logger = logging.getLogger(__name__)

#: Seconds between two commits.
_INTERVAL = 0.5
#: Memories that the command opened before the crawl began, by path: a memory in use is reported before anything else
#: happens.
_opened: dict[str, Memory] = {}


def open_early(path: str) -> None:
    """Open the memory for the crawl that is about to start. Raises MemoryBusy, MemoryUnusable."""
    _opened[path] = open_memory(path)


class MemoryKeeper:
    """Get it with `crawler.get_extension(MemoryKeeper)`; None where no memory is used.

    batch: what is not committed yet.
    """

    def __init__(self, crawler: Crawler, memory: Memory) -> None:
        self.memory = memory
        self.batch = Batch()
        self.schedule = Schedule(option(crawler.settings, "NEWSCRAWL_REVISIT"))
        self.outbox = Outbox(memory, lambda: self.batch, self.flush, self._commit_now)
        self.is_broken = False
        self._retention = int(option(crawler.settings, "NEWSCRAWL_RETENTION"))
        self._visits: dict[int, Waiting] = {}
        self._crawler = crawler
        self._thread = ThreadPoolExecutor(1, "newscrawl-memory")
        self._turn = asyncio.Lock()
        self._is_ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._identities: dict[str, set[int]] = {}
        self._validators: dict[str, tuple[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MemoryKeeper:
        """Open the memory and listen to the crawl's signals."""
        path = crawler.settings.get("NEWSCRAWL_MEMORY")
        if not path:
            raise NotConfigured
        keeper = cls(crawler, _opened.pop(str(path)) if str(path) in _opened else open_memory(str(path)))
        crawler.signals.connect(keeper._start, signal=signals.spider_opened)
        crawler.signals.connect(keeper._scraped, signal=signals.item_scraped)
        crawler.signals.connect(keeper._end, signal=signals.engine_stopped)
        return keeper

    @property
    def now(self) -> int:
        """This moment, in seconds since 1970."""
        return int(time.time())

    # -- what is remembered ---------------------------------------------------------------------

    def remember_visit(self, waiting: Waiting) -> None:
        """A visit is to be made, in this run or a later one."""
        self._visits[waiting.key] = waiting

    def forget_visit(self, key: int) -> None:
        """A visit has its outcome."""
        if self._visits.pop(key, None) is None:
            self.batch.settled.append(key)

    def remember_state(self, key: int, site: str, state: State, due: int | None = None) -> None:
        """The state of a URL, from now on."""
        self.batch.known.append((key, site, state, due))

    def has_other_wishes(self, name: str, site: str, wishes: int) -> bool:
        """Did the run before want other articles of a site, so that lists it has read may name some? Remembers these.

        name: of the site, as the run names it; site: as the memory files it. wishes: `SiteOptions.key`.
        """
        key = url_key(f"wishes for {name}")
        before = self.memory.known(key)
        if before is None or before[1] != wishes:
            self.remember_state(key, site, State.UNWANTED, wishes)
        return before is not None and before[1] != wishes

    def remember_identity(self, url: str, keys: set[int]) -> None:
        """The keys by which the article of this URL is recognised."""
        self._identities[url] = keys

    def remember_validators(self, url: str, etag: str, modified: str) -> None:
        """The validators of the response that an article was read from."""
        if etag or modified:
            self._validators[url] = (etag, modified)

    def remember_unchanged(self, url: str) -> None:
        """An article was visited again, and has not changed."""
        state = self.memory.article(url_key(same_article_key(url)))
        if state is not None:
            etag, modified = self._validators.pop(url, (state.etag, state.modified))
            state = self.schedule.after(state, self.now, changed=False)
            state.etag, state.modified = etag, modified
            self.batch.articles.append(state)

    def newest_version(self, url: str) -> dict[str, Any] | None:
        """The newest record of an article, notices of its removal left out."""
        version: dict[str, Any]
        for _, version in reversed(self.memory.versions(url_key(same_article_key(url)))):
            if (version.get("revision") or {}).get("kind") != "removed":
                return version
        return None

    def _scraped(self, item: Any) -> None:
        """An article was written to the outputs. Their handlers are connected first, so they have run by now."""
        if not isinstance(item, Article):
            return
        url = item.requested_url or item.url
        key, site, now = url_key(same_article_key(url)), site_of(url), self.now
        record = record_of(item)
        self.outbox.enter(record)
        batch = self.batch
        before = self.memory.article(key) if item.revision is not None else None
        etag, modified = self._validators.pop(url, ("", ""))
        if before is None:
            batch.known.append((key, site, State.RECORDED, None))
            twins = self._identities.pop(url, None) or identity_keys(item)
            batch.known += [(twin, site, State.TWIN, None) for twin in twins if twin != key]
            state = ArticleState(key, site, url, now, self.schedule.first(now), etag=etag, modified=modified)
            batch.counts.append((site, 1, 0))
        else:
            assert item.revision is not None
            state = self.schedule.after(before, now, changed=True)
            state.number = item.revision.number
            state.removed = item.revision.kind == "removed"
            state.etag, state.modified = etag, modified
            batch.counts.append((site, 0, 1))
        if state.due:
            batch.articles.append(state)
        if state.due or state.number > 1:
            batch.versions.append((key, state.number, now, record))

    def robots(self, origin: str) -> RobotsCopy | None:
        """The robots.txt of an origin that an earlier run fetched."""
        return read_copy(self.memory, origin, self.now)

    def remember_robots(self, origin: str, url: str, body: bytes, headers: Mapping[Any, Any]) -> None:
        """The robots.txt of an origin, fetched from `url`."""
        self.batch.robots.append((origin, self.now, stored_copy(url, body, headers)))

    # -- for reports ----------------------------------------------------------------------------

    def new_per_day(self, site: str) -> int:
        """New records of a site (named as the run names it) in the last 24 hours."""
        known = getattr(self._crawler.spider, "sites", {}).get(site)
        name = site_of(known.seed) if known is not None else site
        return self.memory.new_records(name, self.now - 86400) + sum(
            new for of_site, new, _ in self.batch.counts if of_site == name
        )

    def report(self) -> dict[str, Any]:
        """What the manifest says of the memory."""
        return {"path": str(self._crawler.settings.get("NEWSCRAWL_MEMORY")), "isBroken": self.is_broken}

    # -- commits --------------------------------------------------------------------------------

    async def _start(self, spider: Spider) -> None:
        self._task = asyncio.ensure_future(self._commit_regularly())

    async def _commit_regularly(self) -> None:
        while not self._is_ending.is_set():
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._is_ending.wait(), _INTERVAL)
            await self.flush()

    async def flush(self) -> None:
        """Commit the batch. When that fails the run is stopped, and nothing is committed any more."""
        async with self._turn:
            if self.is_broken:
                return
            batch, self.batch = self.batch, Batch()
            batch.waiting += self._visits.values()
            self._visits.clear()
            batch.now = self.now
            try:
                paths = self.outbox.snapshot(batch)
                if batch or paths:
                    await asyncio.get_running_loop().run_in_executor(self._thread, self._write, batch, paths)
            except OSError as error:
                self._broke(error)

    def _write(self, batch: Batch, paths: list[str]) -> None:
        for path in paths:
            _sync(path)
        self.memory.commit(batch)

    def _commit_now(self, batch: Batch) -> None:
        """Commit a small batch and wait for it: it must be known before the next thing happens."""
        if self.is_broken:
            return
        batch.now = self.now
        try:
            self._thread.submit(self.memory.commit, batch).result()
        except OSError as error:
            self._broke(error)

    def _broke(self, error: OSError) -> None:
        self.is_broken = True
        logger.error("the memory cannot be written, so the crawl ends: %s", error)
        ledger_of(self._crawler).fault(ExitStatus.CANNOT_WRITE, str(error))
        if self._crawler.engine is not None and self._crawler.engine.spider is not None:
            self._stop = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="cannot_write"))

    async def _end(self) -> None:
        self._is_ending.set()
        if self._task is not None:
            await asyncio.wait({self._task})  # not cancelled: the batch that it is committing would be lost
        await self.flush()
        if self._retention and not self.is_broken:
            await asyncio.get_running_loop().run_in_executor(
                self._thread, self.memory.prune, self.now - self._retention
            )
        if self._crawler.settings.getbool("NEWSCRAWL_ENDS_WITH_PROCESS"):
            atexit.register(self._close)  # as late as possible: a run that is killed before this has not ended
        else:
            self._close()

    def _close(self) -> None:
        """The last act of a run. If it ended well, the outputs that it has overwritten are final from now on."""
        finish_reason = self._crawler.stats.get_value("finish_reason") if self._crawler.stats is not None else ""
        if not self.is_broken and not ledger_of(self._crawler).faults and end_fault(str(finish_reason)) is None:
            self.outbox.ended_well()
            if self.batch:
                self.batch.now = self.now
                try:
                    self.memory.commit(self.batch)
                except OSError as error:
                    logger.error("the end of the run cannot be written to the memory: %s", error)
        self._thread.shutdown()
        self.memory.close()


def _sync(path: str) -> None:
    """Bring a file, and its name in its folder, to disk."""
    for place in (path, os.path.dirname(path) or "."):
        try:
            file = os.open(place, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            os.fsync(file)
        finally:
            os.close(file)
