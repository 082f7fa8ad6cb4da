"""What a wrong or hostile server may answer for an article, and the reason that its address must come to. Used by the tests and by `bench/hostile.py`."""

from __future__ import annotations

import gzip
import zlib
from functools import cache

import brotli  # type: ignore[import-untyped]

from tests.support.hostile_server import Answer, again_and_again, framed, leads_to, never, page, path_of, says, story

try:
    from compression import zstd  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    from backports import zstd  # type: ignore[no-redef, unused-ignore]

#: Seconds that a download is given where these are crawled.
PATIENCE = 8
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HTML + b"Transfer-Encoding: chunked\r\n\r\n"
#: What unpacks to 400 MB, some of it after a story that stands at its beginning.
ZEROS = b"<p>" + b" " * 4_000_000


def _body(name: str) -> bytes:
    return story(name).encode()


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _packed(coding: str, data: bytes) -> bytes:
    make = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": lambda data: brotli.compress(data, quality=5),
        "zstd": zstd.compress,
    }
    return make[coding](data)  # type: ignore[operator]


def _gzip_bomb() -> bytes:
    """One member after the other: 400 MB in 400 KB."""
    return gzip.compress(_body("bomb")) + gzip.compress(ZEROS) * 100


def broken() -> dict[str, tuple[Answer, str]]:
    """Servers that break off or say what is no HTTP."""
    whole = framed(_body("broken"))
    head, _, body = whole.partition(b"\r\n\r\n")
    half = body[: len(body) // 2]
    unsized = HTML + b"Connection: close\r\n\r\n"
    return {
        "closes-at-once": (says(), "ConnectionFailed"),
        "resets-at-once": (says(b"HTTP/1.1 200 OK\r\n", reset=True), "ConnectionFailed"),
        "breaks-off-in-its-status": (says(b"HTTP/1.1 2"), "ConnectionFailed"),
        "breaks-off-in-its-head": (says(b"HTTP/1.1 200 OK\r\nContent-Ty"), "ConnectionFailed"),
        "breaks-off-after-its-head": (says(head + b"\r\n\r\n"), "Truncated"),
        "breaks-off-in-its-body": (says(head + b"\r\n\r\n" + half), "Truncated"),
        "says-more-than-it-sends": (says(HTML + b"Content-Length: 900000\r\n\r\n" + body), "Truncated"),
        "breaks-off-between-chunks": (says(CHUNKED + _chunk(body)), "Truncated"),
        "breaks-off-in-a-chunk": (says(CHUNKED + _chunk(body)[:1000]), "Truncated"),
        "has-a-chunk-of-no-size": (says(CHUNKED + b"zzz\r\n" + body), "Truncated"),
        "has-a-chunk-of-negative-size": (says(CHUNKED + b"-5\r\n" + body), "Truncated"),
        "has-chunks-without-ends": (says(CHUNKED + b"%x\r\n" % (len(body) - 9) + body + b"0\r\n\r\n"), "Truncated"),
        "sends-a-part": (
            page(half, "206 Partial Content", Content_Range=f"bytes 0-{len(half) - 1}/{len(body)}"),
            "Truncated",
        ),
        "breaks-off-in-gzip": (page(_packed("gzip", body)[:-200], Content_Encoding="gzip"), "Truncated"),
        "breaks-off-in-deflate": (page(_packed("deflate", body)[:-200], Content_Encoding="deflate"), "Truncated"),
        "breaks-off-in-br": (page(_packed("br", body)[:-200], Content_Encoding="br"), "Truncated"),
        "breaks-off-in-zstd": (page(_packed("zstd", body)[:-200], Content_Encoding="zstd"), "Truncated"),
        "says-it-is-gzip-and-is-not": (page(body, Content_Encoding="gzip"), "BadResponse"),
        "says-it-is-br-and-is-not": (page(body, Content_Encoding="br"), "BadResponse"),
        "says-it-is-zstd-and-is-not": (page(body, Content_Encoding="zstd"), "BadResponse"),
        "says-it-is-deflate-and-is-not": (page(b"\xff" + body, Content_Encoding="deflate"), "BadResponse"),
        "has-a-coding-of-its-own": (page(body, Content_Encoding="x-own"), "BadResponse"),
        "has-a-coding-over-gzip": (page(_packed("gzip", body), Content_Encoding="gzip, x-own"), "BadResponse"),
        "is-no-http": (says(b"SSH-2.0-OpenSSH_9.9\r\n"), "BadResponse"),
        "is-a-page-without-a-head": (says(b"<!doctype html>\n" + body), "BadResponse"),
        "has-a-status-that-is-no-number": (says(b"HTTP/1.1 abc OK\r\n\r\n" + body), "BadResponse"),
        "has-a-version-that-is-none": (says(b"HTTP/x.y 200 OK\r\n\r\n" + body), "BadResponse"),
        "has-an-unknown-transfer-encoding": (says(HTML + b"Transfer-Encoding: own\r\n\r\n" + body), "BadResponse"),
        "has-two-lengths": (says(HTML + b"Content-Length: 100\r\nContent-Length: 200\r\n\r\n" + body), "BadResponse"),
        "has-a-negative-length": (says(HTML + b"Content-Length: -7\r\n\r\n" + body), "BadResponse"),
        "has-a-length-that-is-no-number": (says(HTML + b"Content-Length: much\r\n\r\n" + body), "BadResponse"),
        "is-without-a-length-and-whole": (says(unsized + story("unsized").encode()), "Recorded"),
        "is-without-a-length-and-cut": (says(unsized + story("unsized and cut").encode()[:-700]), "Recorded"),
        "says-less-than-it-sends": (
            says(HTML + b"Content-Length: %d\r\n\r\n" % (len(body) - 700) + story("said too little").encode()),
            "Recorded",
        ),
    }


def odd() -> dict[str, tuple[Answer, str]]:
    """Servers whose statuses, heads or types are odd, and redirects."""
    cases = {
        f"has-status-{status}": (page(_body("odd"), f"{status} Odd"), "HttpStatus")
        for status in (0, 304, 305, 407, 418, 451, 500, 503, 600, 999, 12345)
    }
    floods = {
        "floods-with-headers": (again_and_again(b"X-Flood: yes\r\n", b"HTTP/1.1 200 OK\r\n"), "TooLarge"),
        "floods-with-long-headers": (
            again_and_again(b"X-Flood: " + b"y" * 15_000 + b"\r\n", b"HTTP/1.1 200 OK\r\n"),
            "TooLarge",
        ),
        "floods-with-one-header": (again_and_again(b"y" * 10_000, b"HTTP/1.1 200 OK\r\nX-Flood: "), "TooLarge"),
        "floods-with-a-folded-header": (
            again_and_again(b" more\r\n", b"HTTP/1.1 200 OK\r\nX-Flood: y\r\n"),
            "TooLarge",
        ),
        "floods-with-status-100": (again_and_again(b"HTTP/1.1 100 Continue\r\n\r\n"), "TooLarge"),
        "floods-with-status-103": (
            again_and_again(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 20),
            "TooLarge",
        ),
        "floods-with-a-status-line": (again_and_again(b"H" * 10_000), "TooLarge"),
        "floods-with-empty-lines": (again_and_again(b"\r\n" * 1000), "BadResponse"),
    }
    return {
        **cases,
        **floods,
        "has-status-204": (says(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), "Unreadable"),
        "has-status-205": (page("", "205 Reset Content"), "Unreadable"),
        "is-empty": (page(""), "Unreadable"),
        "is-a-picture": (page(b"\x89PNG\r\n\x1a\n" + bytes(2000), Content_Type="image/png"), "Unreadable"),
        "says-it-is-a-picture": (page(_body("picture"), Content_Type="image/png"), "Unreadable"),
        "is-a-picture-and-says-it-is-a-page": (page(b"\x89PNG\r\n\x1a\n" + bytes(2000)), "Unreadable"),
        "is-bytes-of-no-sense": (page(bytes(range(256)) * 40), "OtherPage"),
        "continues-and-then-answers": (says(b"HTTP/1.1 100 Continue\r\n\r\n", framed(_body("continued"))), "Recorded"),
        "has-no-type": (page(_body("typeless"), Content_Type=""), "Recorded"),
        "has-a-type-that-is-none": (page(_body("type of no sense"), Content_Type="\x01;;/,"), "Recorded"),
        "has-a-charset-that-is-none": (page(_body("charset"), Content_Type="text/html; charset=klingon-8"), "Recorded"),
        "has-a-charset-that-is-wrong": (page(_body("charset of another"), Content_Type="text/html; charset=utf-16"), "Recorded"),
        "has-bad-bytes-in-its-head": (says(HTML + b"X-Bad: \xff\xfe\x00\x07\r\n\xe9: \xe9\r\nno colon\r\n: nameless\r\nConnection: close\r\n\r\n" + _body("bad bytes")), "Recorded"),
        "has-bare-line-feeds": (says(b"HTTP/1.0 200\nContent-Type: text/html\n\n" + _body("bare")), "Recorded"),
        "says-none-as-its-coding": (page(_body("none"), Content_Encoding="none"), "Recorded"),
        "is-gzip-twice": (page(gzip.compress(gzip.compress(_body("twice"))), Content_Encoding="gzip, gzip"), "Recorded"),
        "is-gzip-without-a-check-sum": (page(gzip.compress(_body("no check sum"))[:-8], Content_Encoding="gzip"), "Recorded"),
        "is-raw-deflate": (page(zlib.compress(_body("raw deflate"))[2:-4], Content_Encoding="deflate"), "Recorded"),
        "is-br": (page(_packed("br", _body("br")), Content_Encoding="br"), "Recorded"),
        "is-zstd": (page(_packed("zstd", _body("zstd")), Content_Encoding="zstd"), "Recorded"),
        "leads-to-itself": (leads_to(path_of("leads-to-itself")), "RedirectLoop"),
        "leads-here": (leads_to(path_of("leads-there")), "RedirectLoop"),
        "leads-on-and-on": (leads_to("?1"), "RedirectLoop"),
        "leads-nowhere": (page("", "302 Found"), "HttpStatus"),
        "leads-to-a-file": (leads_to("file:///etc/passwd"), "HttpStatus"),
        "leads-to-ftp": (leads_to("ftp://ftp.example/x"), "HttpStatus"),
        "leads-to-data": (leads_to("data:text/html,<p>x"), "HttpStatus"),
        "leads-to-script": (leads_to("javascript:alert(1)"), "HttpStatus"),
        "leads-to-a-broken-address": (leads_to("http://[::1"), "HttpStatus"),
        "leads-to-no-host": (leads_to("http:///x"), "HttpStatus"),
        "leads-to-a-port-that-is-none": (leads_to("http://a.example:99999/"), "HttpStatus"),
        "leads-to-a-long-address": (leads_to("/" + "x" * 12_000), "HttpStatus"),
    }  # fmt: skip


def large() -> dict[str, tuple[Answer, str]]:
    """Answers without an end, or much larger than they look."""
    big = b"<p>word</p>" * 1000
    layered = gzip.compress(gzip.compress(_body("layers")) + gzip.compress(ZEROS) * 100)
    return {
        "is-huge-by-its-length": (
            again_and_again(big, HTML + b"Content-Length: 99999999999\r\n\r\n" + _body("huge")),
            "TooLarge",
        ),
        "is-huge-in-chunks": (again_and_again(_chunk(big * 9), CHUNKED + _chunk(_body("chunks"))), "TooLarge"),
        "is-huge-without-a-length": (
            again_and_again(big * 9, HTML + b"Connection: close\r\n\r\n" + _body("without end")),
            "TooLarge",
        ),
        "is-a-bomb-in-gzip": (page(_gzip_bomb(), Content_Encoding="gzip"), "TooLarge"),
        "is-a-bomb-in-deflate": (
            page(zlib.compress(_body("bomb") + ZEROS * 20), Content_Encoding="deflate"),
            "TooLarge",
        ),
        "is-a-bomb-in-br": (page(_packed("br", _body("bomb") + ZEROS * 20), Content_Encoding="br"), "TooLarge"),
        "is-a-bomb-in-zstd": (page(_packed("zstd", _body("bomb") + ZEROS * 20), Content_Encoding="zstd"), "TooLarge"),
        "is-a-bomb-in-two-layers": (page(layered, Content_Encoding="gzip, gzip"), "TooLarge"),
        "has-a-hundred-layers": (
            page(_packed("gzip", _body("layers")), Content_Encoding=", ".join(["gzip"] * 100)),
            "BadResponse",
        ),
    }


def slow() -> dict[str, tuple[Answer, str]]:
    """Answers that take longer than anyone waits."""
    return {
        "never-answers": (never, "TimedOut"),
        "sends-its-head-slowly": (again_and_again(b"X-Slow: yes\r\n", b"HTTP/1.1 200 OK\r\n", pause=0.2), "TimedOut"),
        "sends-its-status-slowly": (again_and_again(b"H", pause=0.2), "TimedOut"),
        "sends-its-body-slowly": (
            again_and_again(b"x", HTML + b"Content-Length: 100000\r\n\r\n", pause=0.2),
            "TimedOut",
        ),
        "sends-its-chunks-slowly": (again_and_again(_chunk(b"x"), CHUNKED, pause=0.2), "TimedOut"),
        "continues-slowly": (again_and_again(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.2), "TimedOut"),
    }


@cache
def all_cases() -> dict[str, tuple[Answer, str]]:
    """Every one of them, by the name that `path_of` makes an address of."""
    return {**broken(), **odd(), **large(), **slow()}
