"""What is done in a page that the browser shows: wait until it has settled, scroll, press "load more", read it back.

Works through in_page.js in an isolated world of the page. The page's scripts cannot reach it: they cannot change what
its functions do, only what these see. Presses nothing but controls that load more of a list, and none in a form or
dialog.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError
from scrapy.http import Response
from selectolax.lexbor import LexborHTMLParser

from newscrawl.crawl.browser.request_guard import RequestGuard, as_utf8
from newscrawl.discover.pagination import more_phrases

#: Seconds between two looks at a page.
_POLL = 0.1
#: Seconds for which nothing may change until a page counts as settled: one that has brought all it should, an article
#: that has brought some text, one whose scripts met network errors, and one that has brought nothing yet.
_QUIET, _QUIET_WITH_TEXT, _QUIET_WITH_ERRORS, _QUIET_WITHOUT_TEXT = 0.5, 1.5, 2.0, 3.0
#: Seconds that a page may take to settle, and that one round of scrolling may take.
_MAX_SETTLE, _MAX_ROUND = 12.0, 4.0
#: Characters of running text, beyond what the server sent, that show some of an article, and all of it; links beyond
#: what the server sent that show a list.
_SOME_TEXT, _WHOLE_TEXT, _LIST_LINKS = 500, 2500, 3
#: Characters beyond what the server sent from which on a snapshot of an article is taken, and the factor by which they
#: must grow for the next one.
_SNAPSHOT_TEXT, _SNAPSHOT_GROWTH = 1500, 1.2
#: Seconds without an answer after which a page with a snapshot counts as hung.
_HUNG = 5.0
#: Rounds in a row that bring nothing, after which a list is at its end.
_MAX_UNPRODUCTIVE = 2
#: Scroll steps of almost a window's height in one round, and seconds between them.
_STEPS, _STEP_PAUSE = 20, 0.06
#: Boxes of a story in a row that stay empty in sight, after which no more are tried.
_MAX_EMPTY_BOXES = 6
_BROKEN = (PlaywrightError, TimeoutError, asyncio.TimeoutError)


@dataclass(frozen=True, slots=True)
class ScrollLimits:
    """rounds: of scrolling. seconds: for all of them."""

    rounds: int
    seconds: float


class RenderedPage:
    """A page that the browser shows.

    Once an article has brought much text, a snapshot of it is kept, which takes its place if the page hangs or dies
    afterwards. Without a snapshot all methods raise what Playwright raises, or TimeoutError.
    """

    def __init__(self, page: Page, guard: RequestGuard) -> None:
        self._page = page
        self._guard = guard
        self._session: CDPSession | None = None
        self._world = 0
        self._snapshot, self._is_hung = "", False

    async def _call(self, expression: str) -> Any:
        """The value of an expression that uses the functions of in_page.js, in our own world."""
        if self._session is None:
            self._session = await self._page.context.new_cdp_session(self._page)
            frames = await self._session.send("Page.getFrameTree")
            made = await self._session.send(
                "Page.createIsolatedWorld", {"frameId": frames["frameTree"]["frame"]["id"], "worldName": "newscrawl"}
            )
            self._world = made["executionContextId"]
            await self._evaluate(files("newscrawl.crawl.browser").joinpath("in_page.js").read_text("utf-8"))
        return await self._evaluate(expression)

    async def _evaluate(self, expression: str) -> Any:
        assert self._session is not None
        sent = self._session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self._world, "returnByValue": True, "timeout": 5000},
        )
        result = await asyncio.wait_for(sent, _HUNG if self._snapshot else None)
        if "exceptionDetails" in result:
            raise RuntimeError(f"in the page: {str(result['exceptionDetails'])[:300]}")
        return result["result"].get("value")

    async def _prose(self) -> int:
        """Characters of running text in the page."""
        return int((await self._call("measure()"))["prose"])

    # -- settling -------------------------------------------------------------------------------

    async def settle(self, is_listing: bool, characters: int) -> None:
        """Wait until nothing changes any more and the page has brought something, but not for ever.

        characters: the most that a snapshot may have.
        """
        try:
            await self._settle(is_listing, characters)
        except _BROKEN:
            if not self._snapshot:
                raise
            self._is_hung = True

    async def _settle(self, is_listing: bool, characters: int) -> None:
        prose, links = _measure(self._guard.document)
        began = quiet_since = time.monotonic()
        last: Any = None
        may_imitate, snapshot_growth = not is_listing, 0.0
        while time.monotonic() - began < _MAX_SETTLE:
            state = await self._call("measure()")
            now = time.monotonic()
            if state != last or self._guard.pending or state["loading"]:
                quiet_since = now
            last = state
            self._guard.release_stalled(state["loading"])
            growth = state["links"] - links if is_listing else state["prose"] - prose
            if not is_listing and growth >= max(_SNAPSHOT_TEXT, _SNAPSHOT_GROWTH * snapshot_growth):
                snapshot_growth, self._snapshot = growth, str(await self._call(f"snapshot({characters})"))
            quiet = self._quiet_needed(growth, is_listing)
            if now - quiet_since >= (quiet if is_listing or may_imitate else min(quiet, _QUIET_WITH_TEXT)):
                if not may_imitate or growth >= _SOME_TEXT or self._guard.leads_to:
                    return
                may_imitate, quiet_since = False, now  # scripts of some pages wait for the reader's first move
                await self._call("imitateReader()")
            await asyncio.sleep(_POLL)

    def _quiet_needed(self, growth: int, is_listing: bool) -> float:
        """Seconds for which a page must be quiet, given how much it has grown since the server sent it."""
        if self._guard.leads_to or (growth >= _LIST_LINKS if is_listing else growth >= _WHOLE_TEXT):
            return _QUIET
        if not is_listing and growth >= _SOME_TEXT:
            return _QUIET_WITH_TEXT
        return _QUIET_WITH_ERRORS if self._guard.network_errors else _QUIET_WITHOUT_TEXT

    # -- scrolling ------------------------------------------------------------------------------

    async def unroll(self, limits: ScrollLimits) -> None:
        """Scroll a list down and press "load more" until nothing new comes or the limits are reached."""
        end, unproductive = time.monotonic() + limits.seconds, 0
        phrases = json.dumps(sorted(more_phrases()))
        for _ in range(limits.rounds):
            before = await self._call("keepLinks()")
            height = await self._call("document.documentElement.scrollHeight")
            for _ in range(_STEPS):  # a virtual list contains only what is in sight
                if await self._call(f"scrollStep({height})"):
                    break
                await asyncio.sleep(_STEP_PAUSE)
                await self._call("keepLinks()")
            await self._call(f"loadMore({phrases})")
            found = await self._links_after_loading(before)
            unproductive = 0 if found > before else unproductive + 1
            if unproductive >= _MAX_UNPRODUCTIVE or time.monotonic() >= end:
                break
        await self._call("restoreLinks()")

    async def _links_after_loading(self, before: int) -> int:
        """The number of links once new ones have come, or nothing is left to wait for."""
        began = time.monotonic()
        while True:
            await asyncio.sleep(_POLL)
            found = int(await self._call("keepLinks()"))
            spent = time.monotonic() - began
            is_idle = not self._guard.pending and (found > before or spent >= 2 * _QUIET)
            if is_idle or spent >= _MAX_ROUND:
                return found

    async def fill_boxes(self, limits: ScrollLimits) -> None:
        """Scroll to the empty boxes of an article's story, one after another, for as long as that fills them.

        Many pages fill them only when they come into sight. A page without such boxes is not scrolled.
        """
        if self._is_hung:
            return
        try:
            await self._fill_boxes(limits)
        except _BROKEN:
            if not self._snapshot:
                raise
            self._is_hung = True

    async def _fill_boxes(self, limits: ScrollLimits) -> None:
        end = time.monotonic() + limits.seconds
        for _ in range(limits.rounds):
            before = last = await self._prose()
            shown = still_empty = 0
            while still_empty < _MAX_EMPTY_BOXES and time.monotonic() < end and await self._call("showNextEmptyBox()"):
                shown += 1
                await asyncio.sleep(_STEP_PAUSE)
                prose = await self._prose()
                still_empty, last = (0 if prose > last or self._guard.pending else still_empty + 1), prose
            if not shown:
                return
            quiet_since = began = time.monotonic()
            while (now := time.monotonic()) - quiet_since < _QUIET and now - began < _MAX_ROUND and now < end:
                await asyncio.sleep(_POLL)
                prose = await self._prose()
                if prose != last or self._guard.pending:
                    quiet_since, last = time.monotonic(), prose
            if last <= before or now >= end:
                return

    # -- reading back ---------------------------------------------------------------------------

    async def read_back(self, characters: int) -> str:
        """The page as HTML with the content of its open shadow trees; at most so many characters of it."""
        if self._is_hung:
            return self._snapshot
        try:
            return str(await self._call(f"serialise({characters})"))
        except _BROKEN:
            if not self._snapshot:
                raise
            return self._snapshot


def _measure(document: Response) -> tuple[int, int]:
    """Characters of running text, and links, that the server has sent: counted like `measure` in in_page.js."""
    tree = LexborHTMLParser(as_utf8(document))
    texts = [
        node.text().strip() for node in tree.css("p, li, blockquote, h2, h3, td") if node.css_first("p, li, a") is None
    ]
    return sum(len(text) for text in texts if len(text) > 60), len(tree.css("a[href]"))
