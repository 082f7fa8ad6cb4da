"""Pages that lack their story, or their list of links, because a script would add it."""

from __future__ import annotations

import random

import pytest

from newscrawl.article import Page
from newscrawl.read import read_document
from newscrawl.read.document import open_document
from newscrawl.read.scripted import lacks_links, lacks_story
from tests.support.living_site import sentence_block

HEADLINE = "<h1>Harbour council votes on the winter bridge</h1>"
META = (
    '<meta property="og:type" content="article">'
    '<meta property="og:title" content="Harbour council votes on the winter bridge">'
)
SCRIPT = '<script src="/app.js"></script>'
TEASER = (
    "The council of the harbour town has voted for the winter bridge, and the ferries will stay in port "
    "from the first of December until the ice is gone."
)
DESCRIPTION = f"<meta name=description content='{TEASER}'>"
_FOOTER_LINKS = "".join(f"<li><a href=/section-{n}>Section {n} of it</a></li>" for n in range(60))
FOOTER = f"<footer><ul>{_FOOTER_LINKS}</ul><p>All rights reserved.</p></footer>"
MENU = "<nav><a href=/a>News</a></nav>"


def paragraphs(count: int) -> str:
    made = random.Random(3)
    return "".join(f"<p>{sentence_block(made)}</p>" for _ in range(count))


def story(count: int, end: str = "") -> str:
    """An article of so many paragraphs. end: what follows the last one."""
    return f"<article>{HEADLINE}{paragraphs(count)}{end}</article>"


def page(body: str, head: str = META) -> str:
    return f"<head>{head}</head><body>{body}{SCRIPT}</body>"


def unscripted(body: str, head: str = META) -> str:
    return f"<head>{head}</head><body>{body}</body>"


def main(content: str, after: str = "") -> str:
    return page(f"<main>{content}</main>{after}")


def stating(facts: str) -> str:
    """Metadata with facts in JSON-LD."""
    return f'{META}<script type="application/ld+json">{{"@type": "NewsArticle", {facts}}}</script>'


LOADING_BOX = "<main><div class=loading>Loading</div></main>"
OWNERS = f"<aside><p>{'The paper is owned by its readers. ' * 6}</p></aside>"
LOADER_AFTER_TEXT = f"<div class=text>{paragraphs(3)}</div><div id=rest><i class=loader></i></div>"

LACKING = {
    "an empty shell": page("<div id=root></div>", "<title>The Paper</title>"),
    "a shell that asks for scripts": page(
        "<noscript>Please enable JavaScript to read this page.</noscript><div id=app></div>"
    ),
    "metadata without a story": page(f"{MENU}<main></main>{FOOTER}"),
    "a short script that fetches": unscripted("<main></main><script>fetch('/a').then(show)</script>"),
    "a short script that redirects": unscripted(
        "<p>One moment</p><script>location.replace('/b')</script>", "<title>One moment</title>"
    ),
    "an empty main part beside a text": page(f"{LOADING_BOX}<aside>{story(2)}</aside>"),
    "an empty main part beside a few words": page(f"<main></main>{OWNERS}{FOOTER}", "<title>x</title>"),
    "a skeleton": page(f"<main><div class='ArticleSkeleton'></div></main>{FOOTER}", "<title>x</title>"),
    "a stub beside a skeleton": main(f"{story(2)}<div class='text-skeleton'></div>"),
    "a teaser beside a loader": page(f"<article><p>{TEASER}</p><div class=loader></div></article>", META + DESCRIPTION),
    "an opening before a spinner": main(story(3, "<div class=spinner></div>"), FOOTER),
    "a longer opening before a busy box": main(story(4, "<div aria-busy=true></div>"), FOOTER),
    "an opening before a box that says it is loading": page(
        f"<div class=page>{story(3, '<div><p>Inhalt wird geladen …</p></div>')}</div>{FOOTER}"
    ),
    "an opening in a box of its own before a loader": main(f"<article><h1>x</h1>{LOADER_AFTER_TEXT}</article>"),
    "an opening without <article> before a loader": page(
        f"<div class=text>{paragraphs(3)}<div class=loader></div></div>{FOOTER}"
    ),
    "an opening before a progress bar": main(story(3, "<div class=ring role=progressbar></div>"), FOOTER),
    "an opening with a skeleton right after it": main(f"{story(4)}<div class=skeleton></div>", FOOTER),
    "shorter than the stated reading time": page(story(3), stating('"timeRequired": "PT8M"')),
    "shorter than the text in the metadata": page(story(3), stating(f'"articleBody": "{"word and word " * 200}"')),
    "shorter than the stated word count": page(story(3), stating('"wordCount": 900')),
}

