"""All that a page states or shows as its fields, and which of it was taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newscrawl.article import Page
from newscrawl.candidates import Candidate
from newscrawl.read.authors import author_candidates, read_authors
from newscrawl.read.blocks import lay_out
from newscrawl.read.dates import date_candidates, read_dates
from newscrawl.read.document import open_document
from newscrawl.read.headline import choose_headline, headline_candidates
from newscrawl.read.metadata import breadcrumbs
from newscrawl.read.site_name import site_names
from newscrawl.read.stated_fields import accesses, descriptions, publishers, sections
from newscrawl.read.stated_language import language_candidates, stated_languages
from newscrawl.read.statements import Stated, first_usable, listed


def read_candidates(page: Page, text: str = "") -> Iterator[Candidate]:
    """The candidates of each field, most trusted first. text: the beginning of the story, which shows its language.

    The page is parsed and read anew: few ever ask, and its tree would take more memory than the whole article.
    """
    document = open_document(page)
    found, layout, url = document.stated, lay_out(document.tree), page.url
    article = found.article()
    title = choose_headline(found, article, layout, url)
    yield from headline_candidates(found, article, layout, title)
    authors = read_authors(found, article, layout, title.shown, site_names(found, article, url))
    yield from author_candidates(found, article, layout, title.shown, authors)
    languages = list(stated_languages(document, found, article))
    language = first_usable(languages)
    dates = read_dates(found, article, layout, title.shown, url, language.value if language else None, page.fetched_at)
    yield from date_candidates(found, article, layout, title.shown, url, dates)
    yield from _candidates("publisher", publishers(document, found, article))
    yield from _candidates("section", sections(found, article, breadcrumbs(document, found)))
    yield from language_candidates(text, languages)
    yield from _candidates("description", descriptions(found, article))
    yield from _candidates("free to read", accesses(found, article))


def _candidates(field: str, statements: Iterable[Stated[Any]]) -> Iterator[Candidate]:
    stated = list(statements)
    return listed(field, stated, first_usable(stated))
