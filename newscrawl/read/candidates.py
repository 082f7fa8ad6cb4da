"""All that a page states or shows as its headline, authors and dates, and which of it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.article import Page
from newscrawl.candidates import Candidate
from newscrawl.read.authors import author_candidates, read_authors
from newscrawl.read.blocks import lay_out
from newscrawl.read.dates import date_candidates, read_dates
from newscrawl.read.document import open_document
from newscrawl.read.headline import choose_headline, headline_candidates
from newscrawl.read.metadata import read_language
from newscrawl.read.site_name import site_names


def read_candidates(page: Page) -> Iterator[Candidate]:
    """The candidates of each field, most trusted first.

    The page is parsed and read anew: few ever ask, and its tree would take more memory than the whole article.
    """
    document = open_document(page)
    found, layout, url = document.stated, lay_out(document.tree), page.url
    article = found.article()
    title = choose_headline(found, article, layout, url)
    yield from headline_candidates(found, article, layout, title)
    authors = read_authors(found, article, layout, title.shown, site_names(found, article, url))
    yield from author_candidates(found, article, layout, title.shown, authors)
    language = read_language(document, found, article)
    dates = read_dates(found, article, layout, title.shown, url, language, page.fetched_at)
    yield from date_candidates(found, article, layout, title.shown, url, dates)
