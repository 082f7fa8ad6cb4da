"""One life of the browser: from its start until it is closed or found dead.

Renders pages through scrapy-playwright's download handler.
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
from newscrawl.crawl.browser.rendered_page import RenderedPage, ScrollLimits
from newscrawl.crawl.browser.rendered_response import LARGEST, Limits, redirect_response, rendered_response
from newscrawl.crawl.browser.request_guard import RequestGuard

T = TypeVar("T")

#: Seconds that starting may take, that a tab or context may take to close, and that a healthy browser takes to respond.
_START, _CLOSE, _RESPOND = 60.0, 5.0, 5.0
#: Megabytes of a tab's memory that are not its scripts'.
_BESIDE_SCRIPTS = 128
#: Share of a page's seconds after which an article is not scrolled any more, so that time is left for reading it back.
_MAX_SCROLL_SHARE = 0.7


class BrowserGone(Exception):
    """The browser died or was closed while it was rendering a page."""


@dataclass
class _Context:
    account: ProxyAccount
    pages: int = 0
    last_used: float = field(default_factory=time.monotonic)
    is_busy: bool = False


class BrowserInstance:
    """One life of the browser. pages: how many it has rendered. rendering: how many it is rendering now."""

    def __init__(self, crawler: Crawler, limits: Limits) -> None:
        self._crawler = crawler
        self._limits = limits
        allows_private = crawler.settings.getbool("NEWSCRAWL_ALLOW_PRIVATE")
        self._proxy = Proxy(lambda address: False) if allows_private else Proxy()
        self._handler: ScrapyPlaywrightDownloadHandler | None = None
        self._gone = asyncio.Event()
        self._contexts: dict[str, _Context] = {}
        self._drivers: set[int] = set()
        self._proxy_url = ""
        self.pages = 0
        self.rendering = 0

    @property
    def is_gone(self) -> bool:
        """Has it died, or was it closed?"""
        return self._gone.is_set()

    async def start(self, path: str) -> None:
        """Start the browser at `path`."""
        before = {process.pid for process in descendants(os.getpid())}
        self._proxy_url = await self._proxy.start()
        handler = ScrapyPlaywrightDownloadHandler(self._crawler)
        handler.config.restart_disconnected_browser = False
        handler.config.max_pages_per_context = 1
        handler.config.navigation_timeout_ms = 1000 * self._limits.seconds
        heap = max(64, self._limits.memory // 2**20 - _BESIDE_SCRIPTS)
        handler.browser_provider_cls = partial(Chromium, path=path, proxy=self._proxy_url, heap=heap)
        self._handler = handler
        # scrapy-playwright does this when the engine starts, but the engine is running already
        await asyncio.wait_for(handler._launch(), _START)
        try:
            await asyncio.wait_for(handler._maybe_launch_browser(), _START)
        finally:
            self._drivers = {
                process.pid for process in descendants(os.getpid()) if process.is_driver and process.pid not in before
            }
        handler.browser.on("disconnected", lambda _: self._gone.set())

    async def render(self, document: Response, site: str, is_listing: bool) -> Response:
        """See `BrowserKeeper.render`. Raises BrowserGone, TimeoutError, or what Playwright raises."""
        context = self._contexts.get(site)
        if context is None:
            context = self._contexts[site] = _Context(self._proxy.open_account("site"))
        context.account.bytes_left = self._limits.bytes
        context.is_busy = True
        self.rendering += 1
        opened: list[Page] = []
        try:
            work = self._render(document, site, context.account, is_listing, opened)
            return await self._unless_gone(work, self._limits.seconds)
        finally:
            self.rendering -= 1
            self.pages += 1
            context.pages += 1
            context.last_used = time.monotonic()
            context.is_busy = False
            for page in opened:
                with suppress(Exception):
                    await self._unless_gone(page.close(), _CLOSE)

    async def _render(
        self, document: Response, site: str, account: ProxyAccount, is_listing: bool, opened: list[Page]
    ) -> Response:
        assert self._handler is not None
        began = time.monotonic()
        guards: list[RequestGuard] = []

        async def prepare(page: Page, request: Request) -> None:
            opened.append(page)
            guard = RequestGuard(page, document, self._limits.requests, account.close_silent)
            await guard.install()
            guards.append(guard)

        agent = document.request.headers.get("User-Agent") if document.request is not None else None
        request = Request(
            document.url,
            headers={"User-Agent": agent} if agent else {},
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_context": site,
                "playwright_context_kwargs": self._context_options(account, agent),
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit"},
            },
        )
        await self._handler.download_request(request)
        if not guards:
            raise RuntimeError("the guard of the page could not be installed")
        guard = guards[-1]
        page = RenderedPage(opened[-1], guard)
        await page.settle(is_listing, LARGEST)
        if guard.leads_to:
            return redirect_response(document, guard.leads_to)
        if is_listing:
            await page.unroll(ScrollLimits(self._limits.rounds, self._limits.seconds / 2))
        else:
            left = _MAX_SCROLL_SHARE * self._limits.seconds - (time.monotonic() - began)
            await page.fill_boxes(ScrollLimits(self._limits.rounds, min(left, self._limits.seconds / 2)))
        html = await page.read_back(LARGEST)
        return rendered_response(document, html, bool(guard.network_errors) or account.bytes_left < 0)

    def _context_options(self, account: ProxyAccount, agent: bytes | None) -> dict[str, object]:
        return {
            "accept_downloads": False,
            "service_workers": "block",
            "permissions": [],
            "viewport": {"width": 1280, "height": 1600},
            "reduced_motion": "reduce",
            "proxy": {
                "server": self._proxy_url,
                "bypass": "<-loopback>",
                "username": account.name,
                "password": account.password,
            },
            **({"user_agent": agent.decode("latin-1")} if agent else {}),
        }

    async def _unless_gone(self, work: Awaitable[T], seconds: float) -> T:
        """The result of `work`, which is cancelled if the browser dies or the time is over.

        Raises BrowserGone, TimeoutError, or what `work` raises.
        """
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
                task.add_done_callback(lambda done: done.cancelled() or done.exception())  # so that nobody warns of it

    async def is_responsive(self) -> bool:
        """Does it still open a context when it is told to?"""
        if self._handler is None or not hasattr(self._handler, "browser"):
            return False
        try:
            context = await self._unless_gone(self._handler.browser.new_context(), _RESPOND)
            await self._unless_gone(context.close(), _RESPOND)
        except Exception:
            return False
        return True

    async def close_contexts(self, seconds: float, pages: int) -> None:
        """Close contexts that were not used for so many seconds, or that have shown so many pages."""
        for site, context in list(self._contexts.items()):
            if context.is_busy or (context.pages < pages and time.monotonic() - context.last_used < seconds):
                continue
            self._contexts.pop(site)
            self._proxy.close_account(context.account)
            wrapper = self._handler.context_wrappers.pop(site, None) if self._handler is not None else None
            if wrapper is not None:
                with suppress(Exception):
                    await self._unless_gone(wrapper.context.close(), _CLOSE)

    def kill_large_tabs(self) -> int:
        """Kill tabs that use more memory than allowed. Returns the bytes of all processes of the browser together."""
        mine = self._processes()
        kill([process.pid for process in mine if process.is_renderer and process.resident > self._limits.memory])
        return sum(process.resident for process in mine)

    async def close(self) -> None:
        """Close the browser; kill processes that do not end. Never raises."""
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
        """The drivers, the browser and all its processes."""
        return [
            process
            for driver in self._drivers
            for process in (*(p for p in descendants(os.getpid()) if p.pid == driver), *descendants(driver))
        ]
