"""The errors that newscrawl raises on purpose, each about one page.

    NewscrawlError
      UnreadablePage(url)                empty, not HTML or not decodable
      NotAnArticle(url, reason)          a section page, bot challenge, consent wall, soft 404, login ...
      IncompleteArticle(url, missing)    an article whose headline or body is missing

An error never ends a crawl: it only costs the page it is about. `reason` is a name in `newscrawl.outcomes.REASONS`, so
errors, drops and the summary all use the same word.
"""

from __future__ import annotations


class NewscrawlError(Exception):
    """Base class of newscrawl's errors.

    url: the page's URL, or "" if it is unknown. reason: a name in `newscrawl.outcomes.REASONS`.
    """

    reason = "Unreadable"

    def __init__(self, url: str, message: str) -> None:
        super().__init__(f"{url or 'page without a URL'}: {message}")
        self.url = url


class UnreadablePage(NewscrawlError):
    """The page is empty, is not HTML, or cannot be decoded."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)


class NotAnArticle(NewscrawlError):
    """The page could be read but is not an article; `reason` says what it is instead, `why` more of it, or ""."""

    def __init__(self, url: str, reason: str, why: str = "") -> None:
        super().__init__(url, f"not an article: {reason}" + (f" ({why})" if why else ""))
        self.reason, self.why = reason, why


class IncompleteArticle(NewscrawlError):
    """The page is an article, but an essential part of it could not be read.

    missing: "headline" or "body".
    """

    reason = "IncompleteArticle"

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(url, f"the {missing} is missing")
        self.missing, self.why = missing, f"the {missing} is missing"
