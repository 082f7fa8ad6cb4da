"""Whether pages may be rendered, as the person has set it for all sites and for single ones."""

from __future__ import annotations

from collections.abc import Mapping

from newscrawl.discover.address import is_on_site

MODES = ("auto", "never", "always")


class Modes:
    """`NEWSCRAWL_BROWSER`:

    "auto", "never" or "always", and a site's own: "auto, https://a.example=always, b.example=never". ValueError.
    """

    def __init__(self, value: object) -> None:
        self._everywhere = "auto"
        self._sites: list[tuple[str, str]] = []
        given = (
            value.items()
            if isinstance(value, Mapping)
            else [_pair(part) for part in str(value or "").split(",") if part.strip()]
        )
        for site, mode in given:
            mode = str(mode).strip().lower()
            if mode not in MODES:
                raise ValueError(f"NEWSCRAWL_BROWSER: {mode!r} is none of {', '.join(MODES)}")
            if site in ("", "*"):
                self._everywhere = mode
            else:
                self._sites.append((site if "://" in site else f"https://{site}", mode))

    def of(self, url: str) -> str:
        """The mode for an address."""
        return next((mode for site, mode in self._sites if is_on_site(url, site)), self._everywhere)


def _pair(part: str) -> tuple[str, str]:
    site, sign, mode = part.rpartition("=")
    return (site.strip(), mode) if sign else ("", part)
