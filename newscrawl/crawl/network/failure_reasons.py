"""Which reason a failed request comes under. Looks at the exception only; logs and counts nothing."""

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
#: What Twisted's parser of HTTP lets through of Python's own: an unknown Transfer-Encoding, a Content-Length that is none.
_OF_PARSING = (KeyError, ValueError)
#: Hosts that no resolver can be asked for.
_BAD_HOST = re.compile(r"invalid hostname|codec failed|label (?:empty|too long)", re.IGNORECASE)
_TLS_WORDS = ("certificate verify failed", "ssl handshake", "tls handshake")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it names as its causes, Twisted's lists of reasons too; the outermost first."""
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


def _told(error: BaseException) -> str:
    """What an exception says, for a person; one that only wraps others says what they say."""
    causes = [
        str(cause.value) or type(cause.value).__name__
        for cause in getattr(error, "reasons", None) or ()
        if cause.value is not None
    ]
    return (", ".join(causes) or str(error) or type(error).__name__)[:500]


def reason_of(error: BaseException) -> tuple[str, int | None, str]:
    """Reason, HTTP status (or None) and a detail for a person."""
    if isinstance(error, ReasonedIgnore):
        return error.reason, error.status, str(error)
    if isinstance(error, HttpError):
        return "HttpStatus", error.response.status, f"status {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return _of_scrapy(str(error))
    causes = list(_causes(error))
    for types, reason in _BY_TYPE:
        for cause in causes:
            if isinstance(cause, types):
                return reason, None, _told(cause) if str(cause) or reason != "TooLarge" else "more bytes than are taken"
    wrapped = any(isinstance(cause, ResponseFailed) for cause in causes)
    for cause in causes:
        if isinstance(cause, _OF_PARSING):
            if wrapped:
                return "BadResponse", None, f"{type(cause).__name__}: {_told(cause)}"
            if isinstance(cause, UnicodeError) or _BAD_HOST.search(str(cause)):
                return "HostNotFound", None, _told(cause)
        if any(word in str(cause).lower() for word in _TLS_WORDS):
            return "TlsFailed", None, _told(cause)
    return (
        "ConnectionFailed",
        None,
        _told(next((cause for cause in causes if isinstance(cause, ResponseFailed)), error)),
    )


def _of_scrapy(detail: str) -> tuple[str, int | None, str]:
    """What Scrapy's own middlewares refuse: the one for robots.txt, where ours is switched off, and the one for redirects."""
    lower = detail.lower()
    if "max redirections" in lower:
        return "RedirectLoop", None, detail
    return ("RobotsForbidden" if "robots" in lower else "HttpStatus"), None, detail
