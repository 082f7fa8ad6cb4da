"""Page objects: a programmer's own reading of one site's pages, by web-poet's interface (the extra `pageobjects`).

A page object takes web-poet's `HttpResponse`, and its `to_item` returns a dict with names of the record (or an item of
such names). What it returns takes the place of what newscrawl read; names that it leaves out stay as they were read.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itemadapter import ItemAdapter

from newscrawl.article import Article, Block, Kind, Person
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.reading import parse_date
from newscrawl.sites import SiteOptions
from newscrawl.text import clean

if TYPE_CHECKING:
    from newscrawl.read.document import Document

logger = logging.getLogger(__name__)


@lru_cache
def load_page_object(path: str) -> Any:
    """The class of "module:Class", also from the working folder. Raises ValueError that says what is wrong."""
    module, _, name = path.partition(":")
    if str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise ValueError(f"page_object: {path!r} cannot be imported: {error}") from error
    except AttributeError:
        raise ValueError(f"page_object: the module {module!r} has no {name!r}") from None
    try:
        from web_poet import ItemPage
    except ImportError:
        raise ValueError("page_object: web-poet is missing: pip install 'newscrawl[pageobjects]'") from None
    if not (isinstance(found, type) and issubclass(found, ItemPage)):
        raise ValueError(f"page_object: {path!r} is not a page object of web-poet (a subclass of WebPage)")
    return found


async def with_page_object(options: SiteOptions, document: Document, article: Article) -> Article:
    """The article with what the site's page object says of its page; unchanged where there is none.

    Raises ReasonedIgnore with `PipelineError` when the page object raises, or returns what cannot be used.
    """
    if not options.page_object:
        return article
    made = load_page_object(options.page_object)
    try:
        item = made(_response(document)).to_item()
        item = await item if inspect.isawaitable(item) else item
        if isinstance(item, Article):
            return replace(item, overrides=(*article.overrides, f"page object: {options.page_object}"))
        values = dict(item) if isinstance(item, Mapping) else ItemAdapter(item).asdict()
        changed = dict(_fields(values, article, document))
    except Exception as error:
        logger.exception("%s: the page object %s failed", article.url, options.page_object)
        raise ReasonedIgnore("PipelineError", f"the page object {options.page_object} failed: {error!r}") from error
    note = f"page object: {options.page_object} ({', '.join(values)})"
    return replace(article, **changed, overrides=(*article.overrides, note))


def _response(document: Document) -> Any:
    from web_poet import HttpResponse

    page = document.page
    body = page.html.encode("utf-8") if isinstance(page.html, str) else page.html
    encoding = "utf-8" if isinstance(page.html, str) else document.encoding
    return HttpResponse(page.url, body, headers=dict(page.headers), encoding=encoding)


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return clean(value or "") or None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(clean(str(one)) for one in ([value] if isinstance(value, str) else value or ()) if clean(str(one)))


def _person(value: Any) -> Person:
    return (
        Person(clean(str(value.get("name"))), value.get("url"))
        if isinstance(value, Mapping)
        else Person(clean(str(value)))
    )


def _persons(value: Any) -> tuple[Person, ...]:
    return tuple(map(_person, [value] if isinstance(value, (str, Mapping)) else value or ()))


def _body(value: Any) -> tuple[Block, ...]:
    """The paragraphs of a text: they are separated by blank lines."""
    parts = [part for part in map(clean, str(value or "").split("\n\n")) if part]
    return tuple(Block(index, Kind.PARAGRAPH, part, score=1.0) for index, part in enumerate(parts))


#: Name of the record -> field of `Article`, and how its value is read.
_READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "headline": ("headline", _text),
    "alternativeHeadline": ("alternative_headline", _text),
    "description": ("description", _text),
    "articleBody": ("blocks", _body),
    "authors": ("authors", _persons),
    "inLanguage": ("in_language", _text),
    "articleSection": ("article_section", _text),
    "keywords": ("keywords", _texts),
    "canonicalUrl": ("canonical_url", _text),
}
_DATES = {"datePublished": "date_published", "dateModified": "date_modified"}


def _fields(values: Mapping[str, Any], article: Article, document: Document) -> dict[str, Any]:
    """Fields of `Article`. Raises ValueError for names that are none of the record's, and for what is no date."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name in _READERS:
            field, read = _READERS[name]
            fields[field] = read(value)
        elif name in _DATES:
            moment = parse_date(str(value), article.in_language, document.page.fetched_at) if value else None
            if value and moment is None:
                raise ValueError(f"{name}: {value!r} is no date")
            fields[_DATES[name]], fields[f"{_DATES[name]}_raw"] = moment, str(value) if value else None
        elif name != "url":
            raise ValueError(f"{name!r} cannot be set (there are {', '.join((*_READERS, *_DATES))})")
    return fields
