"""What a broken or hostile server may send for an article, and the reason that its URL must get.

Used by the tests and by `bench/hostile.py`.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cache

import brotli  # type: ignore[import-untyped]

from tests.support.hostile_server import (
    Answer,
    never_responds,
    page,
    path_of,
    redirects_to,
    sends,
    sends_endlessly,
    story,
    well_formed,
)

try:
    from compression import zstd  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    from backports import zstd  # type: ignore[no-redef, unused-ignore]

#: DOWNLOAD_TIMEOUT, in seconds, of crawls of these servers.
TIMEOUT = 8
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BAD_HEADERS = b"X-Bad: \xff\xfe\x00\x07\r\n\xe9: \xe9\r\nno colon\r\n: nameless\r\nConnection: close\r\n\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
#: A repeated piece of decompression bombs: 4 MB that compress to almost nothing.
SPACES = b"<p>" + b" " * 4_000_000


def _body(name: str) -> bytes:
    return story(name).encode()


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _compressed(coding: str, data: bytes) -> bytes:
    compress = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=5),
        "zstd": zstd.compress,
    }
    return compress[coding](data)  # type: ignore[operator]


def _gzip_bomb() -> bytes:
    """Gzip members one after another, the first of them an article: 400 MB in 400 KB."""
    return gzip.compress(_body("bomb")) + gzip.compress(SPACES) * 100


def truncated() -> dict[str, tuple[Answer, str]]:
    """Responses that end too early."""
    whole = well_formed(_body("broken"))
    head, _, body = whole.partition(b"\r\n\r\n")
    half = body[: len(body) // 2]
    return {
        "closes-at-once": (sends(), "ConnectionFailed"),
        "resets-at-once": (sends(b"HTTP/1.1 200 OK\r\n", reset=True), "ConnectionFailed"),
        "is-truncated-in-its-status": (sends(b"HTTP/1.1 2"), "ConnectionFailed"),
        "is-truncated-in-its-head": (sends(b"HTTP/1.1 200 OK\r\nContent-Ty"), "ConnectionFailed"),
        "is-truncated-after-its-head": (sends(head + b"\r\n\r\n"), "Truncated"),
        "is-truncated-in-its-body": (sends(head + b"\r\n\r\n" + half), "Truncated"),
        "declares-more-than-it-sends": (sends(HTML + b"Content-Length: 900000\r\n\r\n" + body), "Truncated"),
        "is-truncated-between-chunks": (sends(CHUNKED + _chunk(body)), "Truncated"),
        "is-truncated-in-a-chunk": (sends(CHUNKED + _chunk(body)[:1000]), "Truncated"),
        "has-a-chunk-without-a-size": (sends(CHUNKED + b"zzz\r\n" + body), "Truncated"),
        "has-a-chunk-of-negative-size": (sends(CHUNKED + b"-5\r\n" + body), "Truncated"),
        "has-chunks-without-ends": (sends(CHUNKED + b"%x\r\n" % (len(body) - 9) + body + b"0\r\n\r\n"), "Truncated"),
        "sends-only-a-part": (
            page(half, "206 Partial Content", Content_Range=f"bytes 0-{len(half) - 1}/{len(body)}"),
            "Truncated",
        ),
        "is-truncated-in-gzip": (page(_compressed("gzip", body)[:-200], Content_Encoding="gzip"), "Truncated"),
        "is-truncated-in-deflate": (page(_compressed("deflate", body)[:-200], Content_Encoding="deflate"), "Truncated"),
        "is-truncated-in-br": (page(_compressed("br", body)[:-200], Content_Encoding="br"), "Truncated"),
        "is-truncated-in-zstd": (page(_compressed("zstd", body)[:-200], Content_Encoding="zstd"), "Truncated"),
    }


def invalid() -> dict[str, tuple[Answer, str]]:
    """Responses that are not valid HTTP, or not in the content coding that they declare."""
    body = well_formed(_body("broken")).partition(b"\r\n\r\n")[2]
    unsized = HTML + b"Connection: close\r\n\r\n"
    return {
        "claims-to-be-gzip": (page(body, Content_Encoding="gzip"), "BadResponse"),
        "claims-to-be-br": (page(body, Content_Encoding="br"), "BadResponse"),
        "claims-to-be-zstd": (page(body, Content_Encoding="zstd"), "BadResponse"),
        "claims-to-be-deflate": (page(b"\xff" + body, Content_Encoding="deflate"), "BadResponse"),
        "has-an-unknown-coding": (page(body, Content_Encoding="x-own"), "BadResponse"),
        "has-an-unknown-coding-over-gzip": (
            page(_compressed("gzip", body), Content_Encoding="gzip, x-own"),
            "BadResponse",
        ),
        "is-not-http": (sends(b"SSH-2.0-OpenSSH_9.9\r\n"), "BadResponse"),
        "is-a-page-without-a-head": (sends(b"<!doctype html>\n" + body), "BadResponse"),
        "has-a-status-without-a-number": (sends(b"HTTP/1.1 abc OK\r\n\r\n" + body), "BadResponse"),
        "has-an-invalid-version": (sends(b"HTTP/x.y 200 OK\r\n\r\n" + body), "BadResponse"),
        "has-an-unknown-transfer-encoding": (sends(HTML + b"Transfer-Encoding: own\r\n\r\n" + body), "BadResponse"),
        "has-two-lengths": (sends(HTML + b"Content-Length: 100\r\nContent-Length: 200\r\n\r\n" + body), "BadResponse"),
        "has-a-negative-length": (sends(HTML + b"Content-Length: -7\r\n\r\n" + body), "BadResponse"),
        "has-a-length-without-a-number": (sends(HTML + b"Content-Length: much\r\n\r\n" + body), "BadResponse"),
        "is-without-a-length-and-whole": (sends(unsized + story("unsized").encode()), "Recorded"),
        "is-without-a-length-and-truncated": (sends(unsized + story("unsized and cut").encode()[:-700]), "Recorded"),
        "declares-less-than-it-sends": (
            sends(HTML + b"Content-Length: %d\r\n\r\n" % (len(body) - 700) + story("said too little").encode()),
            "Recorded",
        ),
    }


def statuses() -> dict[str, tuple[Answer, str]]:
    """Statuses other than 200."""
    return {
        f"has-status-{status}": (page(_body("odd"), f"{status} Odd"), "HttpStatus")
        for status in (0, 304, 305, 407, 418, 451, 500, 503, 600, 999, 12345)
    }


def floods() -> dict[str, tuple[Answer, str]]:
    """Response heads without an end."""
    return {
        "floods-with-headers": (sends_endlessly(b"X-Flood: yes\r\n", b"HTTP/1.1 200 OK\r\n"), "TooLarge"),
        "floods-with-long-headers": (
            sends_endlessly(b"X-Flood: " + b"y" * 15_000 + b"\r\n", b"HTTP/1.1 200 OK\r\n"),
            "TooLarge",
        ),
        "floods-with-one-header": (sends_endlessly(b"y" * 10_000, b"HTTP/1.1 200 OK\r\nX-Flood: "), "TooLarge"),
        "floods-with-a-folded-header": (
            sends_endlessly(b" more\r\n", b"HTTP/1.1 200 OK\r\nX-Flood: y\r\n"),
            "TooLarge",
        ),
        "floods-with-status-100": (sends_endlessly(b"HTTP/1.1 100 Continue\r\n\r\n"), "TooLarge"),
        "floods-with-status-103": (
            sends_endlessly(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 20),
            "TooLarge",
        ),
        "floods-with-a-status-line": (sends_endlessly(b"H" * 10_000), "TooLarge"),
        "floods-with-empty-lines": (sends_endlessly(b"\r\n" * 1000), "BadResponse"),
    }


def odd() -> dict[str, tuple[Answer, str]]:
    """Odd headers, media types and content codings."""
    return {
        "has-status-204": (sends(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), "Unreadable"),
        "has-status-205": (page("", "205 Reset Content"), "Unreadable"),
        "is-empty": (page(""), "Unreadable"),
        "is-a-picture": (page(b"\x89PNG\r\n\x1a\n" + bytes(2000), Content_Type="image/png"), "Unreadable"),
        "claims-to-be-a-picture": (page(_body("picture"), Content_Type="image/png"), "Unreadable"),
        "is-a-picture-that-claims-to-be-a-page": (page(b"\x89PNG\r\n\x1a\n" + bytes(2000)), "Unreadable"),
        "is-binary-data": (page(bytes(range(256)) * 40), "OtherPage"),
        "continues-and-then-responds": (
            sends(b"HTTP/1.1 100 Continue\r\n\r\n", well_formed(_body("continued"))),
            "Recorded",
        ),
        "has-no-media-type": (page(_body("typeless"), Content_Type=""), "Recorded"),
        "has-an-invalid-media-type": (page(_body("type of no sense"), Content_Type="\x01;;/,"), "Recorded"),
        "has-an-unknown-charset": (page(_body("charset"), Content_Type="text/html; charset=klingon-8"), "Recorded"),
        "has-a-wrong-charset": (
            page(_body("charset of another"), Content_Type="text/html; charset=utf-16"),
            "Recorded",
        ),
        "has-bad-bytes-in-its-head": (sends(HTML + BAD_HEADERS + _body("bad bytes")), "Recorded"),
        "has-bare-line-feeds": (sends(b"HTTP/1.0 200\nContent-Type: text/html\n\n" + _body("bare")), "Recorded"),
        "has-the-coding-none": (page(_body("none"), Content_Encoding="none"), "Recorded"),
        "is-gzip-twice": (
            page(gzip.compress(gzip.compress(_body("twice"))), Content_Encoding="gzip, gzip"),
            "Recorded",
        ),
        "is-gzip-without-a-checksum": (
            page(gzip.compress(_body("no check sum"))[:-8], Content_Encoding="gzip"),
            "Recorded",
        ),
        "is-raw-deflate": (page(zlib.compress(_body("raw deflate"))[2:-4], Content_Encoding="deflate"), "Recorded"),
        "is-br": (page(_compressed("br", _body("br")), Content_Encoding="br"), "Recorded"),
        "is-zstd": (page(_compressed("zstd", _body("zstd")), Content_Encoding="zstd"), "Recorded"),
    }


def redirects() -> dict[str, tuple[Answer, str]]:
    """Redirects in circles, and to what cannot be requested."""
    return {
        "redirects-to-itself": (redirects_to(path_of("redirects-to-itself")), "RedirectLoop"),
        "redirects-there": (redirects_to(path_of("redirects-back")), "RedirectLoop"),
        "redirects-on-and-on": (redirects_to("?1"), "RedirectLoop"),
        "redirects-nowhere": (page("", "302 Found"), "HttpStatus"),
        "redirects-to-a-file": (redirects_to("file:///etc/passwd"), "HttpStatus"),
        "redirects-to-ftp": (redirects_to("ftp://ftp.example/x"), "HttpStatus"),
        "redirects-to-data": (redirects_to("data:text/html,<p>x"), "HttpStatus"),
        "redirects-to-script": (redirects_to("javascript:alert(1)"), "HttpStatus"),
        "redirects-to-a-broken-url": (redirects_to("http://[::1"), "HttpStatus"),
        "redirects-to-no-host": (redirects_to("http:///x"), "HttpStatus"),
        "redirects-to-an-invalid-port": (redirects_to("http://a.example:99999/"), "HttpStatus"),
        "redirects-to-a-long-url": (redirects_to("/" + "x" * 12_000), "HttpStatus"),
    }


def large() -> dict[str, tuple[Answer, str]]:
    """Endless responses, and responses much larger than they look."""
    big = b"<p>word</p>" * 1000
    layered = gzip.compress(gzip.compress(_body("layers")) + gzip.compress(SPACES) * 100)
    return {
        "is-huge-by-its-length": (
            sends_endlessly(big, HTML + b"Content-Length: 99999999999\r\n\r\n" + _body("huge")),
            "TooLarge",
        ),
        "is-huge-in-chunks": (sends_endlessly(_chunk(big * 9), CHUNKED + _chunk(_body("chunks"))), "TooLarge"),
        "is-huge-without-a-length": (
            sends_endlessly(big * 9, HTML + b"Connection: close\r\n\r\n" + _body("without end")),
            "TooLarge",
        ),
        "is-a-bomb-in-gzip": (page(_gzip_bomb(), Content_Encoding="gzip"), "TooLarge"),
        "is-a-bomb-in-deflate": (
            page(zlib.compress(_body("bomb") + SPACES * 20), Content_Encoding="deflate"),
            "TooLarge",
        ),
        "is-a-bomb-in-br": (page(_compressed("br", _body("bomb") + SPACES * 20), Content_Encoding="br"), "TooLarge"),
        "is-a-bomb-in-zstd": (
            page(_compressed("zstd", _body("bomb") + SPACES * 20), Content_Encoding="zstd"),
            "TooLarge",
        ),
        "is-a-bomb-in-two-layers": (page(layered, Content_Encoding="gzip, gzip"), "TooLarge"),
        "has-a-hundred-layers": (
            page(_compressed("gzip", _body("layers")), Content_Encoding=", ".join(["gzip"] * 100)),
            "BadResponse",
        ),
    }


def slow() -> dict[str, tuple[Answer, str]]:
    """Responses that take longer than the timeout."""
    return {
        "never-responds": (never_responds, "TimedOut"),
        "sends-its-head-slowly": (sends_endlessly(b"X-Slow: yes\r\n", b"HTTP/1.1 200 OK\r\n", pause=0.2), "TimedOut"),
        "sends-its-status-slowly": (sends_endlessly(b"H", pause=0.2), "TimedOut"),
        "sends-its-body-slowly": (
            sends_endlessly(b"x", HTML + b"Content-Length: 100000\r\n\r\n", pause=0.2),
            "TimedOut",
        ),
        "sends-its-chunks-slowly": (sends_endlessly(_chunk(b"x"), CHUNKED, pause=0.2), "TimedOut"),
        "continues-slowly": (sends_endlessly(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.2), "TimedOut"),
    }


@cache
def all_cases() -> dict[str, tuple[Answer, str]]:
    """All cases, by the name from which `path_of` makes their path."""
    return {**truncated(), **invalid(), **statuses(), **floods(), **odd(), **redirects(), **large(), **slow()}
