"""Stories that are only in the page's data: the state of a framework, JSON-LD, or a shadow tree."""

import json
from collections.abc import Callable
from html import escape

import pytest

from newscrawl import extract
from tests.support.story_page import BODY, PARAGRAPHS, page

URL = "https://news.example/2026/11/council-votes"


def element(tag: str, key: str | None = None, **properties: object) -> list[object]:
    """An element of React's server payload."""
    return ["$", tag, key, properties]


SERVER_ELEMENTS = element(
    "div",
    children=[
        element("h1", children="Council votes"),
        element("nav", children=["Home", "News"]),
        element(
            "div",
            className="body",
            children=[element("p", str(n), children=paragraph) for n, paragraph in enumerate(PARAGRAPHS)],
        ),
    ],
)


def script(data: object, attributes: str = "") -> str:
    """A script element. data: its text, or what it has as JSON."""
    return f"<script{attributes}>{data if isinstance(data, str) else json.dumps(data)}</script>"


def json_script(data: object, attributes: str = "") -> str:
    return script(json.dumps(data), f' type="application/json"{attributes}')


def next_data(body: str) -> str:
    return json_script({"props": {"pageProps": {"story": {"content": body}}}}, ' id="__NEXT_DATA__"')


def fusion(body: str) -> str:
    elements = [{"type": "text", "content": paragraph} for paragraph in PARAGRAPHS]
    content = json.dumps({"content_elements": elements})
    return script(f"window.Fusion=window.Fusion||{{}};Fusion.globalContent={content};")


def apollo(body: str) -> str:
    return script(f"window.__APOLLO_STATE__ = {json.dumps({'Article:1': {'body': body}})};")


def json_ld(body: str) -> str:
    data = {"@type": "NewsArticle", "headline": "Council votes", "articleBody": "\n".join(PARAGRAPHS)}
    return script(data, ' type="application/ld+json"')


def next_stream(body: str) -> str:
    parts = (f"1a:T{len(body.encode()):x},", body)
    return "".join(script(f"self.__next_f.push([1,{json.dumps(part)}])") for part in parts)


def server_elements(body: str) -> str:
    return script(f"self.__next_f.push([1,{json.dumps('1:' + json.dumps(SERVER_ELEMENTS))}])")


def nuxt(body: str) -> str:
    article = {"title": 3, "body": 4, "tags": 5}
    flat = [["ShallowReactive", 1], {"data": 2}, article, "Council", body, [6, 7], "council", "bridges"]
    return json_script(flat, ' id="__NUXT_DATA__"')


def nuxt_blocks(body: str) -> str:
    flat: list[object] = [["Reactive", 1], {"blocks": 2}, []]
    for paragraph in PARAGRAPHS:
        flat[2].append(len(flat))
        flat += [{"type": len(flat) + 1, "text": len(flat) + 2}, "paragraph", paragraph]
    return json_script(flat, ' id="__NUXT_DATA__"')


def turbo_stream(body: str) -> str:
    data = json.dumps([{"_1": 2}, "loaderData", {"_3": 4}, "html", body])
    return script(f"window.__reactRouterContext.streamController.enqueue({json.dumps(data)});")


def sveltekit(body: str) -> str:
    fetched = {"status": 200, "body": json.dumps({"title": "Council votes", "content": body})}
    return json_script(fetched, " data-sveltekit-fetched")


def inertia(body: str) -> str:
    data = {"component": "Story", "props": {"story": {"title": "Council votes", "body": body}}}
    return f'<div data-page="{escape(json.dumps(data))}"></div>'


def astro(body: str) -> str:
    paragraphs = [[0, paragraph] for paragraph in PARAGRAPHS]
    properties = json.dumps({"title": [0, "Council votes"], "paragraphs": [1, paragraphs]})
    return f'<astro-island client="only" props="{escape(properties)}"></astro-island>'


@pytest.mark.parametrize(
    "data",
    [
        next_data,
        fusion,
        apollo,
        json_ld,
        next_stream,
        server_elements,
        nuxt,
        nuxt_blocks,
        turbo_stream,
        sveltekit,
        inertia,
        astro,
    ],
)
def test_a_story_that_is_only_in_the_pages_data_is_read(data: Callable[[str], str]):
    """Each function puts the story, given as HTML, into a page in the manner of one framework."""
    article = extract(page(f'<div id="app"></div>{data(BODY)}'), URL)
    assert article.article_body.split("\n\n") == PARAGRAPHS


def test_a_shadow_tree_from_the_server_is_part_of_the_page():
    row = "<template><p>A row that a script copies, with words of its own.</p></template>"
    shadow = f'<template class="a" shadowrootmode="open">{BODY}{row}</template>'
    assert extract(page(f"<x-story>{shadow}</x-story>"), URL).article_body.split("\n\n") == PARAGRAPHS
