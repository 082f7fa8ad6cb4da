"""One life of the browser:

from its start until it is closed, or found dead. Shows pages through scrapy-playwright's handler.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from playwright.async_api import Page
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # type: ignore[import-untyped]

from newscrawl.crawl.browser.launch import Chromium
from newscrawl.crawl.browser.processes import Process, descendants, kill
from newscrawl.crawl.browser.proxy import Proxy, ProxyAccount
from newscrawl.crawl.browser.rendered_page import Bounds, RenderedPage
from newscrawl.crawl.browser.rendered_response import LARGEST, Limits, redirect_response, rendered_response
from newscrawl.crawl.browser.request_guard import Guard

T = TypeVar("T")

#: Seconds that starting may take, that a tab or context may take to close, and that a living browser takes to answer.
_START, _CLOSE, _ANSWER = 60.0, 5.0, 5.0
#: Megabytes of a tab's memory that are not its scripts'.
_BESIDE_SCRIPTS = 128
#: Share of a page's seconds after which an article is not looked through any more: it has to be read back, too.
_MOST = 0.7


class BrowserGone(Exception):
    """The browser died or was closed while it was at work."""


@dataclass
class _Context:
    way: ProxyAccount
    pages: int = 0
    used: float = field(default_factory=time.monotonic)
    is_busy: bool = False


class BrowserInstance:
    """is_gone: it is dead, or has ended. pages: it has shown. shown: pages it shows now."""

    def __init__(self, crawler: Crawler, limits: Limits) -> None:
        self._crawler = crawler
        self._limits = limits
        self._proxy = (
            Proxy() if not crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE") else Proxy(lambda address: False)
        )
        self._handler: ScrapyPlaywrightDownloadHandler | None = None
        self._gone = asyncio.Event()
        self._contexts: dict[str, _Context] = {}
        self._drivers: set[int] = set()
        self._address = ""
        self.pages = 0
        self.shown = 0

    @property
    def is_gone(self) -> bool:
        """Is it dead, or has it ended?"""
        return self._gone.is_set()

    async def begin(self, path: str) -> None:
        """Start the browser at `path`."""
        older = {process.pid for process in descendants(os.getpid())}
        self._address = await self._proxy.start()
        handler = ScrapyPlaywrightDownloadHandler(self._crawler)
        handler.config.restart_disconnected_browser = False
        handler.config.max_pages_per_context = 1
        handler.config.navigation_timeout_ms = 1000 * self._limits.seconds
        heap = max(64, self._limits.memory // 2**20 - _BESIDE_SCRIPTS)
        handler.browser_provider_cls = partial(Chromium, path=path, proxy=self._address, heap=heap)
        self._handler = handler
        # theirs begins with the engine, which has begun already
        await asyncio.wait_for(handler._launch(), _START)
        try:
            await asyncio.wait_for(handler._maybe_launch_browser(), _START)
        finally:
            self._drivers = {
                process.pid for process in descendants(os.getpid()) if process.is_driver and process.pid not in older
            }
        handler.browser.on("disconnected", lambda _: self._gone.set())

    async def show(self, document: Response, site: str, is_listing: bool) -> Response:
        """See `BrowserKeeper.render`. BrowserGone, TimeoutError, or what Playwright raises."""
        context = self._contexts.get(site)
        if context is None:
            context = self._contexts[site] = _Context(self._proxy.open_way("site"))
        context.way.bytes_left = self._limits.bytes
        context.is_busy = True
        self.shown += 1
        shown: list[Page] = []
        try:
            return await self._or_gone(self._show(document, site, context.way, is_listing, shown), self._limits.seconds)
        finally:
            self.shown -= 1
            self.pages += 1
            context.pages += 1
            context.used = time.monotonic()
            context.is_busy = False
            for page in shown:
                with suppress(Exception):
                    await self._or_gone(page.close(), _CLOSE)

    async def _show(
        self, document: Response, site: str, way: ProxyAccount, is_listing: bool, shown: list[Page]
    ) -> Response:
        assert self._handler is not None
        began = time.monotonic()
        guards: list[Guard] = []

        async def prepare(page: Page, request: Request) -> None:
            shown.append(page)
            guard = Guard(page, document, self._limits.requests, way.close_silent)
            await guard.close_doors()
            guards.append(guard)

        agent = document.request.headers.get("User-Agent") if document.request is not None else None
        request = Request(
            document.url,
            headers={"User-Agent": agent} if agent else {},
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_context": site,
                "playwright_context_kwargs": self._context_options(way, agent),
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit"},
            },
        )
        await self._handler.download_request(request)
        if not guards:
            raise RuntimeError("the page's doors could not be closed")
        guard, page = guards[-1], shown[-1]
        view = RenderedPage(page, guard)
        await view.settle(is_listing, LARGEST)
        if guard.leads_to:
            return redirect_response(document, guard.leads_to)
        if is_listing:
            await view.grow(Bounds(self._limits.rounds, self._limits.seconds / 2))
        else:
            left = _MOST * self._limits.seconds - (time.monotonic() - began)
            await view.look_through(Bounds(self._limits.rounds, min(left, self._limits.seconds / 2)))
        html = await view.read_back(LARGEST)
        return rendered_response(document, html, bool(guard.hampered) or way.bytes_left < 0)

    def _context_options(self, way: ProxyAccount, agent: bytes | None) -> dict[str, object]:
        return {
            "accept_downloads": False,
            "service_workers": "block",
            "permissions": [],
            "viewport": {"width": 1280, "height": 1600},
            "reduced_motion": "reduce",
            "proxy": {"server": self._address, "bypass": "<-loopback>", "username": way.name, "password": way.password},
            **({"user_agent": agent.decode("latin-1")} if agent else {}),
        }

    async def _or_gone(self, work: Awaitable[T], seconds: float) -> T:
        """What `work` gives, unless the browser dies or the time is over: then it is let go of."""
        task = asyncio.ensure_future(work)
        gone = asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait({task, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            if self._gone.is_set():
                raise BrowserGone("the browser died")
            raise TimeoutError(f"not done within {seconds:g} s")
        finally:
            gone.cancel()
            if not task.done():
                task.cancel()
                task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def answers(self) -> bool:
        """Does it still do what it is asked?"""
        if self._handler is None or not hasattr(self._handler, "browser"):
            return False
        try:
            context = await self._or_gone(self._handler.browser.new_context(), _ANSWER)
            await self._or_gone(context.close(), _ANSWER)
        except Exception:
            return False
        return True

    async def close_idle(self, seconds: float, pages: int) -> None:
        """Close contexts that were not used for so long, or that have shown so many pages."""
        for site, context in list(self._contexts.items()):
            if context.is_busy or (context.pages < pages and time.monotonic() - context.used < seconds):
                continue
            self._contexts.pop(site)
            self._proxy.close_way(context.way)
            wrapper = self._handler.context_wrappers.pop(site, None) if self._handler is not None else None
            if wrapper is not None:
                with suppress(Exception):
                    await self._or_gone(wrapper.context.close(), _CLOSE)

    def kill_the_large(self) -> int:
        """Kill tabs that hold more memory than allowed; bytes of all processes of the browser together."""
        mine = self._processes()
        kill([process.pid for process in mine if process.is_renderer and process.resident > self._limits.memory])
        return sum(process.resident for process in mine)

    async def end(self) -> None:
        """Close it; what does not close is killed. Never raises."""
        was_gone, handler = self.is_gone, self._handler
        self._gone.set()
        mine = {process.pid for process in self._processes()}
        if handler is not None:
            with suppress(Exception, asyncio.CancelledError):
                await asyncio.wait_for(handler.close(), 1.0 if was_gone else _CLOSE)
        with suppress(Exception):
            await asyncio.wait_for(self._proxy.close(), 1.0)
        kill(sorted(mine & {process.pid for process in descendants(os.getpid())}))

    def _processes(self) -> list[Process]:
        """The driver, the browser and all that belongs to it."""
        return [
            process
            for driver in self._drivers
            for process in (*(p for p in descendants(os.getpid()) if p.pid == driver), *descendants(driver))
        ]
