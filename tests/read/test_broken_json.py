"""JSON-LD that is no JSON: what a reader of the script would still understand."""

import json
import time

import pytest

from newscrawl.read.broken_json import read_broken
from newscrawl.read.structured import _loads

STORY = {
    "@type": "NewsArticle",
    "headline": "Ferry: the 8 a.m. // and after",
    "datePublished": "2026-03-04T08:15:00+01:00",
    "author": [{"@type": "Person", "name": "Anna Holm"}, {"@type": "Person", "name": "Per Lund"}],
    "description": "NOTE",
    "url": "https://herald.example/ferry",
}
RIGHT = json.dumps(STORY, indent=1)
FORMS = {
    "a comment": (RIGHT.replace('"datePublished"', '// its "day"\n"datePublished"'), "NOTE"),
    "a comment of several lines": (RIGHT.replace('"author"', '/* it\'s "they" */"author"'), "NOTE"),
    "quotes": (
        RIGHT.replace("NOTE", 'He said "yes", "no" and: "later" to it'),
        'He said "yes", "no" and: "later" to it',
    ),
    "a quote at the end": (RIGHT.replace("NOTE", 'He said "yes"'), 'He said "yes"'),
    "markup": (RIGHT.replace("NOTE", '<a href="/b">b</a>, c'), '<a href="/b">b</a>, c'),
    "escapes": (RIGHT.replace("NOTE", r"ferry\'s \u00e6\ud83d\ude00 \x41 \u12"), "ferry's æ😀 A u12"),
    "no comma before a key": (RIGHT.replace(',\n "description"', '\n "description"'), "NOTE"),
    "no comma between items": (RIGHT.replace("},\n  {", "}\n  {"), "NOTE"),
    "commas too many": (RIGHT.replace('"NOTE"', '"NOTE",,').replace("}\n ]", "},\n ]"), "NOTE"),
    "a bracket too many": (RIGHT + "}", "NOTE"),
    "the end missing": (RIGHT[: RIGHT.index('"url"')], "NOTE"),
    "a value cut": (RIGHT[: RIGHT.index("NOTE") + 2], None),
    "undefined": (RIGHT.replace('"NOTE"', "undefined"), None),
    "no value": (RIGHT.replace('"NOTE"', ""), None),
    "single quotes": (RIGHT.replace('"', "'").replace("NOTE", "the ferry's end"), "the ferry's end"),
    "typographic quotes": (RIGHT.replace('"', "\u201d"), "NOTE"),
    "entities": (RIGHT.replace('"', "&quot;"), "NOTE"),
    "a byte order mark": ("\ufeff" + RIGHT, "NOTE"),
    "twice encoded": (json.dumps(RIGHT), "NOTE"),
    "an assignment": ("var story = " + RIGHT + ";", "NOTE"),
    "a key without quotes": (RIGHT.replace('"description"', "description"), "NOTE"),
    "a second object": ('{"@type": "WebPage"}\n' + RIGHT[:-2] + ",}", "NOTE"),
}


@pytest.mark.parametrize("name", FORMS)
def test_broken_json_is_read(name):
    text, note = FORMS[name]
    read = next(one for one in _loads(text) if one["@type"] == "NewsArticle")
    for field in ("headline", "datePublished", "author"):
        assert read[field] == STORY[field]
    assert read.get("description") == note


def test_a_name_that_is_cut_is_none():
    read = _loads(RIGHT[: RIGHT.index("Lund")])[0]
    assert [one.get("name") for one in read["author"]] == ["Anna Holm", None]


def test_a_script_that_is_a_program_states_nothing():
    assert _loads("alert('x')") == []


@pytest.mark.parametrize(
    "part", ['"', '{"a":', "[", '" x ', '", x ', '"} x ', "/* ", "// ", "abc ", "{}x", "b:", '{"a" ']
)
def test_takes_time_in_proportion(part):
    start = time.process_time()
    read_broken('{"a":"' + part * (400_000 // len(part)))
    assert time.process_time() - start < 8
