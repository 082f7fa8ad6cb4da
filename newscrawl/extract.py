"""From HTML to article without network access: read the page and its rights, strip boilerplate, check the result."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from newscrawl.article import Article, Page
from newscrawl.check import check, forced
from newscrawl.read import open_document, read_document
from newscrawl.read.selected import read_selected
from newscrawl.rights import read_rights
from newscrawl.selectors import Selectors
from newscrawl.strip import strip


def extract(
    html: bytes | str,
    url: str | None = "",
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    without: Collection[str] = (),
    refuse: bool = True,
    selectors: Selectors | None = None,
) -> Article:
    """Extract the article from a page.

    html: the bytes as served, or text.
    url: where the page came from; relative URLs are resolved against it.
    headers: of the response, used for encoding, language and rights. Several X-Robots-Tag headers are joined by "\\n".
    fetched_at: timezone-aware; without it, relative dates ("3 hours ago") are ignored.
    without: names of strip rules to switch off.
    refuse: False to get the best article there is from any page that can be read; where it would have been refused,
        `Article.refusal` says why.
    selectors: what to take from the page instead of what newscrawl would (`newscrawl.make_selectors`).

    Raises UnreadablePage; NotAnArticle or IncompleteArticle unless `refuse` is False. All are NewscrawlErrors.
    """
    article = strip(read_page(Page(url or "", html, fetched_at, headers or {}), selectors), without)
    return check(article) if refuse else forced(article)


def read_page(page: Page, selectors: Selectors | None = None) -> Article:
    """Read a page, and the rights that it and its headers state; strip and check nothing. Raises UnreadablePage."""
    document = open_document(page)
    article = read_selected(document, selectors) if selectors else read_document(document)
    return replace(article, rights=read_rights(document))
