"""Clean article records from news sites: the public API. Only `newscrawl.crawl` needs Scrapy."""

from newscrawl.article import (
    Article,
    Block,
    Breadcrumb,
    Element,
    Image,
    Kind,
    Link,
    Organization,
    Page,
    Person,
    Removal,
)
from newscrawl.errors import IncompleteArticle, NewscrawlError, NotAnArticle, UnreadablePage
from newscrawl.extract import extract
from newscrawl.itemadapter_hook import register
from newscrawl.record import record
from newscrawl.selectors import Selectors, make_selectors

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "Breadcrumb",
    "Element",
    "Image",
    "IncompleteArticle",
    "Kind",
    "Link",
    "NewscrawlError",
    "NotAnArticle",
    "Organization",
    "Page",
    "Person",
    "Removal",
    "Selectors",
    "UnreadablePage",
    "extract",
    "make_selectors",
    "record",
]

register()
del register
