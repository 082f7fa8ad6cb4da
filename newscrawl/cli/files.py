"""Extracts articles from files, over several processes. A page that fails, or kills its process, costs itself."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from multiprocessing import get_context

from newscrawl.article import Article, Page
from newscrawl.check import check, forced
from newscrawl.cli.inputs import Source
from newscrawl.cli.results import Result, written
from newscrawl.errors import NewscrawlError
from newscrawl.extract import read_page
from newscrawl.read import open_document
from newscrawl.read.plain_text import read_text
from newscrawl.sites import SiteOptions
from newscrawl.strip import strip

#: Pages that wait for each process at once: enough to keep it busy, and few enough to keep memory small.
_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Work:
    """How every page is extracted. url: where the page came from. is_text: the files are plain text."""

    form: str = "jsonl"
    url: str = ""
    without: tuple[str, ...] = ()
    is_forced: bool = False
    is_text: bool = False
    site: SiteOptions | None = None

    def with_site(self, site: SiteOptions) -> Work:
        """The same for pages of a site of the sites file."""
        return replace(self, without=(*self.without, *site.without_rules), site=site)


def article_of(source: Source, work: Work) -> Article:
    """The article of a page. Raises NewscrawlError and OSError."""
    data = source.read()
    if work.is_text:
        return strip(read_text(data.decode("utf-8-sig", "replace"), work.url), work.without)
    page = Page(work.url, data, datetime.now(timezone.utc))
    article = read_page(page, work.site.selectors if work.site is not None else None)
    if work.site is not None and work.site.page_object:
        from newscrawl.crawl.articles.page_objects import with_page_object  # late: it takes Scrapy

        article = asyncio.run(with_page_object(work.site, open_document(page), article))
    article = strip(article, work.without)
    return forced(article) if work.is_forced else check(article)


def result_of(source: Source, work: Work) -> Result:
    """What becomes of a page. Raises nothing."""
    try:
        article = article_of(source, work)
        text = written(article, work.form, source.name)
        return Result(source.name, text, article.refusal or "")
    except NewscrawlError as error:
        return Result(source.name, reason=error.reason, detail=str(error))
    except OSError as error:
        return Result(source.name, reason="Unreadable", detail=error.strerror or str(error))
    except Exception as error:
        return Result(source.name, reason="SpiderError", detail=repr(error))


def results_of(sources: Iterable[Source], work: Work, jobs: int) -> Iterator[Result]:
    """What becomes of each page, in order. jobs: processes."""
    if jobs <= 1:
        yield from (result_of(source, work) for source in sources)
        return
    waiting: list[tuple[Source, Future[Result]]] = []
    pool = _pool(jobs)
    try:
        for source in sources:
            if len(waiting) >= jobs * _AHEAD:
                yield _first(waiting, work)
            try:
                waiting.append((source, pool.submit(result_of, source, work)))
            except BrokenProcessPool:
                while waiting:
                    yield _first(waiting, work)
                pool = _pool(jobs)
                waiting.append((source, pool.submit(result_of, source, work)))
        while waiting:
            yield _first(waiting, work)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_signals)


def _leave_signals() -> None:
    """Ctrl-C reaches every process of a terminal: only the first one answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _first(waiting: list[tuple[Source, Future[Result]]], work: Work) -> Result:
    """The result of the page that waits longest; where its pool broke, it gets a process of its own."""
    source, future = waiting.pop(0)
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    with _pool(1) as alone:
        try:
            return alone.submit(result_of, source, work).result()
        except BrokenProcessPool:
            return Result(source.name, reason="SpiderError", detail="its process was killed (out of memory?)")
