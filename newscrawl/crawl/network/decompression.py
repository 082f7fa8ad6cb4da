"""Content codings undone within bounds, and only as a whole: gzip, deflate, br and zstd, two of them one over the other at most.

Stands in the place of Scrapy's own middleware, which takes as the whole what is left of a stream that broke off, and hands on what it cannot
undo. Here the first is `Truncated`, the second and broken data `BadResponse`, more bytes than the request's bound `TooLarge`. A page that is
gzip without saying so is unpacked too, within the same bounds.
"""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Generator, Iterator
from typing import Any, cast

import brotli  # type: ignore[import-untyped]
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS, HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.bytes_in_flight import PACKED, BytesInFlight, bytes_in_flight_of

try:
    from compression import zstd  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    from backports import zstd  # type: ignore[no-redef, unused-ignore]

#: Codings one over the other that are undone at most.
MAX_CODINGS = 2
#: What stands for no coding, by the standard or by mistake.
_NONE = frozenset({b"", b"identity", b"none", b"binary", b"utf-8", b"utf8"})
_GZIP = b"\x1f\x8b\x08"
#: Types of what is text as it is served: where it begins as gzip does, it is.
_TEXTS = (b"text/html", b"application/xhtml+xml")
_PIECE = 64 * 1024
#: Bytes of window that a zstd stream may ask for, as a power of two: the most that RFC 9659 lets it have is 8 MB.
_ZSTD = {zstd.DecompressionParameter.window_log_max: 23}


class DecompressionMiddleware(HttpCompressionMiddleware):
    """Undoes content codings; see the module's docstring."""

    def __init__(self, stats: StatsCollector | None = None, *, crawler: Crawler | None = None) -> None:
        super().__init__(stats, crawler=crawler)
        self._load = bytes_in_flight_of(crawler) if crawler is not None else BytesInFlight()

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response, spider: Any = None
    ) -> Response | Awaitable[Response]:
        """The response without its codings, or `ReasonedIgnore`. What may unpack to much waits until there is room for it (`newscrawl.crawl.network.bytes_in_flight`)."""
        if response.body.startswith(_GZIP) and _is_silent(response):
            response.headers["Content-Encoding"] = b"gzip"
        if len(response.body) > PACKED and self._load.is_full and response.headers.get("Content-Encoding"):
            return self._when_there_is_room(request, response)
        response = self._undone(request, response)
        self._load.hold(response)
        return response

    async def _when_there_is_room(self, request: Request, response: Response) -> Response:
        async with self._load.room():
            response = self._undone(request, response)
            self._load.hold(response)
        return response

    def _undone(self, request: Request, response: Response) -> Response:
        codings = [
            name.strip().lower() for value in response.headers.getlist("Content-Encoding") for name in value.split(b",")
        ]
        codings = [name for name in codings if name not in _NONE]
        if not codings or request.method == "HEAD" or not response.body:
            return response
        unknown = [name.decode("latin-1")[:50] for name in codings if name not in (*ACCEPTED_ENCODINGS, b"x-gzip")]
        if unknown:
            raise ReasonedIgnore("BadResponse", f"its content coding {unknown[0]!r} cannot be undone")
        if len(codings) > MAX_CODINGS:
            raise ReasonedIgnore("BadResponse", f"{len(codings)} content codings, one over the other")
        response.headers.setlist("Content-Encoding", codings)
        return cast(Response, super().process_response(request, response))

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return decoded(body, encoding.decode("ascii"), max_size)


def _is_silent(response: Response) -> bool:
    """Is this said to be a page, as it is, without a coding?"""
    codings = (response.headers.get("Content-Encoding") or b"").strip().lower()
    return codings in _NONE and (response.headers.get("Content-Type") or b"").strip().lower().startswith(_TEXTS)


