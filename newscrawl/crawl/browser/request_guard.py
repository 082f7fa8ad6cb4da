"""What a page may load while the browser shows it.

The document is the response that Scrapy was sent; the browser requests none. Scripts, style sheets and what scripts
fetch may pass; pictures, media, fonts, trackers, frames, sockets, beacons and other pages may not. Where the page would
navigate elsewhere, the URL is kept, for Scrapy to request.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from weakref import WeakSet

from playwright.async_api import BrowserContext, Page, Request, Response, Route, WebSocketRoute
from playwright.async_api import Error as PlaywrightError
from scrapy.http import Response as ScrapyResponse

from newscrawl.discover.address import is_on_site, without_query
from newscrawl.urls import split

#: Playwright's names for the kinds of sub-requests that may pass.
_ALLOWED = frozenset({"script", "stylesheet", "xhr", "fetch"})
#: Those of them that block others until they are loaded.
_BLOCKING = frozenset({"script", "stylesheet"})
#: Errors of a sub-request that we or the page itself have caused; all others are the network's.
_OWN_ERRORS = ("ERR_BLOCKED_BY_CLIENT", "ERR_ABORTED", "ERR_FAILED", "ERR_TUNNEL_CONNECTION_FAILED")
#: Headers of the server's response that the browser does not get: they describe the bytes as sent, or have effects.
_REMOVED_HEADERS = frozenset(
    {
        "content-encoding",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "strict-transport-security",
        "alt-svc",
        "link",
        "content-disposition",
        "report-to",
        "nel",
        "clear-site-data",
        "refresh",
    }
)
#: Seconds after which a sub-request that is still in progress counts as one that never ends.
_STALLED = 4.0
#: URLs of services that are queried by POST: GraphQL or a search; and words of GraphQL that changes something.
_QUERY_URL = re.compile(r"/(?:graphql|gql|_?m?search|quer(?:y|ies))/?$", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:mutation|subscription)\b", re.IGNORECASE)
#: Links that preload something. Preloading is not allowed to pass, and whatever needs the resource later would get that
#: refusal instead of loading it.
_PRELOAD = re.compile(
    rb"<link\b(?=[^>]{0,1000}\brel\s*=\s*[\"']?(?:preload|prefetch|prerender)\b)[^>]{0,2000}>", re.IGNORECASE
)
#: Contexts whose pop-ups can load nothing.
_guarded_contexts: WeakSet[BrowserContext] = WeakSet()


@lru_cache(maxsize=1)
def _trackers() -> frozenset[str]:
    lines = files("newscrawl.crawl.browser").joinpath("trackers.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=1)
def _init_script() -> str:
    return files("newscrawl.crawl.browser").joinpath("init_script.js").read_text("utf-8")


@lru_cache(maxsize=4096)
def is_tracker(host: str) -> bool:
    """Does a host only count, advertise or watch? See trackers.txt."""
    labels = host.lower().split(".")
    return any(".".join(labels[place:]) in _trackers() for place in range(len(labels) - 1))


def is_query(url: str, body: str) -> bool:
    """Does a POST only query: GraphQL without a mutation, or a search, as JSON?

    Newspapers load stories from such services of other companies.
    """
    return (
        _QUERY_URL.search(split(url).path) is not None
        and len(body) < 100_000
        and body.lstrip()[:1] in ("{", "[")
        and not _CHANGES.search(body)
    )


class RequestGuard:
    """Decides what one page may load.

    document: what the server sent, decoded. max_requests: sub-requests that may pass. close_silent: closes the
    connections that were silent for so many seconds. leads_to: another URL to which the page tries to navigate, or "".
    network_errors: those that scripts of the page have met.
    """

    def __init__(
        self, page: Page, document: ScrapyResponse, max_requests: int, close_silent: Callable[[float], None]
    ) -> None:
        self._page = page
        self._close_silent = close_silent
        self.document = document
        self._requests_left = max_requests
        self._is_served = False
        self._in_progress: dict[Request, float] = {}
        self.leads_to = ""
        self.network_errors: list[str] = []

    async def install(self) -> None:
        """Begin to guard the page. To be called before its first navigation."""
        page = self._page
        page.on("popup", _close_popup)
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._failed)
        page.on("response", self._responded)
        await page.route("**", self._route)
        await page.route_web_socket("**", _close_socket)
        await page.add_init_script(_init_script())
        if page.context not in _guarded_contexts:  # other pages of the context are pop-ups
            _guarded_contexts.add(page.context)
            await page.context.route("**", _abort)

    @property
    def pending(self) -> int:
        """The number of sub-requests in progress that may still bring something."""
        oldest = time.monotonic() - _STALLED
        return sum(began > oldest for began in self._in_progress.values())

    def release_stalled(self, is_parsing: bool) -> None:
        """Make scripts and style sheets fail whose servers have been silent for long, since they may block others.

        While data is being fetched too, that is done only if the page as a whole is blocked, as it disturbs the
        fetching. is_parsing: the page is not parsed to its end yet.
        """
        oldest = time.monotonic() - _STALLED
        stalled = {request.resource_type for request, began in self._in_progress.items() if began < oldest}
        if not stalled & _BLOCKING:
            return
        if is_parsing or all(request.resource_type in _BLOCKING for request in self._in_progress):
            self._close_silent(_STALLED)

    # -- requests of the page -------------------------------------------------------------------

    async def _route(self, route: Route, request: Request) -> None:
        try:
            if request.is_navigation_request():
                await self._navigate(route, request)
            elif self._may_pass(request):
                await route.continue_()
            else:
                await route.abort("blockedbyclient")
        except PlaywrightError:
            return  # the page was closed meanwhile

    async def _navigate(self, route: Route, request: Request) -> None:
        if request.frame != self._page.main_frame:
            await route.abort("blockedbyclient")
        elif not self._is_served and request.method == "GET":
            self._is_served = True
            await route.fulfill(status=200, headers=self._headers(), body=_PRELOAD.sub(b"", as_utf8(self.document)))
        else:
            if request.method == "GET" and not self.leads_to and not self._is_reload(request.url):
                self.leads_to = request.url
            await route.abort("aborted")

    def _is_reload(self, url: str) -> bool:
        """Is this the same page, if need be with another query?"""
        return without_query(url) == without_query(self.document.url)

    def _headers(self) -> dict[str, str]:
        """The headers of the document as the browser gets them."""
        headers = {
            str(name): str(value)
            for name, value in self.document.headers.to_unicode_dict().items()
            if str(name).lower() not in _REMOVED_HEADERS
        }
        headers["content-type"] = "text/html; charset=utf-8"
        if cookies := self.document.headers.getlist("Set-Cookie"):  # sub-requests of the page may need them
            headers["Set-Cookie"] = "\n".join(value.decode("latin-1") for value in cookies)
        return headers

    def _may_pass(self, request: Request) -> bool:
        parts = split(request.url)
        if (
            request.resource_type not in _ALLOWED
            or parts.scheme not in ("http", "https")
            or self._requests_left <= 0
            or is_tracker(parts.hostname or "")
        ):
            return False
        if request.method == "POST":
            if not is_on_site(request.url, self.document.url) and not is_query(request.url, request.post_data or ""):
                return False
        elif request.method not in ("GET", "HEAD", "OPTIONS"):
            return False
        self._requests_left -= 1
        return True

    def _began(self, request: Request) -> None:
        if request.resource_type in _ALLOWED:
            self._in_progress[request] = time.monotonic()

    def _ended(self, request: Request) -> None:
        self._in_progress.pop(request, None)

    def _responded(self, response: Response) -> None:
        """A script or its data got a response; note server errors."""
        if (response.status >= 500 or response.status == 429) and response.request.resource_type in _ALLOWED:
            self.network_errors.append(f"{response.url}: status {response.status}")

    def _failed(self, request: Request) -> None:
        was_allowed = self._in_progress.pop(request, None) is not None
        if was_allowed and not any(word in (request.failure or "") for word in _OWN_ERRORS):
            self.network_errors.append(f"{request.url}: {request.failure}")


def as_utf8(document: ScrapyResponse) -> bytes:
    """The body of a response in UTF-8."""
    text = getattr(document, "text", None)
    return text.encode("utf-8", "replace") if isinstance(text, str) else document.body


async def _abort(route: Route) -> None:
    with suppress(PlaywrightError):
        await route.abort("blockedbyclient")


async def _close_popup(popup: Page) -> None:
    with suppress(PlaywrightError):
        await popup.close()


async def _close_socket(socket: WebSocketRoute) -> None:
    """Close a socket that was never connected to the server, so that the page fetches in another way if it can."""
    with suppress(PlaywrightError):
        await socket.close(code=1001)
