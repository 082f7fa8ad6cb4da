"""What a page says ends up in records, tables, logs and reports: nothing in it may do more than be read."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from scrapy.settings import Settings

from newscrawl import Article, Block, Image, Kind, Person, extract
from newscrawl.article import Link, Organization
from newscrawl.crawl.export.exporters import CsvRecordExporter, XmlRecordExporter
from newscrawl.crawl.job.logs import protect_logs, safe_message, secrets_of
from newscrawl.record import record
from tests.support.crawling import crawl
from tests.support.living_site import LivingSite, Story, serve_living

NASTY = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    [
        "\x1b[2J\x1b[1;1H",
        "\x9b31m",
        "a\r\nSet-Cookie: x",
        "\ud800",
        "x\x00y",
        "\x07\x08",
        "\ufffe\uffff",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "=1+1",
    ]
)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for entry in value.values() for text in strings(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in strings(entry)]
    return [value] if isinstance(value, str) else []


def links(value: object, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [link for key, entry in value.items() for link in links(entry, key)]
    if isinstance(value, list):
        return [link for entry in value for link in links(entry, name)]
    return [value] if isinstance(value, str) and name.lower().endswith("url") and value else []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NASTY, NASTY, NASTY)
def test_no_record_has_control_characters_or_links_that_are_none(one: str, two: str, three: str) -> None:
    article = Article(
        url=two, canonical_url=one, headline=three, authors=(Person(one, two),), publisher=Organization(two, three), images=(Image(one, two, three),),
        videos=(three,), audios=(two,), keywords=(one, three), found_by=Link(one, headline=two, found_on=three), requested_url=three,
        blocks=(Block(0, Kind.PARAGRAPH, one), Block(1, Kind.LIST_ITEM, two)),
    )  # fmt: skip
    made = record(article)
    assert not [text for text in strings(made) if _UNSAFE.search(text)]
    assert not [link for link in links(made) if not link.lower().startswith(("http://", "https://"))]
    json.dumps(made, ensure_ascii=False).encode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NASTY)
def test_html_of_a_body_is_plain(text: str) -> None:
    article = Article(
        url="https://a.example/",
        blocks=(Block(0, Kind.PARAGRAPH, text + "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;"),),
    )
    html = record(article)["articleBodyHtml"]
    assert set(re.findall(r"<[^<>]*>", html)) <= {"<p>", "</p>", "<br>"}


def test_a_page_that_forges_its_fields() -> None:
    head = (
        '<meta property="og:title" content="Head&#27;[2Jline&#10;2026-11-28 [root] ERROR: forged"><meta property="og:image" content="javascript:alert(1)">'
        '<link rel="canonical" href="javascript:alert(1)"><meta name="author" content="&#x9b;31mMallory">'
    )
    story = Story(1, None)  # type: ignore[arg-type]
    html = f"<html><head>{head}</head><body><article><h1>Head</h1>{''.join(f'<p>{p}</p>' for p in story.paragraphs)}</article></body></html>"
    made = record(extract(html, "https://news.example/2026/11/head"))
    assert "\x1b" not in json.dumps(made, ensure_ascii=False) and made["canonicalUrl"] is None and made["images"] == []
    assert "\n" not in (made["headline"] or "")


@pytest.mark.parametrize(("text", "cell"), [("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+1 more", "'+1 more"), ("-5 degrees", "'-5 degrees"), ("@home", "'@home"),
                                            (" =1", "' =1"), ("plain = text", "plain = text"), ("-", "-"), ("", "")])  # fmt: skip
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    file = io.BytesIO()
    exporter = CsvRecordExporter(file)
    exporter.start_exporting()
    exporter.export_item(
        Article(url="https://a.example/", headline=text, authors=(Person(text or "x"),), keywords=(text, "two"))
    )
    exporter.finish_exporting()
    row = next(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8"))))
    assert (
        row["headline"] == cell
        and not row["keywords"].startswith(("=", "+", "@"))
        and not row["authors"].startswith(("=", "+", "@"))
    )


def test_no_text_breaks_the_xml_of_an_output() -> None:
    file = io.BytesIO()
    exporter = XmlRecordExporter(file)
    exporter.start_exporting()
    exporter.export_item(
        Article(
            url="https://a.example/",
            headline="".join(map(chr, range(0x3000))) + "\ud800\ufffe\uffff",
            keywords=("]]>", "<b>&amp;"),
        )
    )
    exporter.finish_exporting()
    assert etree.fromstring(file.getvalue()).findtext(".//headline").startswith("\t\n !")


def test_a_log_line_is_not_forged() -> None:
    assert (
        safe_message("a page said\n2026-11-28 [root] ERROR: forged\x1b[2J")
        == "a page said\n    | 2026-11-28 [root] ERROR: forged?[2J"
    )
    assert safe_message("two\nlines", is_multiline=True) == "two\nlines"


def test_secrets_of_settings() -> None:
    given = Settings({
        "AWS_SECRET_ACCESS_KEY": "abcdef/secret", "FEEDS": {"ftp://me:hunter2hunter2@host/x.jsonl": {"format": "csv"}}, "BOT_NAME": "newscrawl",
        "MAIL_PASS": "short", "HTTPPROXY": "http://u:p%40ssword1@proxy:3128",
    })  # fmt: skip
    found = secrets_of(given)
    assert (
        {"abcdef/secret", "hunter2hunter2", "p%40ssword1", "p@ssword1"} <= found
        and "newscrawl" not in found
        and "short" not in found
    )


def test_a_record_of_logging_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    protect_logs(Settings({"MY_TOKEN": "topsecretvalue"}))
    log = logging.getLogger("newscrawl.test")
    with caplog.at_level(logging.INFO):
        log.info("it is %s", "topsecretvalue")
        try:
            raise ValueError("topsecretvalue\nforged")
        except ValueError:
            log.exception("failed")
    assert "topsecretvalue" not in caplog.text and "it is ***" in caplog.text and "\nforged" not in caplog.text


def test_a_crawl_tells_no_secret_and_no_page_writes_into_its_log(tmp_path: Path) -> None:
    site = LivingSite.of(3)
    site.stories[0].headline = "Tides &#27;]0;owned&#7; rise\n2026-11-28 00:00:00 [root] CRITICAL: forged by a page"
    outputs = {str(tmp_path / "run.json"): None}
    with serve_living(site):
        done = crawl(tmp_path, site.base, settings={
            "AWS_SECRET_ACCESS_KEY": "s3cr3t-of-the-store", "LOG_LEVEL": "DEBUG", "NEWSCRAWL_MANIFEST": next(iter(outputs)), "HTTPPROXY_AUTH_TOKEN": "tok-en-tok-en",
        })  # fmt: skip
    assert len(done.records) == 3
    written = done.log + (tmp_path / "run.json").read_text("utf-8") + (tmp_path / "audit.jsonl").read_text("utf-8")
    assert "s3cr3t-of-the-store" not in written and "tok-en-tok-en" not in written
    assert "\x1b" not in written and not re.search(r"^2026-11-28 00:00:00 \[root\]", done.log, re.MULTILINE)
