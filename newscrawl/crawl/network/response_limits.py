"""Limits for responses: their size by kind of request, no part in place of the whole, no redirect to an unusable URL.

`DOWNLOAD_MAXSIZE` bounds all responses, `NEWSCRAWL_PAGE_MAXSIZE` those that should be pages or feeds; both count bytes
as sent and as decompressed. Of a robots.txt only the first bytes are read (`first_bytes`).
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
    """Bounds requests and refuses responses; see the module's docstring. Sizes in bytes, 0 for no bound."""

    def __init__(self, max_size: int, max_page_size: int) -> None:
        self._max_page_size = min(max_size or max_page_size, max_page_size or max_size)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ResponseLimitsMiddleware:
        """Build for a crawl."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"), crawler.settings.getint("NEWSCRAWL_PAGE_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Bound a page's size, unless the request has a bound of its own."""
        visit = visit_of(request)
        if visit is not None and visit.kind in _PAGES:
            request.meta.setdefault("download_maxsize", self._max_page_size)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response. Raises ReasonedIgnore for one that is refused; removes user and password from redirects."""
        if response.status == 206:
            raise ReasonedIgnore("Truncated", "status 206: a part of the page, though the whole was requested", 206)
        if response.status in _REDIRECTS:
            target = response.headers.get("Location")
            if not target:
                raise ReasonedIgnore(
                    "HttpStatus", f"status {response.status} without a Location header", response.status
                )
            if not _can_be_requested(request.url, target):
                raise ReasonedIgnore("HttpStatus", f"status {response.status} to {target[:200]!r}", response.status)
            if b"@" in target:
                response.headers["Location"] = _without_userinfo(request.url, target)
        return response


def _can_be_requested(base: str, target: bytes) -> bool:
    try:
        parts = urlsplit(urljoin(base, target.decode("utf-8", "replace").strip()))
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _without_userinfo(base: str, target: bytes) -> str:
    """The target of a redirect without user and password, which must not be sent to anyone."""
    parts = urlsplit(urljoin(base, target.decode("utf-8", "replace").strip()))
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


@contextmanager
def first_bytes(crawler: Crawler, request: Request, count: int) -> Iterator[None]:
    """While the block runs, end the download of `request` or of its redirects once `count` bytes of a body are there.

    The response then has these bytes, as if they were the whole body.
    """
    received_bytes: dict[int, int] = {}

    def received(data: bytes, request: Request) -> None:
        if request.meta.get("newscrawl_first_bytes") is mark:
            received_bytes[id(request)] = received_bytes.get(id(request), 0) + len(data)
            if received_bytes[id(request)] >= count:
                raise StopDownload(fail=False)

    mark = request.meta["newscrawl_first_bytes"] = object()
    crawler.signals.connect(received, signal=signals.bytes_received)
    try:
        yield
    finally:
        crawler.signals.disconnect(received, signal=signals.bytes_received)
