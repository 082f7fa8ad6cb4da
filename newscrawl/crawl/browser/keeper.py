"""The extension that keeps the one browser of a crawl.

The browser is started when a page first needs it, closed when idle, and restarted when it dies. It renders the document
that Scrapy was sent (`BrowserKeeper.render`), in a tab of its own in the context of its site; only so many tabs are
open at once, and one for each site. Everything is bounded: seconds, bytes and sub-requests of a page, memory of a tab.
A tab that hangs or dies costs its page only, which is tried once more.

scrapy-playwright does the work. Each life of the browser has a download handler of its own, so that a dead browser
leaves nothing behind; scrapy-playwright's own restart can wait for ever for what has died.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.browser.findings import Findings
from newscrawl.crawl.browser.modes import Modes, missing_driver
from newscrawl.crawl.browser.rendered_response import Limits
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.discover.address import site_of
from newscrawl.units import counted

if TYPE_CHECKING:
    from newscrawl.crawl.browser.instance import BrowserInstance

logger = logging.getLogger(__name__)

#: Seconds between two checks for what is idle or has grown too large.
_CHECK_INTERVAL = 1.0
#: Pages after which the context of a site is replaced, and after which the browser is: what pages leave behind goes
#: with them.
_PAGES_A_CONTEXT, _PAGES_A_BROWSER = 50, 500
#: Attempts to start the browser, with pauses between them, until it counts as one that does not start.
_MAX_STARTS = 3


class BrowserKeeper:
    """Get it with `crawler.get_extension(BrowserKeeper)`.

    missing: why there is no browser, once that is known. counts: of rendered pages, failures and starts, for reports.
    """

    def __init__(self, crawler: Crawler, modes: Modes, path: str, limits: Limits) -> None:
        self._crawler = crawler
        self.modes = modes
        self.limits = limits
        self.findings = Findings()
        self.missing = ""
        self.counts: Counter[str] = Counter()
        self._path = path
        self._instance: BrowserInstance | None = None
        self._starting = asyncio.Lock()
        self._tabs = asyncio.Semaphore(limits.tabs)
        self._sites: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last_used = time.monotonic()
        self._in_use = 0
        self._watcher: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserKeeper:
        """Read the settings. Raises ValueError for one that is wrong, or that cannot be followed here."""
        settings = crawler.settings
        modes = Modes(settings.get("NEWSCRAWL_BROWSER"))
        modes.check_driver()
        limits = Limits(
            tabs=max(1, settings.getint("NEWSCRAWL_BROWSER_TABS")),
            seconds=settings.getfloat("NEWSCRAWL_BROWSER_SECONDS"),
            bytes=settings.getint("NEWSCRAWL_BROWSER_MAXSIZE"),
            requests=settings.getint("NEWSCRAWL_BROWSER_REQUESTS"),
            memory=settings.getint("NEWSCRAWL_BROWSER_MEMORY"),
            rounds=settings.getint("NEWSCRAWL_BROWSER_ROUNDS"),
            idle=settings.getfloat("NEWSCRAWL_BROWSER_IDLE"),
        )
        path = str(settings.get("NEWSCRAWL_BROWSER_PATH") or "")
        keeper = cls(crawler, modes, path, limits)
        crawler.signals.connect(keeper._spider_closed, signal=signals.spider_closed)
        return keeper

    def is_available(self, url: str) -> bool:
        """May the page of a URL be rendered, and is there a browser, as far as is known?"""
        return not self.missing and self.modes.of(url) != "never"

    async def render(self, document: Response, is_listing: bool) -> Response:
        """The page as the browser shows it. document: what the server sent, decoded, with status 200.

        Returns a response with the URL, status and headers of the document and the flag `rendered`; or, if the page
        navigates to another URL, a redirect there. Raises ReasonedIgnore: `NeedsBrowser` without a browser,
        `BrowserFailed` if it failed twice.
        """
        site = site_of(document.url)
        if self.modes.of(document.url) == "never":
            raise ReasonedIgnore("NeedsBrowser", "NEWSCRAWL_BROWSER=never")
        self._in_use += 1
        try:
            async with self._sites[site], self._tabs:
                return await self._render(document, site, is_listing)
        finally:
            self._in_use -= 1
            self._last_used = time.monotonic()

    async def _render(self, document: Response, site: str, is_listing: bool) -> Response:
        why = ""
        for attempt in (1, 2):
            instance = await self._running()
            began = time.monotonic()
            try:
                response = await instance.render(document, site, is_listing)
            except Exception as error:  # whatever happens to a tab costs this page only
                why = (str(error) or type(error).__name__).partition("\n")[0]
                logger.info(
                    "%s: the browser failed (%s)%s", document.url, why, ", trying again" if attempt == 1 else ""
                )
                self.counts["failures"] += 1
                if instance.is_gone or not await instance.is_responsive():
                    await self._close(instance)
                continue
            self.counts["pages"] += 1
            self._crawler.stats.inc_value("newscrawl/browser/pages")
            self._crawler.stats.inc_value("newscrawl/browser/milliseconds", int(1000 * (time.monotonic() - began)))
            if instance.pages >= _PAGES_A_BROWSER and not instance.rendering:
                await self._close(instance)
            return response
        raise ReasonedIgnore("BrowserFailed", f"the browser failed twice: {why}")

    async def _running(self) -> BrowserInstance:
        """The browser, started if need be."""
        async with self._starting:
            if self._instance is not None and not self._instance.is_gone:
                return self._instance
            if self._instance is not None:
                await self._instance.close()
                self._instance = None
            if self.missing:
                raise ReasonedIgnore("NeedsBrowser", self.missing)
            self._instance = instance = await self._start()
            if self._watcher is None:
                self._watcher = asyncio.ensure_future(self._watch())
            return instance

    async def _start(self) -> BrowserInstance:
        """A new life of the browser.

        Raises ReasonedIgnore: `NeedsBrowser` if there is no browser, or if it does not start in several attempts.
        """
        if missing := missing_driver():
            self._declare_missing(missing)
        # imported late: only crawls that need a browser should load these, which costs time and memory
        from newscrawl.crawl.browser.instance import BrowserInstance
        from newscrawl.crawl.browser.launch import BrowserMissing, find_browser

        for attempt in range(1, _MAX_STARTS + 1):
            instance = BrowserInstance(self._crawler, self.limits)
            try:
                await instance.start(find_browser(self._path))
            except Exception as error:
                await instance.close()
                if isinstance(error, BrowserMissing):
                    self._declare_missing(str(error), error)
                if attempt == _MAX_STARTS:
                    self._declare_missing(f"the browser does not start: {_in_short(error)}", error)
                logger.info("The browser did not start (%s), trying again", _in_short(error))
                await asyncio.sleep(attempt)
                continue
            self.counts["starts"] += 1
            self._crawler.stats.inc_value("newscrawl/browser/starts")
            return instance
        raise AssertionError("the loop returns or raises")

    def _declare_missing(self, why: str, error: Exception | None = None) -> NoReturn:
        self.missing = why
        logger.warning("Pages that need a browser cannot be rendered: %s", why)
        raise ReasonedIgnore("NeedsBrowser", why) from error

    async def _close(self, instance: BrowserInstance) -> None:
        if self._instance is instance:
            self._instance = None
        await instance.close()

    async def _watch(self) -> None:
        """Close what is idle; kill tabs that have grown too large."""
        while True:
            await asyncio.sleep(_CHECK_INTERVAL)
            instance = self._instance
            if instance is None:
                continue
            with suppress(Exception):
                peak = instance.kill_large_tabs()
                self._crawler.stats.max_value("newscrawl/browser/peak_bytes", peak)
                if not self._in_use and time.monotonic() - self._last_used > self.limits.idle:
                    logger.info("The browser is idle and is closed")
                    await self._close(instance)
                else:
                    await instance.close_contexts(self.limits.idle, _PAGES_A_CONTEXT)

    async def _spider_closed(self, spider: Spider) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        if self._instance is not None:
            await self._close(self._instance)

    def lines(self) -> list[str]:
        """What the summary says about the browser."""
        if self.missing:
            return [f"browser: {self.missing}"]
        if not self.counts["pages"] and not self.counts["failures"]:
            return []
        line = f"browser: {counted(self.counts['pages'], 'page')} rendered"
        return [line + (f", {counted(self.counts['failures'], 'failure')}" if self.counts["failures"] else "")]


def _in_short(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if any("No usable sandbox" in line for line in lines):
        return (
            "Chromium finds no usable sandbox; allow user namespaces, "
            "or set PLAYWRIGHT_LAUNCH_OPTIONS='{\"chromium_sandbox\": false}'"
        )
    return " ".join(lines[:2]) or type(error).__name__
