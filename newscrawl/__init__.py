"""Clean article records from news sites. The face of the library; see DESIGN in CONTRIBUTING.md for the rooms."""

from newscrawl.article import Article, Block, Breadcrumb, Element, Image, Kind, Link, Organization, Page, Person, Removal
from newscrawl.errors import IncompleteArticle, NewscrawlError, NotAnArticle, UnreadablePage

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
    "UnreadablePage",
]
