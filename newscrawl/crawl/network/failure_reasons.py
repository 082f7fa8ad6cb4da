"""The reason for a failed request, by its exception. Logs and counts nothing."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity import CertificateError, VerificationError
from twisted.internet import error as twisted_errors
from twisted.web._newclient import ParseError
from twisted.web.client import ResponseFailed

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.connection_limits import HeadTooLarge

_BY_TYPE: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((HeadTooLarge, scrapy_errors.DownloadCancelledError), "TooLarge"),
    ((scrapy_errors.ResponseDataLossError,), "Truncated"),
    ((scrapy_errors.CannotResolveHostError, twisted_errors.DNSLookupError), "HostNotFound"),
    ((scrapy_errors.DownloadTimeoutError, twisted_errors.TimeoutError, TimeoutError), "TimedOut"),
    ((scrapy_errors.UnsupportedURLSchemeError,), "NotAnArticleUrl"),
    ((SSL.Error, VerificationError, CertificateError, ssl.SSLError), "TlsFailed"),
    ((ParseError,), "BadResponse"),
)
#: Python's own errors that Twisted's HTTP parser raises: for an unknown Transfer-Encoding, an invalid Content-Length.
_PARSING_ERRORS = (KeyError, ValueError)
#: Messages about host names that cannot be looked up.
_BAD_HOST = re.compile(r"invalid hostname|codec failed|label (?:empty|too long)", re.IGNORECASE)
_TLS_WORDS = ("certificate verify failed", "ssl handshake", "tls handshake")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and its causes, including Twisted's lists of reasons; the outermost first, at most 30."""
    waiting, seen = [error], 0
    while waiting and seen < 30:
        current = waiting.pop(0)
        seen += 1
        yield current
        waiting += [
            failure.value
            for failure in getattr(current, "reasons", None) or ()
            if isinstance(getattr(failure, "value", None), BaseException)
        ]
        waiting += [
            cause for cause in (current.__cause__, current.__context__) if cause is not None and cause not in waiting
        ]


def _message(error: BaseException) -> str:
    """The message of an exception, or of the ones that it wraps; at most 500 characters."""
    causes = [
        str(cause.value) or type(cause.value).__name__
        for cause in getattr(error, "reasons", None) or ()
        if cause.value is not None
    ]
    return (", ".join(causes) or str(error) or type(error).__name__)[:500]


def reason_of(error: BaseException) -> tuple[str, int | None, str]:
    """Reason (a name in `newscrawl.outcomes.REASONS`), HTTP status or None, and a detail for a person."""
    if isinstance(error, ReasonedIgnore):
        return error.reason, error.status, str(error)
    if isinstance(error, HttpError):
        return "HttpStatus", error.response.status, f"status {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return _reason_of_ignored(str(error))
    causes = list(_causes(error))
    for types, reason in _BY_TYPE:
        for cause in causes:
            if isinstance(cause, types):
                is_silent = reason == "TooLarge" and not str(cause)
                return reason, None, "more bytes than allowed" if is_silent else _message(cause)
    is_wrapped = any(isinstance(cause, ResponseFailed) for cause in causes)
    for cause in causes:
        if isinstance(cause, _PARSING_ERRORS):
            if is_wrapped:
                return "BadResponse", None, f"{type(cause).__name__}: {_message(cause)}"
            if isinstance(cause, UnicodeError) or _BAD_HOST.search(str(cause)):
                return "HostNotFound", None, _message(cause)
        if any(word in str(cause).lower() for word in _TLS_WORDS):
            return "TlsFailed", None, _message(cause)
    outermost = next((cause for cause in causes if isinstance(cause, ResponseFailed)), error)
    return "ConnectionFailed", None, _message(outermost)


def _reason_of_ignored(detail: str) -> tuple[str, int | None, str]:
    """The reason for an IgnoreRequest of Scrapy's own middlewares: for redirects, or robots.txt where ours is off."""
    lower = detail.lower()
    if "max redirections" in lower:
        return "RedirectLoop", None, detail
    return ("RobotsForbidden" if "robots" in lower else "HttpStatus"), None, detail
