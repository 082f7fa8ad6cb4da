"""Bounds and exceptions of single connections, below what Scrapy's settings reach: the head of an answer, and TLS.

A server may send lines of a head, or answers of status 100, for as long as the time for a download lasts. Here they are counted, and the
connection ends where there are more than any page needs. Of many large answers at once, some wait (`newscrawl.crawl.network.bytes_in_flight`).
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web.http_headers import InvalidHeaderName
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from newscrawl.crawl.network.bytes_in_flight import BytesInFlight

_LOST = Failure(ConnectionDone())  # type: ignore[no-untyped-call]
#: Bytes and lines of the heads of one answer, those of status 1xx before it counted. One line: 16 KiB, as Twisted has it.
MAX_HEAD, MAX_LINES = 256 * 1024, 1000


class HeadTooLarge(Exception):
    """The head of an answer passes the bounds."""


class _BoundedParser(_LenientHTTPClientParser):
    #: read and changed as attributes of the one parser of an answer
    _lines = 0
    _bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._lines += 1
        self._bytes += len(line) + 1
        if self._lines > MAX_LINES or self._bytes > MAX_HEAD:
            raise HeadTooLarge(f"the head of the answer has more than {MAX_LINES} lines or {MAX_HEAD} bytes")
        super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        with suppress(InvalidHeaderName):  # left out, as browsers do, and the page is read
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:
        raise HeadTooLarge(f"a line of the head of the answer has more than {self.MAX_LENGTH} bytes")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def __init__(self, load: BytesInFlight, quiescentCallback: Any) -> None:
        super().__init__(quiescentCallback)  # type: ignore[no-untyped-call]
        self._load = load

    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._state == "WAITING":
            self._load.received(self, len(data))
        else:
            self._load.ended(self)

    def connectionLost(self, reason: Failure = _LOST) -> None:
        self._load.ended(self)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def pause(self) -> None:
        self.transport.pauseProducing()  # type: ignore[union-attr]

    def resume(self) -> None:
        from twisted.internet import reactor  # not before Scrapy has installed the one that its settings ask for

        reactor.callLater(0, self.transport.resumeProducing)  # type: ignore[arg-type, union-attr]

    def request(self, request: Any) -> Deferred[Any]:
        answer = super().request(request)
        if self._parser is not None:  # as Scrapy's own protocol puts its parser in
            self._parser.__class__ = _BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Scrapy's factory of connections, whose answers have heads within the bounds. load: of the crawl."""

    def __init__(self, load: BytesInFlight, *arguments: Any) -> None:
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._load = load

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        """A connection."""
        return _BoundedProtocol(self._load, self._quiescentCallback)


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Certificates are verified as `strict` has it, but for the hosts of `NEWSCRAWL_TLS_EXCEPTIONS`, which may show any."""

    def __init__(self, strict: Any, exceptions: Collection[str]) -> None:
        self._strict = strict
        self._lenient = _ScrapyClientContextFactory(verify_certificates=False)
        self._exceptions = frozenset(host.strip().lower().rstrip(".") for host in exceptions)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """See `IPolicyForHTTPS`."""
        is_exception = hostname.decode("ascii", "replace").lower().rstrip(".") in self._exceptions
        return (self._lenient if is_exception else self._strict).creatorForNetloc(hostname, port)
