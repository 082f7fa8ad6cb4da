"""Links that only a sitemap's `lastmod` calls older than asked for: held back, because a lastmod may be frozen or lie.

Pure: keeps what is held of one site, and says when it is to be let go. Another road that dates one of them as young, or an
article among them that proves to be young, convicts the lastmod, and all are let go. Where nothing young came from any road, a few
are tried, because nothing speaks for the lastmod either.
"""

from __future__ import annotations

from newscrawl.article import Link

#: Held links tried on the word of a road that gives no date.
TRIED_FOR_OTHERS = 5


class Held:
    """What is held of one site: articles by key, and sitemaps."""

    def __init__(self) -> None:
        self.articles: dict[int, Link] = {}
        self.sitemaps: list[Link] = []
        self.doubted: set[int] = set()  # keys of articles that other roads named first, and a lastmod calls old
        self.lies = False
        self.moves = False  # a sitemap has young entries too: its dates are kept up
        self._tried = 0
        self._alone = False

    def __bool__(self) -> bool:
        return bool(self.articles or self.sitemaps)

    def named(self, key: int, is_young: bool) -> Link | None:
        """Another road names a held article, with a young date or with none: the link when it is to be asked for now."""
        link = self.articles.get(key)
        if link is None or not (is_young or self._tried < TRIED_FOR_OTHERS):
            return None
        self._tried += not is_young
        self.lies = self.lies or is_young
        return self.articles.pop(key)

    def take_all(self) -> tuple[list[Link], list[Link]]:
        """All articles and sitemaps that are held; nothing is held any more."""
        articles, sitemaps = list(self.articles.values()), self.sitemaps
        self.articles, self.sitemaps = {}, []
        return articles, sitemaps

    def take_some(self) -> tuple[list[Link], list[Link]]:
        """The first and last of the sitemaps, then of the articles, once each: new ones are added at either end."""
        if self.sitemaps:
            some, self.sitemaps = self.sitemaps[:1] + self.sitemaps[1:][-1:], []
            return [], some
        if self._alone:
            return [], []
        self._alone = True
        keys = list(self.articles)
        return [self.articles.pop(key) for key in keys[:1] + keys[1:][-1:]], []
