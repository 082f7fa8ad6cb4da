"""Records: they agree with the schema, and nothing in them can do more than be read."""

from __future__ import annotations

import json
import re

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl import Article, Block, Image, Kind, Person, extract, record
from newscrawl.article import Link, Organization
from newscrawl.record import FIELDS, schema
from tests.support.living_site import Story
from tests.support.story_page import URL, page

HOSTILE = (
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
)
TEXTS = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(HOSTILE)
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
@given(TEXTS, TEXTS, TEXTS)
def test_no_record_has_control_characters_or_urls_that_are_not_http(one: str, two: str, three: str) -> None:
    article = Article(
        url=two,
        canonical_url=one,
        headline=three,
        authors=(Person(one, two),),
        publisher=Organization(two, three),
        images=(Image(one, two, three),),
        videos=(three,),
        audios=(two,),
        keywords=(one, three),
        found_by=Link(one, headline=two, found_on=three),
        requested_url=three,
        blocks=(Block(0, Kind.PARAGRAPH, one), Block(1, Kind.LIST_ITEM, two)),
    )
    made = record(article)
    assert not [text for text in strings(made) if _UNSAFE.search(text)]
    assert not [link for link in links(made) if not link.lower().startswith(("http://", "https://"))]
    json.dumps(made, ensure_ascii=False).encode("utf-8")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_html_of_a_body_has_only_paragraphs_and_line_breaks(text: str) -> None:
    article = Article(
        url="https://a.example/",
        blocks=(Block(0, Kind.PARAGRAPH, text + "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;"),),
    )
    html = record(article)["articleBodyHtml"]
    assert set(re.findall(r"<[^<>]*>", html)) <= {"<p>", "</p>", "<br>"}


def test_the_metadata_of_a_page_cannot_forge_fields() -> None:
    head = (
        '<meta property="og:title" content="Head&#27;[2Jline&#10;2026-11-28 [root] ERROR: forged">'
        '<meta property="og:image" content="javascript:alert(1)">'
        '<link rel="canonical" href="javascript:alert(1)"><meta name="author" content="&#x9b;31mMallory">'
    )
    story = Story(1, None)  # type: ignore[arg-type]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
    html = f"<html><head>{head}</head><body><article><h1>Head</h1>{text}</article></body></html>"
    made = record(extract(html, "https://news.example/2026/11/head"))
    assert "\x1b" not in json.dumps(made, ensure_ascii=False) and made["canonicalUrl"] is None and made["images"] == []
    assert "\n" not in (made["headline"] or "")


def test_a_record_agrees_with_its_schema() -> None:
    made = record(extract(page(), URL))
    jsonschema.validate(made, schema())
    assert tuple(made) == FIELDS and tuple(schema()["properties"]) == FIELDS and made["url"] == URL
