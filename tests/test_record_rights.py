"""Rights in records."""

import json
from dataclasses import replace
from datetime import datetime, timezone

import jsonschema

from newscrawl import extract, record
from newscrawl.article import Article, Rights
from newscrawl.memory.revision import compare
from newscrawl.record import rights_of as rights_of_record
from newscrawl.record import schema
from tests.support.rights_pages import NOW, RSL, URL, json_ld

PARAGRAPH = (
    "<p>Paragraph {} tells at some length how the harbour bridge was repaired in the winter, "
    "and what the town paid for it.</p>"
)
STORY = "<h1>Harbour bridge reopens after repairs</h1>" + "".join(map(PARAGRAPH.format, range(8)))


def test_a_record_has_the_rights_that_page_and_headers_state():
    head = (
        "<title>Harbour bridge reopens after repairs</title>"
        "<meta name=robots content=noarchive><meta name=tdm-reservation content=1>"
        + json_ld(
            headline="Harbour bridge reopens after repairs",
            license="https://creativecommons.org/licenses/by/4.0/",
            copyrightYear=2026,
            usageInfo="/use",
        )
        + f'<script type="application/rsl+xml">{RSL.format(url="/")}</script>'
    )
    headers = {
        "X-Robots-Tag": "unavailable_after: 2030-01-01",
        "Content-Usage": "train-ai=n",
        "content-signal": "search=yes",
    }
    article = extract(f"<html><head>{head}</head><body><article>{STORY}</article></body></html>", URL, headers, NOW)
    made = record(article)
    jsonschema.Draft202012Validator(schema()).validate(made)
    rights = made["rights"]
    assert rights["observedAt"] == "2026-11-20T12:00:00Z" and rights["reserved"] == ["archive", "train"]
    assert "train: tdm-reservation: 1 (meta)" in rights["reservedBy"]
    assert rights["tdm"] == {"reservation": True, "policy": None, "source": "meta"}
    assert rights["contentUsage"] == [
        {"source": "header", "raw": "train-ai=n", "preferences": [{"category": "train-ai", "allowed": False}]}
    ]
    assert rights["license"][0]["name"] == "CC-BY-4.0" and rights["copyrightYear"] == 2026
    assert rights["rsl"][0]["prohibits"] == ["ai-train"]
    assert rights_of_record(json.loads(json.dumps(made))) == article.rights


def test_a_record_without_statements_has_only_the_time_of_observation():
    made = record(extract(f"<html><body><article>{STORY}</article></body></html>", URL, fetched_at=NOW))
    assert made["rights"] == {"observedAt": "2026-11-20T12:00:00Z", "reserved": [], "reservedBy": []}
    assert record(Article(URL))["rights"] is None is rights_of_record(record(Article(URL)))
    assert rights_of_record(made) == Rights(NOW) and rights_of_record({}) is None


def test_a_new_observation_is_not_a_change_of_the_article():
    article = extract(f"<html><body><article>{STORY}</article></body></html>", URL, fetched_at=NOW)
    later = replace(article, rights=Rights(datetime(2026, 12, 1, tzinfo=timezone.utc), ("noarchive",)))
    assert compare(record(article), record(later)) is None
