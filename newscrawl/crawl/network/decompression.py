"""Removes content codings, within bounds and only as a whole: gzip, deflate, br and zstd, at most two of them nested.

Replaces Scrapy's own middleware, which accepts what could be decoded of a truncated stream as if it were everything,
and passes on bodies that it cannot decode. Here a truncated stream is refused as `Truncated`, an unknown coding or
corrupt data as `BadResponse`, and more bytes than the request allows as `TooLarge`. A page that is gzip without saying
so is decompressed too, within the same bounds.
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
from newscrawl.crawl.network.bytes_in_flight import LARGE_COMPRESSED, BytesInFlight, bytes_in_flight_of

try:
    from compression import zstd  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    from backports import zstd  # type: ignore[no-redef, unused-ignore]

#: The most codings that one response may have.
MAX_CODINGS = 2
#: Names that mean "no coding", by the standard or by mistake.
_NONE = frozenset({b"", b"identity", b"none", b"binary", b"utf-8", b"utf8"})
_GZIP = b"\x1f\x8b\x08"
#: Media types of pages. A body of such a type that begins like gzip is gzip, whatever its headers say.
_PAGE_TYPES = (b"text/html", b"application/xhtml+xml")
_CHUNK = 64 * 1024
#: The window that a zstd stream may ask for, as a power of two: 8 MB, the most that RFC 9659 allows.
_ZSTD_OPTIONS = {zstd.DecompressionParameter.window_log_max: 23}


class DecompressionMiddleware(HttpCompressionMiddleware):
    """Removes content codings; see the module's docstring."""

    def __init__(self, stats: StatsCollector | None = None, *, crawler: Crawler | None = None) -> None:
        super().__init__(stats, crawler=crawler)
        self._in_flight = bytes_in_flight_of(crawler) if crawler is not None else BytesInFlight()

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response, spider: Any = None
    ) -> Response | Awaitable[Response]:
        """The response without its codings. Raises ReasonedIgnore.

        A body that may become large waits until there is room for it (`newscrawl.crawl.network.bytes_in_flight`).
        """
        if response.body.startswith(_GZIP) and _claims_to_be_plain(response):
            response.headers["Content-Encoding"] = b"gzip"
        if (
            len(response.body) > LARGE_COMPRESSED
            and self._in_flight.is_full
            and response.headers.get("Content-Encoding")
        ):
            return self._when_there_is_room(request, response)
        response = self._without_codings(request, response)
        self._in_flight.track(response)
        return response

    async def _when_there_is_room(self, request: Request, response: Response) -> Response:
        async with self._in_flight.room():
            response = self._without_codings(request, response)
            self._in_flight.track(response)
        return response

    def _without_codings(self, request: Request, response: Response) -> Response:
        codings = [
            name.strip().lower() for value in response.headers.getlist("Content-Encoding") for name in value.split(b",")
        ]
        codings = [name for name in codings if name not in _NONE]
        if not codings or request.method == "HEAD" or not response.body:
            return response
        unknown = [name.decode("latin-1")[:50] for name in codings if name not in (*ACCEPTED_ENCODINGS, b"x-gzip")]
        if unknown:
            raise ReasonedIgnore("BadResponse", f"unknown content coding {unknown[0]!r}")
        if len(codings) > MAX_CODINGS:
            raise ReasonedIgnore("BadResponse", f"{len(codings)} nested content codings, more than {MAX_CODINGS}")
        response.headers.setlist("Content-Encoding", codings)
        return cast(Response, super().process_response(request, response))

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        return decoded(body, encoding.decode("ascii"), max_size)


def _claims_to_be_plain(response: Response) -> bool:
    """Do its headers say that this is a page without a coding?"""
    codings = (response.headers.get("Content-Encoding") or b"").strip().lower()
    return codings in _NONE and (response.headers.get("Content-Type") or b"").strip().lower().startswith(_PAGE_TYPES)


