"""What of an answer is taken: bounds of its size by what was asked for, no part in the place of the whole, no redirect to what cannot be asked for.

`DOWNLOAD_MAXSIZE` bounds all answers, `NEWSCRAWL_PAGE_MAXSIZE` those that should be pages or feeds; both count bytes as sent and as unpacked. A
robots.txt is read as far as it is looked at, whatever its length (`first_bytes`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.visit import VisitKind, visit_of

_PAGES = frozenset({VisitKind.FRONT_PAGE, VisitKind.SECTION, VisitKind.ARTICLE, VisitKind.FEED})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class ResponseLimitsMiddleware:
    """Bounds requests and refuses answers; see the module's docstring."""

    def __init__(self, at_most: int, page_at_most: int) -> None:
        self._page_at_most = min(at_most or page_at_most, page_at_most or at_most)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ResponseLimitsMiddleware:
        """Build for a crawl."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"), crawler.settings.getint("NEWSCRAWL_PAGE_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Bound a page's size, where the request has no bound of its own."""
        visit = visit_of(request)
        if visit is not None and visit.kind in _PAGES:
            request.meta.setdefault("download_maxsize", self._page_at_most)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response, or `ReasonedIgnore`."""
        if response.status == 206:
            raise ReasonedIgnore("Truncated", "status 206: a part of it, though the whole was asked for", 206)
        if response.status in _REDIRECTS:
            target = response.headers.get("Location")
            if not target:
                raise ReasonedIgnore("HttpStatus", f"status {response.status} without an address", response.status)
            if not _can_be_asked_for(request.url, target):
                raise ReasonedIgnore("HttpStatus", f"status {response.status} to {target[:200]!r}", response.status)
            if b"@" in target:
                response.headers["Location"] = _without_user(request.url, target)
        return response


def _can_be_asked_for(base: str, target: bytes) -> bool:
    try:
        parts = urlsplit(urljoin(base, target.decode("utf-8", "replace").strip()))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _without_user(base: str, target: bytes) -> str:
    """Where a redirect leads to; a name and password in it are sent to no one."""
    parts = urlsplit(urljoin(base, target.decode("utf-8", "replace").strip()))
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def first_bytes(crawler: Crawler, request: Request, count: int) -> Iterator[None]:
    """While the block runs, `request` and where it is led to end, as if they were whole, once `count` bytes of a body are there."""
    had: dict[int, int] = {}

    def received(data: bytes, request: Request) -> None:
        if request.meta.get("newscrawl_first_bytes") is mark:
            had[id(request)] = had.get(id(request), 0) + len(data)
            if had[id(request)] >= count:
                raise StopDownload(fail=False)

    mark = request.meta["newscrawl_first_bytes"] = object()
    crawler.signals.connect(received, signal=signals.bytes_received)
    try:
        yield
    finally:
        crawler.signals.disconnect(received, signal=signals.bytes_received)
