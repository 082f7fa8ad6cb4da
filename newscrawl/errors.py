"""What can go wrong with one page.

    NewscrawlError
      UnreadablePage(url)                empty, not HTML, not decodable
      NotAnArticle(url, reason)          section page, challenge, consent wall, soft 404, login ...
      IncompleteArticle(url, missing)    the headline or the body is missing

Each names the page it is about and costs that one page, never the crawl. `reason` is the name of a
row in `newscrawl.outcomes.REASONS`, so an error, a drop and a line of the summary say the same word.
"""

from __future__ import annotations


class NewscrawlError(Exception):
    """Base of all errors that newscrawl raises on purpose.

    url: the page it is about, or "" when it has none. reason: a name in `newscrawl.outcomes.REASONS`.
    """

    reason = "Unreadable"

    def __init__(self, url: str, message: str) -> None:
        super().__init__(f"{url or 'page without address'}: {message}")
        self.url = url


class UnreadablePage(NewscrawlError):
    """The bytes are no HTML page: empty, of another type, or not decodable."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)


class NotAnArticle(NewscrawlError):
    """The page can be read and is no article; `reason` says what it is instead."""

    def __init__(self, url: str, reason: str, why: str = "") -> None:
        super().__init__(url, f"no article: {reason}" + (f" ({why})" if why else ""))
        self.reason = reason


class IncompleteArticle(NewscrawlError):
    """The page is an article of which an essential part could not be read.

    missing: "headline" or "body".
    """

    reason = "IncompleteArticle"

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(url, f"the {missing} is missing")
        self.missing = missing
