"""Feed exporters: an Article leaves as its record, with the same names and order of fields in every format.

Other items (dicts, Scrapy items, dataclasses) are exported as Scrapy does it. Nested values stay nested in JSON and
XML. CSV has one readable cell for each field: people and images separated by "; ", other nested values as JSON.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from scrapy.exporters import CsvItemExporter, JsonItemExporter, JsonLinesItemExporter, XmlItemExporter
from scrapy.extensions.postprocessing import PostProcessingManager

from newscrawl.article import Article
from newscrawl.crawl.nouns.records import record_of
from newscrawl.record import FIELDS, Record

#: Fields of an image, video or audio, which a cell shows as its URL.
_MEDIA = {"url", "caption", "credit", "alt", "width", "height"}
#: The start of a cell that a spreadsheet takes for a formula: such a cell gets an apostrophe, which spreadsheets do not
#: show.
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r](?!$)")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JsonLinesRecordExporter(JsonLinesItemExporter):
    """JSON lines: one object a line."""

    def export_item(self, item: Any) -> None:
        """Write one record."""
        super().export_item(record_of(item))


class JsonRecordExporter(JsonItemExporter):
    """JSON: one list of objects."""

    def export_item(self, item: Any) -> None:
        """Write one record."""
        super().export_item(record_of(item))


class XmlRecordExporter(XmlItemExporter):
    """XML: one element a field, `<value>` for each entry of a list; numbers and truth values as in JSON."""

    def export_item(self, item: Any) -> None:
        """Write one record."""
        super().export_item(_xml(record_of(item)) if isinstance(item, (Article, Record)) else item)


class CsvRecordExporter(CsvItemExporter):
    """CSV: one row a record, one column for each field of the format, whether this record has it or not.

    The fields that a project adds get columns too: those of the first record.
    """

    def __init__(self, file: BytesIO, **kwargs: Any) -> None:
        kwargs.setdefault("join_multivalued", "; ")
        if kwargs.get("include_headers_line", True) and _has_text(file):
            kwargs["include_headers_line"] = False
        super().__init__(file, **kwargs)

    def export_item(self, item: Any) -> None:
        """Write one record."""
        if not isinstance(item, (Article, Record)):
            super().export_item(item)
            return
        if self.fields_to_export is None:
            self.fields_to_export = list(dict.fromkeys([*FIELDS, *record_of(item)]))
        super().export_item({name: _cell(value) for name, value in record_of(item).items()})

    def write_header(self, fields: Sequence[str]) -> None:
        """Write the line of the columns of a file without records, unless it has one. fields: where none are set."""
        if self._headers_not_written:
            self._headers_not_written = False
            self.fields_to_export = self.fields_to_export or list(fields)
            self._write_headers_and_set_fields_to_export({})


def _has_text(file: BytesIO | PostProcessingManager) -> bool:
    """Has the file that is appended to any rows? Then it has its header already."""
    try:
        if isinstance(file, PostProcessingManager):  # what its plugins wrote at once, as gzip does, is no row
            return os.fstat(file.file.fileno()).st_size > 0
        return file.tell() > 0
    except (AttributeError, OSError, ValueError):
        return False


def _cell(value: Any) -> Any:
    """One field as the text of a cell, never as a formula."""
    text = _plain_cell(value)
    return _FORMULA.sub(r"'\g<0>", text) if isinstance(text, str) else text


def _plain_cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return "; ".join(str(_plain_cell(entry)) for entry in value)
    if isinstance(value, Mapping):
        label = value.get("name") or (value.get("url") if value.keys() <= _MEDIA else None)
        return label or json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _xml(value: Any) -> Any:
    """A value as XML can hold it: only valid characters, truth values as in JSON, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return {key: _xml(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_xml(entry) for entry in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
