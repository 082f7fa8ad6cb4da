"""What a page may ask for while the browser shows it.

The document is the one that Scrapy was sent: the browser asks for none. Scripts, style sheets and what scripts fetch
pass; pictures, media, fonts, trackers, frames, sockets, beacons and other pages do not. Where the page would lead the
tab elsewhere, the address is kept for Scrapy's own road.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.async_api import BrowserContext, Page, Request, Response, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError
from scrapy.http import Response as ScrapyResponse

from newscrawl.discover.address import is_on_site, without_query

#: Kinds of sub-requests that may pass; what they are called is Playwright's.
_PASS = frozenset({"script", "stylesheet", "xhr", "fetch"})
#: Those of them that others wait for.
_HOLD_UP = frozenset({"script", "stylesheet"})
#: Errors of a sub-request that come of our own refusals, or of the page's own will; any other is the network's.
_OURS = ("ERR_BLOCKED_BY_CLIENT", "ERR_ABORTED", "ERR_FAILED", "ERR_TUNNEL_CONNECTION_FAILED")
#: Headers of the server's answer that the browser is not given: they speak of the bytes as sent, or would set
#: something.
_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "strict-transport-security", "alt-svc",
                      "link", "content-disposition", "report-to", "nel", "clear-site-data", "refresh"})  # fmt: skip
#: Seconds after which a request that is still under way is taken for one that never ends.
_ENDLESS = 4.0


@lru_cache(maxsize=1)
def _trackers() -> frozenset[str]:
    lines = files("newscrawl.crawl.browser").joinpath("trackers.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=4096)
def is_tracker(host: str) -> bool:
    """Does a host only count, advertise or watch? See trackers.txt."""
    labels = host.lower().split(".")
    return any(".".join(labels[place:]) in _trackers() for place in range(len(labels) - 1))


#: Where services are asked by POST, GraphQL or a search, and what changes something there.
_ASKED_AT = re.compile(r"/(?:graphql|gql|_?m?search|quer(?:y|ies))/?$", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:mutation|subscription)\b", re.IGNORECASE)


def is_question(url: str, body: str) -> bool:
    """Does a POST only ask:

    GraphQL without a mutation, or a search, as JSON? Papers have their stories from such services of others.
    """
    return (
        _ASKED_AT.search(urlsplit(url).path) is not None
        and len(body) < 100_000
        and body.lstrip()[:1] in ("{", "[")
        and not _CHANGES.search(body)
    )


class Guard:
    """The doors of one page.

    document: what the server sent, decoded. leads_to: another address that the page leads the tab to, or "". hampered:
    errors of the network that scripts of the page met. at_most: sub-requests that may pass. close_silent: closes the
    connections that were silent for so many seconds.
    """

    def __init__(
        self, page: Page, document: ScrapyResponse, at_most: int, close_silent: Callable[[float], None]
    ) -> None:
        self._page = page
        self._close_silent = close_silent
        self.document = document
        self._left = at_most
        self._is_served = False
        self._under_way: dict[Request, float] = {}
        self.leads_to = ""
        self.hampered: list[str] = []

    async def close_doors(self) -> None:
        """Before the page is led anywhere."""
        page = self._page
        page.on("popup", _close)
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        await page.route("**", self._route)
        await page.route_web_socket("**", _no_socket)
        await page.add_init_script(_doors())
        if page.context not in _closed:  # other pages of the context are pop-ups: they ask for nothing
            _closed.add(page.context)
            await page.context.route("**", _abort)

    @property
    def waits(self) -> int:
        """Sub-requests under way that may still bring something."""
        oldest = time.monotonic() - _ENDLESS
        return sum(began > oldest for began in self._under_way.values())

    def let_go(self, is_parsing: bool) -> None:
        """Have the scripts and style sheets fail whose server has said nothing for long: others may wait for them.

        What asks for data is not disturbed by it, unless the page is held up as a whole. is_parsing: it is not read to
        its end yet.
        """
        oldest = time.monotonic() - _ENDLESS
        kinds = {request.resource_type for request, began in self._under_way.items() if began < oldest}
        if kinds & _HOLD_UP and (
            is_parsing or not any(request.resource_type not in _HOLD_UP for request in self._under_way)
        ):
            self._close_silent(_ENDLESS)

    async def _route(self, route: Route, request: Request) -> None:
        try:
            if request.is_navigation_request():
                await self._navigation(route, request)
            elif self._may_pass(request):
                await route.continue_()
            else:
                await route.abort("blockedbyclient")
        except PlaywrightError:
            return  # the page was closed meanwhile

    async def _navigation(self, route: Route, request: Request) -> None:
        if request.frame != self._page.main_frame:
            await route.abort("blockedbyclient")
        elif not self._is_served and request.method == "GET":
            self._is_served = True
            headers = {
                str(name): str(value)
                for name, value in self.document.headers.to_unicode_dict().items()
                if str(name).lower() not in _DROPPED
            }
            headers["content-type"] = "text/html; charset=utf-8"
            if cookies := self.document.headers.getlist("Set-Cookie"):  # what the page asks for may want them
                headers["Set-Cookie"] = "\n".join(value.decode("latin-1") for value in cookies)
            await route.fulfill(status=200, headers=headers, body=_PRELOAD.sub(b"", as_utf8(self.document)))
        else:
            # the same page with another query (a reload, a number against caches) leads nowhere
            if (
                request.method == "GET"
                and not self.leads_to
                and without_query(request.url) != without_query(self.document.url)
            ):
                self.leads_to = request.url
            await route.abort("aborted")

    def _may_pass(self, request: Request) -> bool:
        parts = urlsplit(request.url)
        if (
            request.resource_type not in _PASS
            or parts.scheme not in ("http", "https")
            or self._left <= 0
            or is_tracker(parts.hostname or "")
        ):
            return False
        if request.method == "POST":
            if not is_on_site(request.url, self.document.url) and not is_question(request.url, request.post_data or ""):
                return False
        elif request.method not in ("GET", "HEAD", "OPTIONS"):
            return False
        self._left -= 1
        return True

    def _began(self, request: Request) -> None:
        if request.resource_type in _PASS:
            self._under_way[request] = time.monotonic()

    def _ended(self, request: Request) -> None:
        self._under_way.pop(request, None)

    def _answered(self, response: Response) -> None:
        """An error of a server, or of the way to it, that a page's script or its data met."""
        if (response.status >= 500 or response.status == 429) and response.request.resource_type in _PASS:
            self.hampered.append(f"{response.url}: status {response.status}")

    def _failed(self, request: Request) -> None:
        if self._under_way.pop(request, None) is not None and not any(
            word in (request.failure or "") for word in _OURS
        ):
            self.hampered.append(f"{request.url}: {request.failure}")


