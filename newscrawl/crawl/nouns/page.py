"""A Scrapy response as the library's `Page`."""

from __future__ import annotations

from datetime import datetime, timezone

from scrapy.http import Response

from newscrawl.article import Page


def headers_of(response: Response) -> dict[str, str]:
    """Name -> value of a response's headers.

    Several lines of one name are joined by commas, but those of X-Robots-Tag by line ends: there the name of an agent
    applies to the rest of its own line.
    """
    headers = {
        name.decode("latin-1"): b",".join(values).decode("utf-8", "replace")
        for name, values in response.headers.items()
    }
    if len(directives := response.headers.getlist("X-Robots-Tag")) > 1:
        headers["X-Robots-Tag"] = "\n".join(value.decode("utf-8", "replace") for value in directives)
    return headers


def page_of(response: Response) -> Page:
    """The page of a response, fetched now."""
    return Page(response.url, response.body, datetime.now(timezone.utc), headers_of(response))
