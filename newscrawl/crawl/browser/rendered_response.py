"""The response that stands for a rendered page, and the bounds within which pages are rendered."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.http import HtmlResponse, Response

#: Flag of a response that the browser has made.
RENDERED = "rendered"
#: Flag of a rendered response whose scripts could not load everything: that the page lacks something proves nothing.
HAMPERED = "hampered"
#: Larger documents (bytes) are not rendered, and no more characters of a rendered page are read back: each is in memory
#: several times on its way to the browser and back.
LARGEST = 3 * 1024 * 1024
#: Headers of the server's response that do not describe the rendered page.
_NOT_KEPT = (b"content-type", b"content-encoding", b"content-length")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the browser.

    tabs: open at once. seconds, bytes, requests: of one page. memory: bytes of one tab. rounds: of scrolling. idle:
    seconds after which an idle browser is closed.
    """

    tabs: int
    seconds: float
    bytes: int
    requests: int
    memory: int
    rounds: int
    idle: float


def rendered_response(document: Response, html: str, is_hampered: bool) -> Response:
    """The response for a rendered page. document: what the server sent."""
    headers = {name: values for name, values in document.headers.items() if name.lower() not in _NOT_KEPT}
    headers[b"Content-Type"] = [b"text/html; charset=utf-8"]
    return HtmlResponse(
        document.url,
        status=document.status,
        headers=headers,
        body=html.encode("utf-8", "replace")[: 4 * LARGEST],
        encoding="utf-8",
        flags=[*document.flags, RENDERED, *([HAMPERED] if is_hampered else [])],
        request=document.request,
        ip_address=document.ip_address,
    )


def redirect_response(document: Response, url: str) -> Response:
    """The response that sends Scrapy to the URL to which a page's script leads."""
    return Response(document.url, status=302, headers={"Location": url}, request=document.request)


def is_rendered(response: Response) -> bool:
    """Has the browser made this response?"""
    return RENDERED in response.flags


def is_hampered(response: Response) -> bool:
    """Did scripts of the rendered page fail to load what they need?"""
    return HAMPERED in response.flags
