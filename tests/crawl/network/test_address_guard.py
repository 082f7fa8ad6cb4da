"""The SSRF guard refuses private hosts as they are written."""

from __future__ import annotations

import pytest
from scrapy import Request

from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.network.address_guard import AddressGuardMiddleware


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:80", "[::1]", "10.1.2.3", "169.254.169.254", "0x7f.1"])
def test_a_private_host_is_refused(host: str) -> None:
    with pytest.raises(ReasonedIgnore) as caught:
        AddressGuardMiddleware().process_request(Request(f"http://{host}/x"))
    assert caught.value.reason == "PrivateAddress"


def test_a_public_host_passes() -> None:
    AddressGuardMiddleware().process_request(Request("https://a.example/x"))
