"""A response as the library knows it."""

from __future__ import annotations

from datetime import datetime, timezone

from scrapy.http import Response

from newscrawl.article import Page


def headers_of(response: Response) -> dict[str, str]:
    """Name -> value; several lines of one name are parted by commas, those of X-Robots-Tag by line ends: an agent's name holds to the end of its header."""
    given = {
        name.decode("latin-1"): b",".join(values).decode("utf-8", "replace")
        for name, values in response.headers.items()
    }
    if len(directives := response.headers.getlist("X-Robots-Tag")) > 1:
        given["X-Robots-Tag"] = "\n".join(value.decode("utf-8", "replace") for value in directives)
    return given


def page_of(response: Response) -> Page:
    """The page that was fetched, now."""
    return Page(response.url, response.body, datetime.now(timezone.utc), headers_of(response))
