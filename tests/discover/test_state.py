"""Links that are only in the data of a page: the state of a framework, JSON-LD, or attributes that scripts use."""

import json
from functools import partial

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.discover.state import state_links

HOME = "https://a.example/"
FIRST, SECOND = "/2026/11/first-story-of-the-day", "/2026/11/second-story-of-the-day"


compact = partial(json.dumps, separators=(",", ":"))


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def script(text: str) -> str:
    return f"<script>{text}</script>"


def json_script(text: str, attributes: str = "") -> str:
    return f'<script type="application/json"{attributes}>{text}</script>'


#: With the slashes escaped, as some JSON has them.
ESCAPED_SECOND = (HOME[:-1] + SECOND).replace("/", r"\/")
NEXT_ITEMS = f'{{"title":"First","url":"{FIRST}"}},{{"headline":"Second","href":"{ESCAPED_SECOND}"}}'
FUSION_CONTENT = f'{{"website_url":"{FIRST}","headlines":{{"basic":"First"}}}},{{"canonical_url":"{SECOND}"}}'
NUXT_2_DATA = f'{{url:"{FIRST}",x:a}},{{url:"{SECOND}"}}'.replace("/", r"\u002F")
NUXT_3_DATA = [{"list": 1}, [2, 5], {"url": 3, "title": 4}, FIRST, "First", {"url": 6}, SECOND]
APOLLO_STATE = {
    "Article:1": {"__typename": "Article", "path": FIRST, "title": "First"},
    "Article:2": {"path": SECOND},
    "Author:1": {"__typename": "Author", "path": "/people/of-many-names-and-words"},
}
ITEM_LIST = [
    {"@type": "ListItem", "url": FIRST},
    {"@type": "ListItem", "item": {"@id": SECOND, "name": "Second"}},
]
APP_DATA = {"home": {"list": [{"headline": "First", "link": FIRST}, {"link": SECOND}]}}
PAGES = {
    "Next.js": json_script(
        f'{{"props":{{"items":[{NEXT_ITEMS}],"logo":{{"url":"/img/logo.png"}}}}}}', ' id="__NEXT_DATA__"'
    ),
    "Next.js, streamed": script(
        rf'self.__next_f.push([1,"5:[{{\"url\":\"{FIRST}\"}},{{\"url\":\"{SECOND}\"}}]"])',
    ),
    "Fusion": script(
        f'window.Fusion=window.Fusion||{{}};Fusion.globalContent={{"content_elements":[{FUSION_CONTENT}]}};Fusion.x=1'
    ),
    "Nuxt 2": script(f"window.__NUXT__=(function(a,b){{return {{data:[{NUXT_2_DATA}]}}}}(1,2));"),
    "Nuxt 3": json_script(compact(NUXT_3_DATA), ' id="__NUXT_DATA__"'),
    "Apollo": script(f"window.__APOLLO_STATE__ = {compact(APOLLO_STATE)};"),
    "a list in JSON-LD": (
        f'<script type="application/ld+json">{compact({"@type": "ItemList", "itemListElement": ITEM_LIST})}</script>'
    ),
    "a state with a name of its own": script(f"window.APP_DATA={compact(APP_DATA)};"),
    "boxes to click": (
        f'<div class="card" data-href="{FIRST}"><h3>First</h3></div><div data-url="{{&quot;a&quot;:1}}"></div>'
        f'<div data-link="#top"></div><li onclick="location.href = \'{SECOND}\'">Second</li>'
    ),
    "broken JSON": json_script(f'{{"a":[{{"url":"{FIRST}"}},{{"url":"{SECOND}",]'),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_links_in_a_pages_data_are_found(name: str) -> None:
    links = state_links(tree(PAGES[name]), HOME)
    assert [link.url for link in links] == [HOME[:-1] + FIRST, HOME[:-1] + SECOND]
    assert {link.source for link in links} == {"embedded data"}


def test_such_links_have_headlines_and_stay_on_the_site() -> None:
    first, _ = state_links(tree(PAGES["Next.js"]), HOME)
    assert first.headline == "First"
    elsewhere = state_links(tree(PAGES["Next.js"]), "https://b.example/")
    assert elsewhere == [] or "b.example" in elsewhere[0].url
    assert state_links(tree('<script>var a = "nothing"; b == {c: 1}</script><script src="/x.js"></script>'), HOME) == []


def test_a_hostile_script_does_not_take_long() -> None:
    assert state_links(tree("<script>__x__ " + "a" * 200_000 + "={" * 3_000 + "</script>"), HOME) == []
    assert state_links(tree('<script type="application/json">' + "[" * 100_000 + "/</script>"), HOME) == []
