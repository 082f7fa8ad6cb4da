"""When a page lacks its story, or its list, because its scripts would bring it. Pages are written for the purpose."""

from __future__ import annotations

import pytest

from newscrawl.article import Page
from newscrawl.read import read_document
from newscrawl.read.document import open_document
from newscrawl.read.scripted import lacks_links, lacks_story
from tests.support.living_site import sentence_block

META = '<meta property="og:type" content="article"><meta property="og:title" content="Harbour council votes on the winter bridge">'
SCRIPT = '<script src="/app.js"></script>'
TEASER = "The council of the harbour town has voted for the winter bridge, and the ferries will stay in port from the first of December until the ice is gone."
FOOTER = (
    "<footer><ul>"
    + "".join(f"<li><a href=/section-{n}>Section {n} of it</a></li>" for n in range(60))
    + "</ul><p>All rights reserved.</p></footer>"
)


def story(paragraphs: int) -> str:
    import random

    made = random.Random(3)
    return (
        "<article><h1>Harbour council votes on the winter bridge</h1>"
        + "".join(f"<p>{sentence_block(made)}</p>" for _ in range(paragraphs))
        + "</article>"
    )


def paragraphs(count: int) -> str:
    return story(count).partition("</h1>")[2].removesuffix("</article>")


def lead(after: str, count: int = 3) -> str:
    return story(count).replace("</article>", f"{after}</article>")


LACKING = {
    "an empty shell": f"<head><title>The Paper</title></head><body><div id=root></div>{SCRIPT}</body>",
    "a shell that asks for scripts": f"<head>{META}</head><body><noscript>Please enable JavaScript to read this page.</noscript><div id=app></div>{SCRIPT}</body>",
    "metadata without a story": f"<head>{META}</head><body><nav><a href=/a>News</a></nav><main></main>{FOOTER}{SCRIPT}</body>",
    "a short script that fetches": f"<head>{META}</head><body><main></main><script>fetch('/a').then(show)</script></body>",
    "a short script that leads on": "<head><title>One moment</title></head><body><p>One moment</p><script>location.replace('/b')</script></body>",
    "an empty main part beside a text": f"<head>{META}</head><body><main><div class=loading>Loading</div></main><aside>{story(2)}</aside>{SCRIPT}</body>",
    "an empty main part beside a few words": f"<head><title>x</title></head><body><main></main><aside><p>{'The paper is owned by its readers. ' * 6}</p></aside>{FOOTER}{SCRIPT}</body>",
    "a skeleton": f"<head><title>x</title></head><body><main><div class='ArticleSkeleton'></div></main>{FOOTER}{SCRIPT}</body>",
    "a stub beside a skeleton": f"<head>{META}</head><body><main>{story(2)}<div class='text-skeleton'></div></main>{SCRIPT}</body>",
    "a teaser beside a loader": f"<head>{META}<meta name=description content='{TEASER}'></head><body><article><p>{TEASER}</p><div class=loader></div></article>{SCRIPT}</body>",
    "a lead before a spinner": f"<head>{META}</head><body><main>{lead('<div class=spinner></div>')}</main>{FOOTER}{SCRIPT}</body>",
    "a longer lead before a busy box": f"<head>{META}</head><body><main>{lead('<div aria-busy=true></div>', 4)}</main>{FOOTER}{SCRIPT}</body>",
    "a lead before a box that says it loads": f"<head>{META}</head><body><div class=page>{lead('<div><p>Inhalt wird geladen …</p></div>')}</div>{FOOTER}{SCRIPT}</body>",
    "a lead in a box of its own before a loader": f"<head>{META}</head><body><main><article><h1>x</h1><div class=text>{paragraphs(3)}</div><div id=rest><i class=loader></i></div></article></main>{SCRIPT}</body>",
    "a lead without an article before a loader": f"<head>{META}</head><body><div class=text>{paragraphs(3)}<div class=loader></div></div>{FOOTER}{SCRIPT}</body>",
    "a lead before a bar of progress": f"<head>{META}</head><body><main>{lead('<div class=ring role=progressbar></div>')}</main>{FOOTER}{SCRIPT}</body>",
    "a lead and a skeleton right after it": f"<head>{META}</head><body><main>{story(4)}<div class=skeleton></div></main>{FOOTER}{SCRIPT}</body>",
    "minutes that are stated and not here": f'<head>{META}<script type="application/ld+json">{{"@type": "NewsArticle", "timeRequired": "PT8M"}}</script></head><body>{story(3)}{SCRIPT}</body>',
    "a text that is in the metadata and not here": f'<head>{META}<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{"word and word " * 200}"}}</script></head><body>{story(3)}{SCRIPT}</body>',
    "words that are stated and not here": f'<head>{META}<script type="application/ld+json">{{"@type": "NewsArticle", "wordCount": 900}}</script></head><body>{story(3)}{SCRIPT}</body>',
}
HERE = {
    "a whole article": f"<head>{META}</head><body>{story(6)}<div class='spinner'></div>{SCRIPT}</body>",
    "a short one": f"<head>{META}</head><body>{story(2)}{SCRIPT}</body>",
    "a short one beside a spinner": f"<head>{META}</head><body><main>{story(2)}<div class='spinner'></div></main>{SCRIPT}</body>",
    "a brief that is its description": f"<head>{META}<meta name=description content='{TEASER}'></head><body><article><p>{TEASER}</p></article>{SCRIPT}</body>",
    "a brief with a loader": f"<head>{META}</head><body><h1>Harbour council votes on the winter bridge</h1><p>{'The council of the harbour town has voted. ' * 5}</p>"
    f"<div class=loader></div>{SCRIPT}</body>",
    "a short one with comments that load": f"<head>{META}</head><body><main>{lead('<div id=comments><div class=spinner></div></div>')}</main>{SCRIPT}</body>",
    "a short one above comments that load": f"<head>{META}</head><body><main>{story(2)}<div class=CommentList><i class=skeleton></i></div></main>{SCRIPT}</body>",
    "a short one beside a column that loads": f"<head>{META}</head><body><main>{story(2)}</main><aside><i class=skeleton></i></aside>{SCRIPT}</body>",
    "a short one with an advertisement that loads": f"<head>{META}</head><body><main>{lead('<div class=ad-slot><div class=skeleton-box aria-busy=true></div></div>', 4)}</main>{SCRIPT}</body>",
    "a short one with related stories that load": f"<head>{META}</head><body><main>{lead('<section><h2>News</h2><div class=loader></div></section>')}</main>{SCRIPT}</body>",
    "a short one with an embed that loads amid it": f"<head>{META}</head><body><main><article><h1>x</h1>{paragraphs(2)}<div class=spinner></div>{paragraphs(2)}</article></main>{SCRIPT}</body>",
    "a short one with a widget of updates": f"<head>{META}</head><body><main>{lead('<div class=live-updates><p>Loading…</p></div>', 4)}</main>{SCRIPT}</body>",
    "a short one before a column that loads": f"<head>{META}</head><body><div class=row>{story(4)}<aside><div class=skeleton></div></aside></div>{SCRIPT}</body>",
    "a short one before another part": f"<head>{META}</head><body><main><article><h1>x</h1>{paragraphs(4)}<div class=box>{'Words of another part of it. ' * 5}</div><div class=spinner></div></article></main>{SCRIPT}</body>",
    "two minutes": f'<head>{META}<script type="application/ld+json">{{"@type": "NewsArticle", "timeRequired": "PT2M"}}</script></head><body>{story(2)}{SCRIPT}</body>',
    "no script at all": f"<head>{META}</head><body><main></main></body>",
    "a short script that makes nothing": f"<head>{META}</head><body><main></main><script>window.dataLayer = []; dataLayer.push('x')</script></body>",
    "data only": f"<head>{META}<script type='application/json'>{{\"a\": \"{'b' * 500}\"}}</script></head><body><main></main></body>",
    "a short one whose main part holds a picture": f"<head>{META}</head><body><main><img src=/a.jpg></main>{story(2)}{SCRIPT}</body>",
    "a closed one": f'<head>{META}<script type="application/ld+json">{{"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": 900}}</script></head><body>{story(1)}{SCRIPT}</body>',
    "an image that loads late": f"<head><title>About us</title></head><body><p>{'words of a page about us ' * 30}</p><img class='loading'>{SCRIPT}</body>",
}  # fmt: skip