def decoded(body: bytes, coding: str, max_size: int) -> bytes:
    """`body` without one content coding. max_size: bytes that may come of it; 0 for any number.

    Raises ReasonedIgnore: `TooLarge`, `Truncated` for a stream without its end, `BadResponse` for corrupt data.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        for chunk in _DECODERS[coding](body):
            size += len(chunk)
            if max_size and size > max_size:
                raise ReasonedIgnore(
                    "TooLarge", f"{len(body)} bytes of {coding} decompress to more than {max_size} bytes"
                )
            chunks.append(chunk)
    except EOFError:
        raise ReasonedIgnore("Truncated", f"the {coding} stream is truncated after {size} bytes") from None
    except (zlib.error, brotli.error, zstd.ZstdError, ValueError) as error:
        raise ReasonedIgnore("BadResponse", f"the {coding} stream is corrupt after {size} bytes: {error}") from None
    return b"".join(chunks)


def _raw_deflate(body: bytes, start: int) -> Generator[bytes, None, int]:
    """Decoded chunks of the raw deflate stream at `start`; returns the position of its end.

    Raises EOFError for a truncated stream. The input is fed in chunks too: zlib copies what is left of its input at
    each step, which would be the whole body each time.
    """
    decoder = zlib.decompressobj(wbits=-15)
    for position in range(start, len(body), _CHUNK):
        data = body[position : position + _CHUNK]
        while data and not decoder.eof:
            chunk = decoder.decompress(data, _CHUNK)
            data = decoder.unconsumed_tail
            if chunk:
                yield chunk
        while not decoder.eof and (chunk := decoder.decompress(b"", _CHUNK)):
            yield chunk
        if decoder.eof:
            return min(position + _CHUNK, len(body)) - len(decoder.unused_data)
    raise EOFError


def _deflate(body: bytes) -> Iterator[bytes]:
    """With the zlib header (RFC 1950), as the standard asks, or without it, as some servers send it."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _raw_deflate(body, 2 if has_header else 0)


def _gzip(body: bytes) -> Iterator[bytes]:
    """All members, one after another (RFC 1952).

    Like browsers, ignores a wrong or missing checksum and whatever follows the last member.
    """
    position = 0
    while position == 0 or body[position : position + 3] == _GZIP:
        position = 8 + (yield from _raw_deflate(body, _gzip_data(body, position)))


def _gzip_data(body: bytes, start: int) -> int:
    """The position of the data of the gzip member whose header is at `start`."""
    if body[start : start + 3] != _GZIP:
        raise EOFError if _GZIP.startswith(body[start : start + 3]) else ValueError("no gzip")
    flags = body[start + 3 : start + 4]
    if not flags:
        raise EOFError
    position = start + 10
    if flags[0] & 0x04:
        position += 2 + int.from_bytes(body[position : position + 2], "little")
    for flag in (0x08, 0x10):  # a name and a comment, each ended by a zero byte
        if flags[0] & flag:
            position = body.find(b"\x00", position) + 1
            if not position:
                raise EOFError
    return position + (2 if flags[0] & 0x02 else 0)


def _brotli(body: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    for position in range(0, len(body), _CHUNK):
        chunk = decoder.process(body[position : position + _CHUNK], output_buffer_limit=_CHUNK)
        while chunk or not decoder.can_accept_more_data():
            yield chunk
            if decoder.is_finished():
                return
            chunk = decoder.process(b"", output_buffer_limit=_CHUNK)
        if decoder.is_finished():
            return
    raise EOFError


def _zstd(body: bytes) -> Iterator[bytes]:
    """All frames, one after another."""
    decoder = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
    for position in range(0, len(body), _CHUNK):
        data = body[position : position + _CHUNK]
        while data or not (decoder.needs_input or decoder.eof):
            if decoder.eof:
                decoder = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
            chunk = decoder.decompress(data, _CHUNK)
            data = decoder.unused_data if decoder.eof else b""
            if chunk:
                yield chunk
    if not decoder.eof:
        raise EOFError


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
