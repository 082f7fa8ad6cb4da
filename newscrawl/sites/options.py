"""Everything that a person may say of one site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from newscrawl.keys import url_key
from newscrawl.selectors import Selectors
from newscrawl.sites.wanted import Wanted
from newscrawl.urls import split


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """One site.

    name: as the person wrote it. start: URLs to begin at. wanted: which of its articles. limit: records wanted of it,
    or None. delay: seconds between two requests, or None for the crawl's. headers, cookies: sent to its host alone.
    proxy: URL of the proxy for its requests, or "". browser: "auto", "never", "always", or "" for the crawl's mode.
    without_rules: strip rules that are off. selectors: what is read otherwise. page_object: "module:Class", or "".
    scheme_guessed: the person gave no scheme.
    """

    name: str
    start: tuple[str, ...]
    wanted: Wanted = Wanted()
    limit: int | None = None
    delay: float | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str = field(default="", repr=False)
    browser: str = ""
    without_rules: tuple[str, ...] = ()
    selectors: Selectors = Selectors()
    page_object: str = ""
    scheme_guessed: bool = False

    @property
    def key(self) -> int:
        """A number, other for other wishes: addresses, languages and words; dates do not count."""
        patterns = [[pattern.pattern for pattern in found] for found in (self.wanted.include, self.wanted.exclude)]
        return url_key(repr((sorted(self.start), patterns, self.wanted.key))) >> 2

    @property
    def sent_headers(self) -> dict[str, str]:
        """The headers of every request to the site, the cookies among them."""
        if not self.cookies:
            return dict(self.headers)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {**self.headers, "Cookie": cookie}

    @property
    def secrets(self) -> Iterator[str]:
        """What must never be logged."""
        yield from self.headers.values()
        yield from self.cookies.values()
        password = split(self.proxy).password if self.proxy else None
        if password:
            yield password