def decoded(body: bytes, coding: str, at_most: int) -> bytes:
    """`body` without one content coding. at_most: bytes that may come of it; 0 for any number.

    Raises `ReasonedIgnore`: `TooLarge`, `Truncated` where the stream does not come to its end, `BadResponse` where it is broken.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _STREAMS[coding](body):
            size += len(piece)
            if at_most and size > at_most:
                raise ReasonedIgnore("TooLarge", f"{len(body)} bytes of {coding} unpack to more than {at_most}")
            pieces.append(piece)
    except EOFError:
        raise ReasonedIgnore("Truncated", f"its {coding} breaks off after {size} bytes") from None
    except (zlib.error, brotli.error, zstd.ZstdError, ValueError) as error:
        raise ReasonedIgnore("BadResponse", f"its {coding} is broken after {size} bytes: {error}") from None
    return b"".join(pieces)


def _raw(body: bytes, at: int) -> Generator[bytes, None, int]:
    """Pieces of a raw deflate stream that begins at a place; returns where it ends. EOFError where it breaks off.

    The input is given in pieces too: what is left of a piece is copied at each step, and would be copied whole.
    """
    machine = zlib.decompressobj(wbits=-15)
    for start in range(at, len(body), _PIECE):
        data = body[start : start + _PIECE]
        while data and not machine.eof:
            piece = machine.decompress(data, _PIECE)
            data = machine.unconsumed_tail
            if piece:
                yield piece
        while not machine.eof and (piece := machine.decompress(b"", _PIECE)):
            yield piece
        if machine.eof:
            return min(start + _PIECE, len(body)) - len(machine.unused_data)
    raise EOFError


def _deflate(body: bytes) -> Iterator[bytes]:
    """With the wrapping of zlib (RFC 1950), as it should be, or without, as some servers send it."""
    is_wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _raw(body, 2 if is_wrapped else 0)


def _gzip(body: bytes) -> Iterator[bytes]:
    """One member after the other (RFC 1952). As in browsers, a check sum that is wrong or missing is borne, and so is what follows and is no member."""
    at = 0
    while at == 0 or body[at : at + 3] == _GZIP:
        at = 8 + (yield from _raw(body, _gzip_data(body, at)))


def _gzip_data(body: bytes, at: int) -> int:
    """Where the data of a member begin whose header begins at a place."""
    if body[at : at + 3] != _GZIP:
        raise EOFError if _GZIP.startswith(body[at : at + 3]) else ValueError("no gzip")
    flags = body[at + 3 : at + 4]
    if not flags:
        raise EOFError
    at += 10
    if flags[0] & 0x04:
        at += 2 + int.from_bytes(body[at : at + 2], "little")
    for flag in (0x08, 0x10):  # a name and a comment, each with a zero at its end
        if flags[0] & flag:
            at = body.find(b"\x00", at) + 1
            if not at:
                raise EOFError
    return at + (2 if flags[0] & 0x02 else 0)


def _brotli(body: bytes) -> Iterator[bytes]:
    machine = brotli.Decompressor()
    for start in range(0, len(body), _PIECE):
        piece = machine.process(body[start : start + _PIECE], output_buffer_limit=_PIECE)
        while piece or not machine.can_accept_more_data():
            yield piece
            if machine.is_finished():
                return
            piece = machine.process(b"", output_buffer_limit=_PIECE)
        if machine.is_finished():
            return
    raise EOFError


def _zstd(body: bytes) -> Iterator[bytes]:
    """One frame after the other."""
    machine = zstd.ZstdDecompressor(options=_ZSTD)
    for start in range(0, len(body), _PIECE):
        data = body[start : start + _PIECE]
        while data or not (machine.needs_input or machine.eof):
            if machine.eof:
                machine = zstd.ZstdDecompressor(options=_ZSTD)
            piece = machine.decompress(data, _PIECE)
            data = machine.unused_data if machine.eof else b""
            if piece:
                yield piece
    if not machine.eof:
        raise EOFError


_STREAMS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