AD_SLOT = "<div class=ad-slot><div class=skeleton-box aria-busy=true></div></div>"
COMMENTS = "<div id=comments><div class=spinner></div></div>"
RELATED = "<section><h2>News</h2><div class=loader></div></section>"
UPDATES = "<div class=live-updates><p>Loading…</p></div>"
OTHER_PART = f"<div class=box>{'Words of another part of it. ' * 5}</div><div class=spinner></div>"
BRIEF = "The council of the harbour town has voted. " * 5

COMPLETE = {
    "a whole article": page(f"{story(6)}<div class='spinner'></div>"),
    "a short one": page(story(2)),
    "a short one beside a spinner": main(f"{story(2)}<div class='spinner'></div>"),
    "a brief that is its description": page(f"<article><p>{TEASER}</p></article>", META + DESCRIPTION),
    "a brief with a loader": page(f"{HEADLINE}<p>{BRIEF}</p><div class=loader></div>"),
    "a short one with comments that load": main(story(3, COMMENTS)),
    "a short one above comments that load": main(f"{story(2)}<div class=CommentList><i class=skeleton></i></div>"),
    "a short one beside a column that loads": main(story(2), "<aside><i class=skeleton></i></aside>"),
    "a short one with an advertisement that loads": main(story(4, AD_SLOT)),
    "a short one with related stories that load": main(story(3, RELATED)),
    "a short one with an embed that loads amid it": main(
        f"<article><h1>x</h1>{paragraphs(2)}<div class=spinner></div>{paragraphs(2)}</article>"
    ),
    "a short one with a widget of updates": main(story(4, UPDATES)),
    "a short one before a column that loads": page(
        f"<div class=row>{story(4)}<aside><div class=skeleton></div></aside></div>"
    ),
    "a short one before another part": main(f"<article><h1>x</h1>{paragraphs(4)}{OTHER_PART}</article>"),
    "two minutes": page(story(2), stating('"timeRequired": "PT2M"')),
    "no script at all": unscripted("<main></main>"),
    "a short script that adds nothing": unscripted(
        "<main></main><script>window.dataLayer = []; dataLayer.push('x')</script>"
    ),
    "data only": unscripted(
        "<main></main>", f'{META}<script type=\'application/json\'>{{"a": "{"b" * 500}"}}</script>'
    ),
    "a short one whose main part holds a picture": page(f"<main><img src=/a.jpg></main>{story(2)}"),
    "a paywalled one": page(story(1), stating('"isAccessibleForFree": false, "wordCount": 900')),
    "an image that loads late": page(
        f"<p>{'words of a page about us ' * 30}</p><img class='loading'>", "<title>About us</title>"
    ),
}


def lacking(html: str) -> str | None:
    document = open_document(
        Page("https://a.example/news/harbour-council-votes", f"<!doctype html><html>{html}</html>")
    )
    return lacks_story(document, read_document(document))


@pytest.mark.parametrize("name", LACKING)
def test_a_page_that_lacks_its_story(name: str) -> None:
    assert lacking(LACKING[name])


@pytest.mark.parametrize("name", COMPLETE)
def test_a_page_that_lacks_nothing(name: str) -> None:
    assert lacking(COMPLETE[name]) is None


def lacking_list(body: str, articles: int = 0) -> str | None:
    html = f"<!doctype html><html><body>{body}</body></html>"
    return lacks_links(open_document(Page("https://a.example/", html)), articles)


def test_a_listing_that_lacks_its_links() -> None:
    words = f"<p>{'words ' * 300}</p>"
    assert lacking_list(f"{MENU}<main></main>{SCRIPT}")
    assert lacking_list(f"<main aria-busy=true></main>{words}{SCRIPT}")
    assert lacking_list(f"{MENU}<main></main>{SCRIPT}", articles=3) is None
    assert lacking_list(f"{MENU}<main></main>") is None
    assert lacking_list(f"<main> </main>{words}{SCRIPT}")
    assert lacking_list(f"{words}{SCRIPT}") is None
