"""Whether pages may be rendered: the setting for all sites and for single ones, and the driver that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

from newscrawl.discover.address import is_on_site

MODES = ("auto", "never", "always")
#: The packages of the extra `browser`.
_DRIVER = ("playwright", "scrapy_playwright")


class Modes:
    """The setting `NEWSCRAWL_BROWSER`: "auto", "never" or "always", and modes of single sites.

    For example "auto, https://a.example=always, b.example=never", or a mapping of sites to modes, in which "" or "*" is
    for all others. Raises ValueError for an unknown mode.
    """

    def __init__(self, value: object) -> None:
        self._everywhere = "auto"
        self._sites: list[tuple[str, str]] = []
        if isinstance(value, Mapping):
            given = list(value.items())
        else:
            given = [_pair(part) for part in str(value or "").split(",") if part.strip()]
        for site, mode in given:
            mode = str(mode).strip().lower()
            if mode not in MODES:
                raise ValueError(f"NEWSCRAWL_BROWSER: {mode!r} must be one of {', '.join(MODES)}")
            if site in ("", "*"):
                self._everywhere = mode
            else:
                self._sites.append((site if "://" in site else f"https://{site}", mode))

    def check_driver(self) -> None:
        """Raise ValueError where a site is always to be rendered and nothing can drive a browser."""
        if "always" in (self._everywhere, *(mode for _, mode in self._sites)) and (missing := missing_driver()):
            raise ValueError(f"NEWSCRAWL_BROWSER=always: {missing}")

    def of(self, url: str) -> str:
        """The mode for a URL."""
        return next((mode for site, mode in self._sites if is_on_site(url, site)), self._everywhere)


def missing_driver() -> str:
    """What to do about the missing driver of the browser; "" where it is installed. Imports nothing."""
    if all(find_spec(name) is not None for name in _DRIVER):
        return ""
    return "the driver of the browser is not installed: pip install 'newscrawl[browser]'"


def _pair(part: str) -> tuple[str, str]:
    site, sign, mode = part.rpartition("=")
    return (site.strip(), mode) if sign else ("", part)
