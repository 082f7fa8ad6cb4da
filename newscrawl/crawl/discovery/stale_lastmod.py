"""Links that only a sitemap's `lastmod` calls older than `since`.

They are held back, because a lastmod may be frozen or wrong.

Holds the links of one site, and says when they are released. If another source dates one of them as recent, or one of
the articles proves to be recent, the site's lastmods are wrong, and all links are released. If no source brought
anything recent, a few links are tried, because nothing confirms the lastmods either.
"""

from __future__ import annotations

from newscrawl.article import Link

#: Links that are tried because a source without a date names them.
_TRIED_WITHOUT_DATE = 5


class StaleLastmod:
    """What is held back of one site: articles by key, and sitemaps.

    doubted: keys of articles that other sources named first and a lastmod calls old. is_wrong: the site's lastmods are
    known to be wrong. has_recent: a sitemap has recent entries too, so its dates are kept up.
    """

    def __init__(self) -> None:
        self.articles: dict[int, Link] = {}
        self.sitemaps: list[Link] = []
        self.doubted: set[int] = set()
        self.is_wrong = False
        self.has_recent = False
        self._tried_without_date = 0
        self._has_sampled_articles = False

    def __bool__(self) -> bool:
        return bool(self.articles or self.sitemaps)

    def named_again(self, key: int, is_recent: bool) -> Link | None:
        """Another source names a held-back article, with a recent date or none: the link, if it is released."""
        link = self.articles.get(key)
        if link is None or not (is_recent or self._tried_without_date < _TRIED_WITHOUT_DATE):
            return None
        self._tried_without_date += not is_recent
        self.is_wrong = self.is_wrong or is_recent
        return self.articles.pop(key)

    def take_all(self) -> tuple[list[Link], list[Link]]:
        """Release all articles and sitemaps."""
        articles, sitemaps = list(self.articles.values()), self.sitemaps
        self.articles, self.sitemaps = {}, []
        return articles, sitemaps

    def take_sample(self) -> tuple[list[Link], list[Link]]:
        """Release the first and the last of the sitemaps, then of the articles, once: either end gets new ones."""
        if self.sitemaps:
            sample, self.sitemaps = self.sitemaps[:1] + self.sitemaps[1:][-1:], []
            return [], sample
        if self._has_sampled_articles:
            return [], []
        self._has_sampled_articles = True
        keys = list(self.articles)
        return [self.articles.pop(key) for key in keys[:1] + keys[1:][-1:]], []