def lacking(html: str) -> str | None:
    document = open_document(
        Page("https://a.example/news/harbour-council-votes", f"<!doctype html><html>{html}</html>")
    )
    return lacks_story(document, read_document(document))


@pytest.mark.parametrize("name", LACKING)
def test_a_page_that_lacks_its_story(name: str) -> None:
    assert lacking(LACKING[name])


@pytest.mark.parametrize("name", HERE)
def test_a_page_that_lacks_nothing(name: str) -> None:
    assert lacking(HERE[name]) is None


def test_a_listing_that_lacks_its_list() -> None:
    def lacking_list(body: str, articles: int = 0) -> str | None:
        return lacks_links(
            open_document(Page("https://a.example/", f"<!doctype html><html><body>{body}</body></html>")), articles
        )

    assert lacking_list(f"<nav><a href=/a>News</a></nav><main></main>{SCRIPT}")
    assert lacking_list(f"<main aria-busy=true></main><p>{'words ' * 300}</p>{SCRIPT}")
    assert lacking_list(f"<nav><a href=/a>News</a></nav><main></main>{SCRIPT}", articles=3) is None
    assert lacking_list("<nav><a href=/a>News</a></nav><main></main>") is None
    assert lacking_list(f"<main> </main><p>{'words ' * 300}</p>{SCRIPT}")
    assert lacking_list(f"<p>{'words ' * 300}</p>{SCRIPT}") is None
