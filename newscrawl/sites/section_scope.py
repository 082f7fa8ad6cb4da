"""What of a site belongs to the sections that a person named by start URLs with a path.

Where a section's articles stand below its path (`/politics/2026/...`), all that stands there belongs to it, whatever
source names it. Where they do not, what the section's own lists name belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from newscrawl.article import Link
from newscrawl.urls import split

_INDEX = re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.IGNORECASE)
_ENDING = re.compile(r"\.\w{2,5}$")
#: From this share of a list's articles on, articles are taken to stand below the section's path.
_NESTED_SHARE = 0.25


class _Section:
    """One start URL with a path. are_nested: do its articles stand below its path? None until its list was read."""

    def __init__(self, url: str, path: str) -> None:
        self.url = url
        self.path = path
        self.word = path.rsplit("/", 1)[-1].lower()
        self.are_nested: bool | None = None

    def contains(self, url: str) -> bool:
        path = _path_of(url)
        return path == self.path or path.startswith(self.path + "/")

    def is_own_list(self, url: str) -> bool:
        """Is it the section's list, a further page of it, or a feed that is named like it?"""
        return bool(url) and (self.contains(url) or self.word in re.split(r"[^\w\-]+", split(url).path.lower()))


class SectionScope:
    """starts: the URLs that the crawl of a site begins at. One without a path stands for the whole site."""

    def __init__(self, starts: Iterable[str] = ()) -> None:
        self._sections = [_Section(url, _path_of(url)) for url in starts]
        if not all(section.path for section in self._sections):
            self._sections = []

    @property
    def is_whole(self) -> bool:
        """Is the whole site wanted?"""
        return not self._sections

    def moved(self, start: str, url: str) -> None:
        """A start URL redirects to this one, whose path is the section's."""
        for section in self._sections:
            if section.url == start and (path := _path_of(url)):
                section.path = path

    def learn(self, start: str, links: Iterable[Link]) -> None:
        """Learn from the likely articles on the list of a start URL whether articles stand below its path."""
        urls = [link.url for link in links]
        for section in self._sections:
            if section.url == start and urls:
                section.are_nested = sum(map(section.contains, urls)) >= _NESTED_SHARE * len(urls)

    def wants_article(self, url: str, *lists: str) -> bool:
        """May an article be of the sections? lists: URLs of the lists that name it."""
        if self.is_whole or any(section.contains(url) for section in self._sections):
            return True
        return any(section.are_nested is False and any(map(section.is_own_list, lists)) for section in self._sections)

    def wants_list(self, url: str) -> bool:
        """May a section page, or an archive, be a list of the sections?"""
        return self.is_whole or any(section.contains(url) for section in self._sections)

    def wants_source(self, url: str) -> bool:
        """May a feed or sitemap name articles of the sections?"""
        return self.is_whole or any(
            section.are_nested is not False or section.is_own_list(url) for section in self._sections
        )


def _path_of(url: str) -> str:
    """The path below which a section stands: without a slash or a file's ending at its end; "" for the whole site."""
    path = _INDEX.sub("", unquote(split(url).path)).rstrip("/")
    head, slash, last = path.rpartition("/")
    return head + slash + _ENDING.sub("", last)
