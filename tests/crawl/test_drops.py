"""Items are dropped for a reason."""

import pytest
from scrapy.exceptions import DropItem

from newscrawl.crawl.drops import drop
from newscrawl.outcomes import REASONS


def test_every_reason_has_its_exception() -> None:
    for reason in REASONS:
        assert isinstance(drop(reason), DropItem)
        assert type(drop(reason)).__name__ == reason
    with pytest.raises(KeyError):
        drop("Whim")
