"""The options of every site of a crawl, for those parts that meet a site by a URL or by the name that it was given.

One a crawl (`newscrawl.crawl.nouns.shared`); the news spider fills it. In a crawl of another spider it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.discover.address import site_of
from newscrawl.sites import SiteOptions
from newscrawl.urls import split


class SiteTable:
    """Site options by name, and by the site (`site_of`) of their start URLs."""

    def __init__(self) -> None:
        self._by_name: dict[str, SiteOptions] = {}
        self._by_site: dict[str, list[SiteOptions]] = {}

    def fill(self, sites: Iterable[SiteOptions]) -> None:
        """Add sites. Their start URLs must be absolute."""
        for one in sites:
            self._by_name[one.name] = one
            for site in dict.fromkeys(map(site_of, one.start)):
                self._by_site.setdefault(site, []).append(one)

    def only(self) -> SiteOptions | None:
        """The one site, where there is one."""
        return next(iter(self._by_name.values())) if len(self._by_name) == 1 else None

    def named(self, name: str | None) -> SiteOptions | None:
        """The options of the site that the person gave this name."""
        return self._by_name.get(name) if name is not None else None

    def of_url(self, url: str) -> SiteOptions | None:
        """The options of the site that a URL belongs to: of several parts of one site, that of the longest path."""
        found = self._by_site.get(site_of(url)) if self._by_site else None
        if not found:
            return None
        return found[0] if len(found) == 1 else max(found, key=lambda one: _common_path(url, one))

    def of_visit(self, name: str | None, url: str) -> SiteOptions | None:
        """The options of the site of this name if the URL belongs to it; else those of the site that it belongs to."""
        named = self.named(name)
        if named is not None and site_of(url) in map(site_of, named.start):
            return named
        return self.of_url(url)

    def may_tell(self, url: str, options: SiteOptions) -> bool:
        """May this URL be sent what is meant for the site alone? Not without TLS where the site was named with it."""
        return not (url.startswith("http://") and all(start.startswith("https://") for start in options.start))


def _common_path(url: str, options: SiteOptions) -> int:
    path = split(url).path
    return max((len(start) for start in map(_path, options.start) if path.startswith(start)), default=-1)


def _path(url: str) -> str:
    return split(url).path
