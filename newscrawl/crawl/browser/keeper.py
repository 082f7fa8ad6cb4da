"""The extension that keeps the one browser of a crawl:

started when a page first needs it, closed when idle, made anew when it dies.

A page is rendered of the document that Scrapy was sent (`render`), in a tab of its own, in its site's context; at most
so many tabs at once, one a site. Everything has its bounds: seconds, bytes and sub-requests a page, memory a tab. What
hangs or dies costs that page, which is tried once more. scrapy-playwright does the work; each life of the browser has a
handler of its own, so that a dead one leaves nothing behind (its own restart can wait for ever for what died).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.browser.findings import Findings
from newscrawl.crawl.browser.modes import Modes
from newscrawl.crawl.browser.rendered_response import Limits
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.discover.address import site_of

if TYPE_CHECKING:
    from newscrawl.crawl.browser.instance import BrowserInstance

logger = logging.getLogger(__name__)

#: Seconds between two looks at what is idle or grows.
_LOOK = 1.0
#: Pages after which a site's context is made anew, and after which the browser is: what a page leaves behind goes with
#: them.
_PAGES_A_CONTEXT, _PAGES_A_BROWSER = 50, 500
#: Times that the browser is started, with a pause between them, until it counts as one that does not start.
_STARTS = 3


class BrowserKeeper:
    """Get it with `crawler.get_extension(BrowserKeeper)`.

    missing: why there is no browser, once that is known. counts: what was done, for who reports.
    """

    def __init__(self, crawler: Crawler, modes: Modes, path: str, limits: Limits) -> None:
        self._crawler = crawler
        self.modes = modes
        self.limits = limits
        self.findings = Findings()
        self.missing = ""
        self.counts: Counter[str] = Counter()
        self._path = path
        self._life: BrowserInstance | None = None
        self._starting = asyncio.Lock()
        self._tabs = asyncio.Semaphore(limits.tabs)
        self._sites: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._used = time.monotonic()
        self._in_use = 0
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserKeeper:
        """Read the settings; ValueError for one that is wrong."""
        settings = crawler.settings
        limits = Limits(
            tabs=max(1, settings.getint("NEWSCRAWL_BROWSER_TABS")),
            seconds=settings.getfloat("NEWSCRAWL_BROWSER_SECONDS"),
            bytes=settings.getint("NEWSCRAWL_BROWSER_MAXSIZE"),
            requests=settings.getint("NEWSCRAWL_BROWSER_REQUESTS"),
            memory=settings.getint("NEWSCRAWL_BROWSER_MEMORY"),
            rounds=settings.getint("NEWSCRAWL_BROWSER_ROUNDS"),
            idle=settings.getfloat("NEWSCRAWL_BROWSER_IDLE"),
        )
        keeper = cls(
            crawler, Modes(settings.get("NEWSCRAWL_BROWSER")), str(settings.get("NEWSCRAWL_BROWSER_PATH") or ""), limits
        )
        crawler.signals.connect(keeper._ended, signal=signals.spider_closed)
        return keeper

    def is_available(self, url: str) -> bool:
        """May a page of this address be rendered, and is there a browser, as far as is known?"""
        return not self.missing and self.modes.of(url) != "never"

    async def render(self, document: Response, is_listing: bool) -> Response:
        """The page as the browser shows it, made of what the server sent (decoded, status 200).

        The response has the document's address, status and headers, and the flag `rendered`; where the page leads to
        another address, a redirect there. ReasonedIgnore("NeedsBrowser") where there is no browser,
        ReasonedIgnore("BrowserFailed") where it failed twice.
        """
        site = site_of(document.url)
        if self.modes.of(document.url) == "never":
            raise ReasonedIgnore("NeedsBrowser", "NEWSCRAWL_BROWSER=never")
        self._in_use += 1
        try:
            async with self._sites[site], self._tabs:
                return await self._tried(document, site, is_listing)
        finally:
            self._in_use -= 1
            self._used = time.monotonic()

    async def _tried(self, document: Response, site: str, is_listing: bool) -> Response:
        why = ""
        for attempt in (1, 2):
            life = await self._living()
            began = time.monotonic()
            try:
                response = await life.show(document, site, is_listing)
            except Exception as error:  # whatever becomes of a tab costs this page only
                why = (str(error) or type(error).__name__).partition("\n")[0]
                logger.info("%s: the browser failed (%s)%s", document.url, why, ", once more" if attempt == 1 else "")
                self.counts["failures"] += 1
                if life.is_gone or not await life.answers():
                    await self._end(life)
                continue
            self.counts["pages"] += 1
            self._crawler.stats.inc_value("newscrawl/browser/pages")
            self._crawler.stats.inc_value("newscrawl/browser/milliseconds", int(1000 * (time.monotonic() - began)))
            if life.pages >= _PAGES_A_BROWSER and life.shown == 0:
                await self._end(life)
            return response
        raise ReasonedIgnore("BrowserFailed", f"the browser failed twice: {why}")

    async def _living(self) -> BrowserInstance:
        """The browser, started if need be."""
        async with self._starting:
            if self._life is not None and not self._life.is_gone:
                return self._life
            if self._life is not None:
                await self._life.end()
                self._life = None
            if self.missing:
                raise ReasonedIgnore("NeedsBrowser", self.missing)
            self._life = life = await self._begun()
            if self._watch is None:
                self._watch = asyncio.ensure_future(self._look_after())
            return life

    async def _begun(self) -> BrowserInstance:
        """A new life of the browser.

        ReasonedIgnore("NeedsBrowser") where there is none, or where it does not start though tried more than once.
        """
        from newscrawl.crawl.browser.instance import BrowserInstance
        from newscrawl.crawl.browser.launch import (
            BrowserMissing,
            find_browser,
        )  # costs time and memory: for who needs it

        for attempt in range(1, _STARTS + 1):
            life = BrowserInstance(self._crawler, self.limits)
            try:
                await life.begin(find_browser(self._path))
            except Exception as error:
                await life.end()
                if isinstance(error, BrowserMissing) or attempt == _STARTS:
                    self.missing = (
                        str(error)
                        if isinstance(error, BrowserMissing)
                        else f"the browser does not start: {_in_short(error)}"
                    )
                    logger.warning("Pages that need a browser are left out: %s", self.missing)
                    raise ReasonedIgnore("NeedsBrowser", self.missing) from error
                logger.info("The browser did not start (%s), once more", _in_short(error))
                await asyncio.sleep(attempt)
                continue
            self.counts["starts"] += 1
            self._crawler.stats.inc_value("newscrawl/browser/starts")
            return life
        raise AssertionError("a loop that returns or raises")

    async def _end(self, life: BrowserInstance) -> None:
        if self._life is life:
            self._life = None
        await life.end()

    async def _look_after(self) -> None:
        """Close what is idle; kill tabs that have grown too large."""
        while True:
            await asyncio.sleep(_LOOK)
            life = self._life
            if life is None:
                continue
            with suppress(Exception):
                peak = life.kill_the_large()
                self._crawler.stats.max_value("newscrawl/browser/peak_bytes", peak)
                if not self._in_use and time.monotonic() - self._used > self.limits.idle:
                    logger.info("The browser is idle, and closed")
                    await self._end(life)
                else:
                    await life.close_idle(self.limits.idle, _PAGES_A_CONTEXT)

    async def _ended(self, spider: Spider) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if self._life is not None:
            await self._end(self._life)

    def lines(self) -> list[str]:
        """What the summary says of the browser."""
        if self.missing:
            return [f"browser: {self.missing}"]
        if not self.counts["pages"] and not self.counts["failures"]:
            return []
        said = f"browser: {self.counts['pages']} pages rendered"
        return [said + (f", {self.counts['failures']} failures" if self.counts["failures"] else "")]


def _in_short(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if any("No usable sandbox" in line for line in lines):
        return "Chromium finds no usable sandbox; allow user namespaces, or set PLAYWRIGHT_LAUNCH_OPTIONS='{\"chromium_sandbox\": false}'"
    return " ".join(lines[:2]) or type(error).__name__
