"""Which reason a failed request comes under. Looks at the exception only; logs and counts nothing."""

from __future__ import annotations

from scrapy import exceptions as scrapy_errors
from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet import error as twisted_errors


class Refused(IgnoreRequest):
    """A request that newscrawl itself does not let out. reason: a name in `newscrawl.fate.REASONS`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


_BY_TYPE: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((scrapy_errors.CannotResolveHostError, twisted_errors.DNSLookupError), "HostNotFound"),
    ((scrapy_errors.DownloadTimeoutError, twisted_errors.TimeoutError, TimeoutError), "TimedOut"),
    ((scrapy_errors.DownloadCancelledError,), "TooLarge"),
    ((scrapy_errors.UnsupportedURLSchemeError,), "NotAnArticleUrl"),
)
_TLS_WORDS = ("certificate", "ssl", "tls", "verify failed", "handshake")


def _chain(error: BaseException) -> str:
    """The messages of an exception and of what caused it, in lower case."""
    texts, current = [], error
    for _ in range(6):
        texts.append(f"{type(current).__module__} {current!r}")
        following = current.__cause__ or current.__context__
        if following is None:
            break
        current = following
    return " ".join(texts).lower()


def reason_of(error: BaseException) -> tuple[str, int | None, str]:
    """Reason, HTTP status (or None) and a detail for a person."""
    detail = str(error) or type(error).__name__
    if isinstance(error, Refused):
        return error.reason, None, detail
    if isinstance(error, HttpError):
        return "HttpStatus", error.response.status, f"status {error.response.status}"
    if isinstance(error, IgnoreRequest):
        # Scrapy's own middlewares raise it: that for robots.txt, where ours is switched off, and that for redirects
        return ("RobotsForbidden" if "robots" in detail.lower() else "HttpStatus"), None, detail
    for types, reason in _BY_TYPE:
        if isinstance(error, types):
            return reason, None, detail
    if any(word in _chain(error) for word in _TLS_WORDS):
        return "TlsFailed", None, detail
    return "ConnectionFailed", None, detail
