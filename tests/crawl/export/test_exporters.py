"""Exporters: the form of a record in each format, and what cells and elements may hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree  # type: ignore[import-untyped]

from newscrawl.article import Article, Image, Organization, Person
from newscrawl.crawl.export.exporters import (
    CsvRecordExporter,
    JsonLinesRecordExporter,
    JsonRecordExporter,
    XmlRecordExporter,
)
from tests.support.articles import article


def exported(exporter: type, items: list[Any], **options: Any) -> str:
    file = io.BytesIO()
    writer = exporter(file, encoding="utf-8", **options)
    writer.start_exporting()
    for item in items:
        writer.export_item(item)
    writer.finish_exporting()
    return file.getvalue().decode("utf-8")


RICH = article(
    authors=(Person("Ann Öhl"), Person("Bo Ek", "https://a.example/bo")),
    publisher=Organization("The Courier"),
    images=(Image("https://a.example/1.jpg", "A ferry."), Image("https://a.example/2.jpg")),
    keywords=("ferries", "islands"),
    is_accessible_for_free=True,
)


def test_an_article_as_csv() -> None:
    [row] = list(csv.DictReader(io.StringIO(exported(CsvRecordExporter, [RICH]))))
    assert row["authors"] == "Ann Öhl; Bo Ek"
    assert row["publisher"] == "The Courier"
    assert row["images"] == "https://a.example/1.jpg; https://a.example/2.jpg"
    assert row["mainImage"] == "https://a.example/1.jpg"
    assert row["keywords"] == "ferries; islands"
    assert row["isAccessibleForFree"] == "true"
    assert row["dateModified"] == ""


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    text = exported(XmlRecordExporter, [replace(RICH, headline="A\x00 B\x0b < C")])
    assert "<headline>A B &lt; C</headline>" in text
    assert "<isAccessibleForFree>true</isAccessibleForFree>" in text
    assert "None" not in text


@pytest.mark.parametrize(
    "exporter", [JsonLinesRecordExporter, JsonRecordExporter, CsvRecordExporter, XmlRecordExporter]
)
def test_items_that_are_no_articles_are_exported_as_scrapy_does(exporter: type) -> None:
    text = exported(exporter, [{"name": "Ö", "price": 3}])
    assert "Ö" in text and "3" in text and "articleBody" not in text


def test_only_the_chosen_fields_are_exported() -> None:
    line = exported(JsonLinesRecordExporter, [RICH], fields_to_export=["headline", "url"])
    assert json.loads(line) == {"headline": RICH.headline, "url": RICH.url}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 more", "'+1 more"),
        ("-5 degrees", "'-5 degrees"),
        ("@home", "'@home"),
        (" =1", "' =1"),
        ("plain = text", "plain = text"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    item = Article("https://a.example/", headline=text, authors=(Person(text or "x"),), keywords=(text, "two"))
    [row] = csv.DictReader(io.StringIO(exported(CsvRecordExporter, [item])))
    assert row["headline"] == cell
    assert not row["keywords"].startswith(("=", "+", "@"))
    assert not row["authors"].startswith(("=", "+", "@"))


def test_no_text_breaks_the_xml_of_an_output() -> None:
    headline = "".join(map(chr, range(0x3000))) + "\ud800\ufffe\uffff"
    item = Article("https://a.example/", headline=headline, keywords=("]]>", "<b>&amp;"))
    xml = exported(XmlRecordExporter, [item]).encode("utf-8")
    assert etree.fromstring(xml).findtext(".//headline").startswith("\t\n !")
