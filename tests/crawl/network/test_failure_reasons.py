"""The reason of a failed request."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.failure_reasons import reason_of
from newscrawl.outcomes import REASONS


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotResolveHostError("no such host"), "HostNotFound"),
        (DownloadTimeoutError("too slow"), "TimedOut"),
        (DownloadConnectionRefusedError("refused"), "ConnectionFailed"),
        (IgnoreRequest("Forbidden by robots.txt"), "RobotsForbidden"),
        (ReasonedIgnore("PrivateAddress", "10.0.0.1"), "PrivateAddress"),
        (HttpError(HtmlResponse("https://a.example/x", status=404)), "HttpStatus"),
        (OSError("certificate verify failed"), "TlsFailed"),
        (ValueError("whatever"), "ConnectionFailed"),
    ],
)
def test_a_failure_has_a_reason(error: Exception, reason: str) -> None:
    found, status, detail = reason_of(error)
    assert found == reason and found in REASONS and detail
    assert status == (404 if reason == "HttpStatus" else None)
