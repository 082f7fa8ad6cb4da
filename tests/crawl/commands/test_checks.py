"""Settings of Scrapy that cannot be used are named."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.commands.checks import check_scrapy_settings


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("DOWNLOAD_DELAY", "abc", "a number"),
        ("DOWNLOAD_DELAY", "nan", "a number"),
        ("CONCURRENT_REQUESTS", "x", "a whole number"),
        ("CONCURRENT_REQUESTS", "1.5", "a whole number"),
        ("LOGSTATS_INTERVAL", "soon", "a number"),
        ("COOKIES_ENABLED", "perhaps", "True or False"),
        ("LOG_LEVEL", "FOO", "must be DEBUG"),
    ],
)
def test_a_value_of_another_kind_is_named(name: str, value: str, wanted: str) -> None:
    with pytest.raises(ValueError) as caught:
        check_scrapy_settings(Settings({name: value}))
    assert name in str(caught.value) and repr(value) in str(caught.value) and wanted in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_DELAY", "0.5"),
        ("CLOSESPIDER_TIMEOUT", "0.5"),
        ("CONCURRENT_REQUESTS", "3"),
        ("COOKIES_ENABLED", "true"),
        ("LOG_LEVEL", "WARNING"),
        ("LOG_LEVEL", 10),
        ("FEED_EXPORT_INDENT", None),
        ("OF_A_PROJECT", "abc"),
    ],
)
def test_usable_values_have_no_fault(name: str, value: Any) -> None:
    check_scrapy_settings(Settings({name: value}))
