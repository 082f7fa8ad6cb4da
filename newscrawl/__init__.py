"""Clean article records from news sites: the public API. Only `newscrawl.crawl` needs Scrapy.

The names are imported when they are first used, so that what needs few of them (`newscrawl --help`, or Scrapy's look at
our command in somebody's own project) starts quickly.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newscrawl.itemadapter_hook import register

if TYPE_CHECKING:
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
#: Name -> the module that has it; `newscrawl.article` has all others.
_PLACES = {
    **dict.fromkeys(("IncompleteArticle", "NewscrawlError", "NotAnArticle", "UnreadablePage"), "newscrawl.errors"),
    **dict.fromkeys(("Selectors", "make_selectors"), "newscrawl.selectors"),
    "extract": "newscrawl.extract",
    "record": "newscrawl.record",
}


class _Face(ModuleType):
    """This module, whose public names appear when they are asked for."""

    def __getattr__(self, name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_PLACES.get(name, "newscrawl.article")), name)
        super().__setattr__(name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        # Python binds an imported submodule to its name here; `extract` and `record` are the functions all the same.
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Face
register()
del register