#: Contexts whose pop-ups can ask for nothing.
_closed: WeakSet[BrowserContext] = WeakSet()


@lru_cache(maxsize=1)
def _doors() -> str:
    return files("newscrawl.crawl.browser").joinpath("doors.js").read_text("utf-8")


async def _abort(route: Route) -> None:
    try:
        await route.abort("blockedbyclient")
    except PlaywrightError:
        return


#: Links that have something loaded before it is asked for: as they are of no kind that may pass, what asks for it later
#: would get their refusal.
_PRELOAD = re.compile(
    rb"<link\b(?=[^>]{0,1000}\brel\s*=\s*[\"']?(?:preload|prefetch|prerender)\b)[^>]{0,2000}>", re.IGNORECASE
)


def as_utf8(document: ScrapyResponse) -> bytes:
    """The body of an answer in UTF-8."""
    text = getattr(document, "text", None)
    return text.encode("utf-8", "replace") if isinstance(text, str) else document.body


async def _close(popup: Page) -> None:
    try:
        await popup.close()
    except PlaywrightError:
        return


async def _no_socket(socket: WebSocketRoute) -> None:
    """Never connected to the server: the page sees a socket that is closed at once, and asks otherwise where it can."""
    with suppress(PlaywrightError):
        await socket.close(code=1001)
