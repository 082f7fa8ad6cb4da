"""Limits for single connections that Scrapy's settings do not reach: the headers of a response, and TLS.

A server can send header lines, or responses with status 100, for as long as the download may take. Here they are
counted, and the connection ends where there are more than any page needs. Connections of large responses may be paused
(`newscrawl.crawl.network.bytes_in_flight`).
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
#: Bytes and lines of the head of one response, including the heads of the 1xx responses before it. One line may have
#: 16 KiB, which is Twisted's limit.
MAX_HEAD, MAX_LINES = 256 * 1024, 1000


class HeadTooLarge(Exception):
    """The head (status line and headers) of a response exceeds the limits."""


class _BoundedParser(_LenientHTTPClientParser):
    # each response has a parser of its own, so these count for one response
    _lines = 0
    _bytes = 0

    def lineReceived(self, line: bytes) -> None:
        self._lines += 1
        self._bytes += len(line) + 1
        if self._lines > MAX_LINES or self._bytes > MAX_HEAD:
            raise HeadTooLarge(f"the response head has more than {MAX_LINES} lines or {MAX_HEAD} bytes")
        super().lineReceived(line)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        with suppress(InvalidHeaderName):  # skip the header, as browsers do, and read the page
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def lineLengthExceeded(self, line: bytes) -> None:
        raise HeadTooLarge(f"a line of the response head has more than {self.MAX_LENGTH} bytes")


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def __init__(self, in_flight: BytesInFlight, quiescentCallback: Any) -> None:
        super().__init__(quiescentCallback)  # type: ignore[no-untyped-call]
        self._in_flight = in_flight

    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._state == "WAITING":
            self._in_flight.received(self, len(data))
        else:
            self._in_flight.ended(self)

    def connectionLost(self, reason: Failure = _LOST) -> None:
        self._in_flight.ended(self)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def pause(self) -> None:
        self.transport.pauseProducing()  # type: ignore[union-attr]

    def resume(self) -> None:
        from twisted.internet import reactor  # imported late: Scrapy installs the reactor that its settings name

        reactor.callLater(0, self.transport.resumeProducing)  # type: ignore[arg-type, union-attr]

    def request(self, request: Any) -> Deferred[Any]:
        response = super().request(request)
        if self._parser is not None:  # Scrapy's own protocol puts its parser in the same way
            self._parser.__class__ = _BoundedParser
        return response


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Scrapy's factory of connections, with limits for response heads. in_flight: the crawl's."""

    def __init__(self, in_flight: BytesInFlight, *arguments: Any) -> None:
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._in_flight = in_flight

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:
        """Build the protocol of one connection."""
        return _BoundedProtocol(self._in_flight, self._quiescentCallback)


@implementer(IPolicyForHTTPS)
class TlsPolicy:
    """Verifies certificates as `strict` does, except those of the hosts in `NEWSCRAWL_TLS_EXCEPTIONS`."""

    def __init__(self, strict: Any, exceptions: Collection[str]) -> None:
        self._strict = strict
        self._lenient = _ScrapyClientContextFactory(verify_certificates=False)
        self._exceptions = frozenset(host.strip().lower().rstrip(".") for host in exceptions)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """See `IPolicyForHTTPS`."""
        is_exception = hostname.decode("ascii", "replace").lower().rstrip(".") in self._exceptions
        return (self._lenient if is_exception else self._strict).creatorForNetloc(hostname, port)
