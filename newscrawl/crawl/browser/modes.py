"""Whether pages may be rendered: the setting for all sites and for single ones."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.discover.address import is_on_site

MODES = ("auto", "never", "always")


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

    def of(self, url: str) -> str:
        """The mode for a URL."""
        return next((mode for site, mode in self._sites if is_on_site(url, site)), self._everywhere)


def _pair(part: str) -> tuple[str, str]:
    site, sign, mode = part.rpartition("=")
    return (site.strip(), mode) if sign else ("", part)
