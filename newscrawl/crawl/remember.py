"""The extension that keeps the memory of a run: opens it, gathers what there is to remember, and commits it now and then, off the event loop.

`NEWSCRAWL_MEMORY`: the path of the memory; without it there is none, and nothing here runs. What a run learns goes into a batch; twice a second the
batch is committed, after the outputs that it speaks of are on disk. A process that dies loses at most the batch, and with it all that the outputs
got since: so the next run does it again.
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
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.article import Article
from newscrawl.crawl.exporters import as_record
from newscrawl.crawl.identity import identity_keys
from newscrawl.crawl.job import Job
from newscrawl.crawl.ledger import LedgerKeeper
from newscrawl.crawl.outbox import Outbox
from newscrawl.crawl.status import ExitStatus, end_fault
from newscrawl.discover.address import same_article_key, site_of
from newscrawl.fate import url_key
from newscrawl.memory import ArticleState, Batch, Memory, State, Waiting, open_memory
from newscrawl.memory.schedule import Schedule, parse_age, parse_spans

logger = logging.getLogger(__name__)

#: Seconds between two commits.
_INTERVAL = 0.5
#: Memories that the command opened before the crawl began, by path: so that a memory in use is told of before anything else happens.
_opened: dict[str, Memory] = {}


def open_early(path: str) -> None:
    """Open the memory for the crawl that will ask for it; MemoryBusy, MemoryUnusable."""
    _opened[path] = open_memory(path)


@dataclass(frozen=True)
class KnownRobots:
    """The robots.txt of an earlier run. headers: to ask again with. moment: when it was had. is_fresh: may it stand in for one that cannot be had (RFC 9309, 2.4: 24 hours)?"""

    url: str
    body: bytes
    headers: dict[str, str]
    is_fresh: bool
    moment: float = 0.0

    @property
    def validators(self) -> dict[str, str]:
        """The headers that an answer would have given these validators in."""
        given = {
            "ETag": self.headers.get("If-None-Match", ""),
            "Last-Modified": self.headers.get("If-Modified-Since", ""),
        }
        return {name: value for name, value in given.items() if value}


class MemoryKeeper:
    """Keeps the memory; get it with `crawler.get_extension(MemoryKeeper)`, None where no memory is on. batch: what is not committed yet."""

    def __init__(self, crawler: Crawler, memory: Memory) -> None:
        self.memory = memory
        self.batch = Batch()
        self.schedule = Schedule(parse_spans(crawler.settings.get("NEWSCRAWL_REVISIT")))
        self._retention = parse_age(crawler.settings.get("NEWSCRAWL_RETENTION"))
        self.outbox = Outbox(memory, lambda: self.batch, self.flush, self._commit_now)
        self.is_broken = False
        self._met: dict[int, Waiting] = {}
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
        """This moment, in seconds."""
        return int(time.time())

    # -- what is remembered ---------------------------------------------------------------------

    def meets(self, waiting: Waiting) -> None:
        """A visit will be made, in this run or a later one."""
        self._met[waiting.key] = waiting

    def is_over(self, key: int) -> None:
        """A visit has come to its end."""
        if self._met.pop(key, None) is None:
            self.batch.settled.append(key)

    def knows(self, key: int, site: str, state: State, due: int | None = None) -> None:
        """From now on this is known of an address."""
        self.batch.known.append((key, site, state, due))

    def remember_identity(self, url: str, keys: set[int]) -> None:
        """What the article of this address is known by."""
        self._identities[url] = keys

    def remember_validators(self, url: str, etag: str, modified: str) -> None:
        """What the answer that an article was read of gave to ask again with."""
        if etag or modified:
            self._validators[url] = (etag, modified)

    def unchanged(self, url: str) -> None:
        """An article was visited again, and is what it was."""
        state = self.memory.article(url_key(same_article_key(url)))
        if state is not None:
            etag, modified = self._validators.pop(url, (state.etag, state.modified))
            state = self.schedule.after(state, self.now, changed=False)
            state.etag, state.modified = etag, modified
            self.batch.articles.append(state)

    def newest_whole(self, url: str) -> dict[str, Any] | None:
        """The newest record of an article that is no notice of its removal."""
        version: dict[str, Any]
        for _, version in reversed(self.memory.versions(url_key(same_article_key(url)))):
            if (version.get("revision") or {}).get("kind") != "removed":
                return version
        return None

    def _scraped(self, item: Any) -> None:
        """An article was written to the outputs: after them, because they were connected first."""
        if not isinstance(item, Article):
            return
        url = item.requested_url or item.url
        key, site, now = url_key(same_article_key(url)), site_of(url), self.now
        made = as_record(item)
        self.outbox.enter(made)
        batch = self.batch
        before = self.memory.article(key) if item.revision is not None else None
        etag, modified = self._validators.pop(url, ("", ""))
        if before is None:
            batch.known.append((key, site, State.RECORDED, None))
            batch.known += [
                (twin, site, State.TWIN, None)
                for twin in self._identities.pop(url, None) or identity_keys(item)
                if twin != key
            ]
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
            batch.versions.append((key, state.number, now, made))

    def robots(self, origin: str) -> KnownRobots | None:
        """The robots.txt of an origin as an earlier run had it."""
        found = self.memory.robots(origin)
        if found is None:
            return None
        moment, answer = found
        named = {"If-None-Match": answer.get("etag"), "If-Modified-Since": answer.get("modified")}
        is_trusted = not self.memory.host(urlsplit(origin).netloc).distrusted
        headers = {name: value for name, value in named.items() if value and is_trusted}
        return KnownRobots(
            answer["url"], answer["body"].encode("latin-1"), headers, 0 <= self.now - moment < 86400, float(moment)
        )

    def remember_robots(self, origin: str, url: str, body: bytes, headers: Mapping[Any, Any]) -> None:
        """What an origin's robots.txt says."""
        given = {name: _text(headers.get(name)) for name in ("ETag", "Last-Modified")}
        answer = {"url": url, "body": body.decode("latin-1"), "etag": given["ETag"], "modified": given["Last-Modified"]}
        self.batch.robots.append((origin, self.now, answer))

    def new_per_day(self, site: str) -> int:
        """New records of a site, as the run names it, in the last 24 hours."""
        known = getattr(self._crawler.spider, "sites", {}).get(site)
        name = site_of(known.seed) if known is not None else site
        return self.memory.new_records(name, self.now - 86400) + sum(
            new for one, new, _ in self.batch.counts if one == name
        )

    def report(self) -> dict[str, Any]:
        """What a manifest says of the memory."""
        return {"path": str(self._crawler.settings.get("NEWSCRAWL_MEMORY")), "isBroken": self.is_broken}

    # -- commits --------------------------------------------------------------------------------

    async def _start(self, spider: Spider) -> None:
        job = self._crawler.get_extension(Job)
        if job is not None:
            job.new_per_day = self.new_per_day
            job.memory = self.report()
        self._task = asyncio.ensure_future(self._tick())

    async def _tick(self) -> None:
        while not self._is_ending.is_set():
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._is_ending.wait(), _INTERVAL)
            await self.flush()

    async def flush(self) -> None:
        """Commit all that there is to remember. When it cannot be written, the run is stopped, and nothing is committed any more."""
        async with self._turn:
            if self.is_broken:
                return
            batch, self.batch = self.batch, Batch()
            batch.waiting += self._met.values()
            self._met.clear()
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
        """Commit a small batch, and wait for it: what must be known before the next thing happens."""
        if self.is_broken:
            return
        batch.now = self.now
        try:
            self._thread.submit(self.memory.commit, batch).result()
        except OSError as error:
            self._broke(error)

    def _broke(self, error: OSError) -> None:
        self.is_broken = True
        logger.error("what is to be remembered cannot be written, so the crawl ends: %s", error)
        keeper = self._crawler.get_extension(LedgerKeeper)
        if keeper is not None:
            keeper.fault(ExitStatus.CANNOT_WRITE, str(error))
        if self._crawler.engine is not None and self._crawler.engine.spider is not None:
            self._stop = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="cannot_write"))

    async def _end(self) -> None:
        self._is_ending.set()
        if self._task is not None:
            await asyncio.wait({self._task})  # never cancelled: what it has taken to commit would be lost
        await self.flush()
        if self._retention and not self.is_broken:
            await asyncio.get_running_loop().run_in_executor(
                self._thread, self.memory.prune, self.now - self._retention
            )
        if self._crawler.settings.getbool("NEWSCRAWL_ENDS_WITH_PROCESS"):
            atexit.register(self._close)  # the later the better: a run that is killed before this has not ended
        else:
            self._close()

    def _close(self) -> None:
        """The last thing of a run: what it has overwritten stands from now on, if it has ended well."""
        keeper = self._crawler.get_extension(LedgerKeeper)
        if (
            not self.is_broken
            and keeper is not None
            and not keeper.faults
            and end_fault(_finish_reason(self._crawler)) is None
        ):
            self.outbox.ended_well()
            if self.batch:
                self.batch.now = self.now
                try:
                    self.memory.commit(self.batch)
                except OSError as error:
                    logger.error("the end of the run cannot be written: %s", error)
        self._thread.shutdown()
        self.memory.close()


def _text(value: bytes | str | None) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value or ""


def _finish_reason(crawler: Crawler) -> str:
    return str(crawler.stats.get_value("finish_reason")) if crawler.stats is not None else ""


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
