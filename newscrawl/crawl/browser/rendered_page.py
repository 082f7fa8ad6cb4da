"""What is done in a page that the browser shows:

waiting until it has settled, scrolling, pressing "load more", reading it back.

Works in a world of its own within the page, where the page's scripts cannot reach: they cannot change what these
functions do, only what they see. Presses nothing but what loads more of a list, and nothing that stands in a form or a
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

from newscrawl.crawl.browser.request_guard import Guard, as_utf8
from newscrawl.discover.pagination import more_phrases

#: Seconds between two looks; how long nothing may change; how long a page that is quiet and still says nothing is
#: waited for.
_LOOK, _QUIET, _PATIENCE = 0.1, 0.5, 3.0
#: How long a page is waited for that tells something, and may tell more; and one whose scripts met errors.
_MORE_TO_COME, _IN_TROUBLE = 1.5, 2.0
#: Seconds that a page may take to settle, and one round of scrolling.
_SETTLE, _ROUND = 12.0, 4.0
#: Characters of running text that are more than the server sent from which on an article is there, and links from which
#: on a list is.
_TOLD, _WHOLE, _LISTED = 500, 2500, 3
#: Characters from which on a page that has told them is kept as it stands, by how much more it must tell to be kept
#: anew, and the seconds without an answer after which it is taken for hung.
_MUCH, _MORE, _STUCK = 1500, 1.2, 5.0
#: Rounds that bring nothing, one after the other, after which a list is at its end.
_BARREN = 2
#: Steps of one window's height in a round, and seconds between them.
_STEPS, _STEP = 20, 0.06
#: Empty boxes of a story that stay empty in sight, one after the other, after which no more are tried.
_NO_USE = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """rounds: of scrolling. seconds: for all of them."""

    rounds: int
    seconds: float


class RenderedPage:
    """A page that the browser shows."""

    def __init__(self, page: Page, guard: Guard) -> None:
        self._page = page
        self._guard = guard
        self._session: CDPSession | None = None
        self._world = 0
        self._kept, self._is_stuck = "", False

    async def _call(self, expression: str) -> Any:
        """The value of an expression over our functions (in_page.js), in our own world."""
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
        asked = self._session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self._world, "returnByValue": True, "timeout": 5000},
        )
        answer = await asyncio.wait_for(asked, _STUCK if self._kept else None)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"in the page: {str(answer['exceptionDetails'])[:300]}")
        return answer["result"].get("value")

    async def settle(self, is_listing: bool, characters: int) -> None:
        """Until nothing changes any more, and the page says something; never longer than its bounds.

        characters: as in `read_back`.

        An article that has told much is kept as it stands, so that it is there though its page hangs or dies
        afterwards.
        """
        try:
            await self._settle(is_listing, characters)
        except (PlaywrightError, TimeoutError, asyncio.TimeoutError):
            if not self._kept:
                raise
            self._is_stuck = True

    async def _settle(self, is_listing: bool, characters: int) -> None:
        prose, links = _sent(self._guard.document)
        began = quiet = time.monotonic()
        last: Any = None
        may_stir, kept = not is_listing, 0.0
        while time.monotonic() - began < _SETTLE:
            state = await self._call("measure()")
            now = time.monotonic()
            if state != last or self._guard.waits or state["loading"]:
                quiet = now
            last = state
            self._guard.let_go(state["loading"])
            grown = state["links"] - links if is_listing else state["prose"] - prose
            if not is_listing and grown >= max(_MUCH, _MORE * kept):
                kept, self._kept = grown, str(await self._call(f"as_it_is({characters})"))
            patience = self._patience(grown, is_listing)
            if now - quiet >= (patience if is_listing or may_stir else min(patience, _MORE_TO_COME)):
                if not may_stir or grown >= _TOLD or self._guard.leads_to:
                    return
                may_stir, quiet = False, now  # scripts of some pages wait for the reader's first move
                await self._call("stir()")
            await asyncio.sleep(_LOOK)

    def _patience(self, grown: int, is_listing: bool) -> float:
        """How long a page must be quiet that has grown so much since the server sent it."""
        if self._guard.leads_to or (grown >= _LISTED if is_listing else grown >= _WHOLE):
            return _QUIET
        if not is_listing and grown >= _TOLD:
            return _MORE_TO_COME
        return _IN_TROUBLE if self._guard.hampered else _PATIENCE

    async def grow(self, bounds: Bounds) -> None:
        """Scroll down and press "load more" until nothing new comes, or the bounds are reached."""
        end, barren = time.monotonic() + bounds.seconds, 0
        phrases = json.dumps(sorted(more_phrases()))
        for _ in range(bounds.rounds):
            before = await self._call("keep_links()")
            height = await self._call("document.documentElement.scrollHeight")
            for _ in range(_STEPS):  # a list may show only what is in sight
                if await self._call(f"step_down({height})"):
                    break
                await asyncio.sleep(_STEP)
                await self._call("keep_links()")
            await self._call(f"go_on({phrases})")
            began = time.monotonic()
            while True:
                await asyncio.sleep(_LOOK)
                found = await self._call("keep_links()")
                spent = time.monotonic() - began
                if (
                    (found > before and not self._guard.waits)
                    or spent >= _ROUND
                    or (spent >= 2 * _QUIET and not self._guard.waits)
                ):
                    break
            barren = 0 if found > before else barren + 1
            if barren >= _BARREN or time.monotonic() >= end:
                break
        await self._call("bring_back()")

    async def look_through(self, bounds: Bounds) -> None:
        """Bring the empty boxes of an article's story into sight, one after the other, while that fills them:

        many a page fills them only then.

        A page without such boxes is not scrolled.
        """
        if self._is_stuck:
            return
        try:
            await self._look_through(bounds)
        except (PlaywrightError, TimeoutError, asyncio.TimeoutError):
            if not self._kept:
                raise
            self._is_stuck = True

    async def _look_through(self, bounds: Bounds) -> None:
        end = time.monotonic() + bounds.seconds
        for _ in range(bounds.rounds):
            before = last = (await self._call("measure()"))["prose"]
            moved = barren = 0
            while barren < _NO_USE and time.monotonic() < end and await self._call("into_sight()"):
                moved += 1
                await asyncio.sleep(_STEP)
                prose = (await self._call("measure()"))["prose"]
                barren, last = (0 if prose > last or self._guard.waits else barren + 1), prose
            if not moved:
                return
            quiet = began = time.monotonic()
            while (now := time.monotonic()) - quiet < _QUIET and now - began < _ROUND and now < end:
                await asyncio.sleep(_LOOK)
                prose = (await self._call("measure()"))["prose"]
                if prose != last or self._guard.waits:
                    quiet, last = time.monotonic(), prose
            if last <= before or now >= end:
                return

    async def read_back(self, characters: int) -> str:
        """The page as HTML, its open shadow trees laid open; at most so many characters of it."""
        if self._is_stuck:
            return self._kept
        try:
            return str(await self._call(f"serialise({characters})"))
        except (PlaywrightError, TimeoutError, asyncio.TimeoutError):
            if not self._kept:
                raise
            return self._kept


def _sent(document: Response) -> tuple[int, int]:
    """Characters of running text, and links, that the server has sent: as `measure` in in_page.js counts them."""
    tree = LexborHTMLParser(as_utf8(document))
    texts = [
        node.text().strip() for node in tree.css("p, li, blockquote, h2, h3, td") if node.css_first("p, li, a") is None
    ]
    return sum(len(text) for text in texts if len(text) > 60), len(tree.css("a[href]"))
