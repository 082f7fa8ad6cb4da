"""Settings of Scrapy that cannot be used, found before they are: Scrapy itself stops with a traceback.

Newscrawl's own settings are checked in `newscrawl.crawl.nouns.options`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from typing import Any

from scrapy.settings import BaseSettings, default_settings

#: Numbers that Scrapy reads with a fraction although their default has none.
_WITH_FRACTION = frozenset(
    {"CLOSESPIDER_TIMEOUT", "DNS_TIMEOUT", "DOWNLOAD_DELAY", "DOWNLOAD_DELAY_JITTER", "DOWNLOAD_TIMEOUT"}
)


def check_scrapy_settings(settings: BaseSettings) -> None:
    """Raise ValueError that names each setting of Scrapy whose value is not of its kind."""
    faults = list(_faults(settings))
    if faults:
        raise ValueError("; ".join(faults))


def _faults(settings: BaseSettings) -> Iterator[str]:
    for name in sorted(map(str, settings)):
        default = vars(default_settings).get(name)
        if name != "LOG_LEVEL" and not isinstance(default, (int, float)):
            continue
        value = settings.get(name)
        if name == "LOG_LEVEL":
            try:
                logging.NullHandler().setLevel(value)
            except (TypeError, ValueError):
                yield f"LOG_LEVEL={value!r}: must be DEBUG, INFO, WARNING, ERROR or CRITICAL"
        elif value is not None and value != default and (wanted := _wanted(settings, name, default)):
            yield f"{name}={value!r}: must be {wanted}"


def _wanted(settings: BaseSettings, name: str, default: Any) -> str:
    """What a value must be, where it is not that; "" where it can be used. The default says what kind it is of."""
    wanted = ""
    try:
        if isinstance(default, bool):
            wanted = "True or False"
            settings.getbool(name)
        elif isinstance(default, float) or name in _WITH_FRACTION:
            wanted = "a number"
            if not math.isfinite(settings.getfloat(name)):
                return wanted
        elif isinstance(default, int):
            wanted = "a whole number"
            settings.getint(name)
    except (TypeError, ValueError):
        return wanted
    return ""
