"""How itemadapter, and with it Scrapy's own exporters and pipelines, sees an article: as its record.

    ItemAdapter(article)["articleBody"]        a field of the record
    ItemAdapter(article).asdict()              the record
    ItemAdapter(article)["mood"] = 0.3         a field of one's own, kept in `Article.extras`

A field of the record can be set too: its new value stands in the record, while the article's own attribute stays.
Importing this registers the adapter; `newscrawl.itemadapter_hook` imports it in time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from itemadapter.adapter import AdapterInterface, ItemAdapter

from newscrawl.article import Article
from newscrawl.record import FIELDS, record, schema


class ArticleAdapter(AdapterInterface):
    """The fields of an article's record, and those that were added."""

    item: Article

    def __init__(self, item: Article) -> None:
        super().__init__(item)
        self._made: dict[str, Any] | None = None

    @classmethod
    def is_item_class(cls, item_class: type) -> bool:
        """Is it Article?"""
        return issubclass(item_class, Article)

    @classmethod
    def get_field_names_from_class(cls, item_class: type) -> list[str]:
        """The fields that every record has."""
        return list(FIELDS)

    @classmethod
    def get_json_schema(cls, item_class: type, **_: Any) -> dict[str, Any]:
        """The JSON Schema of a record."""
        return schema()

    def _record(self) -> dict[str, Any]:
        if self._made is None:
            self._made = record(self.item)
        return self._made

    def __getitem__(self, name: str) -> Any:
        return self._record()[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.item.extras[name] = value
        self._made = None

    def __delitem__(self, name: str) -> None:
        if name not in self.item.extras:
            raise KeyError(f"{name}: only added fields can be deleted; every record has the others")
        del self.item.extras[name]
        self._made = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._record())

    def __len__(self) -> int:
        return len(self._record())

    def __contains__(self, name: object) -> bool:
        return name in FIELDS or name in self.item.extras


ItemAdapter.ADAPTER_CLASSES = deque((ArticleAdapter, *ItemAdapter.ADAPTER_CLASSES))
