"""Pages made to be costly: work on them is bounded, the beginning is read, and the record says that it was cut."""

import contextlib
import json
import time

import pytest

from newscrawl import NewscrawlError, Page, extract, record
from newscrawl.article import Kind
from newscrawl.read import open_document, read
from newscrawl.read.blocks import lay_out
from newscrawl.read.bounds import MAX_ATTRIBUTES, MAX_DEPTHS, MAX_OPTIONS, MAX_TAGS, bounded
from newscrawl.read.images import MAX_ALT
from newscrawl.read.structured import MAX_NODES, MAX_VALUE, MAX_VALUES, collect
from newscrawl.read.walk import MAX_BLOCK, MAX_BLOCKS, MAX_DEPTH, MAX_ELEMENTS, MAX_IMAGES, MAX_TEXT
from tests.support.story_page import PARAGRAPHS, URL
from tests.support.story_page import page as story_page

SENTENCE = f"{PARAGRAPHS[0]} "
STORY = "".join(
    f"<p>{SENTENCE}That was vote number {n} of the day, and the mayor thanked everybody for staying so long.</p>"
    for n in range(12)
)


def page(body="", head="", title="Council votes for new bridge"):
    return story_page(STORY + body, head, title)


def layout_of(html):
    return lay_out(open_document(Page(URL, html)).tree)


def test_an_ordinary_page_is_not_cut():
    article = extract(page(), URL)
    assert not article.is_cut and record(article)["metadata"]["isCut"] is False


def test_the_record_of_a_cut_page_says_so():
    article = read(Page(URL, page("<p>word</p>" * 20_000)))
    assert article.is_cut and record(article)["metadata"]["isCut"] is True
    assert "vote number 11" in article.article_body
    assert len(article.blocks) + len(article.removals) <= MAX_BLOCKS + 1


@pytest.mark.parametrize("depth", [150, 3000])
def test_a_deep_page_is_read_in_full(depth):
    html = page(f"{'<div>' * depth}<p>The end of it stands {depth} deep.</p>{'</div>' * depth}")
    layout = layout_of(html)
    assert layout.texts[-1] == f"The end of it stands {depth} deep." and not layout.is_cut
    assert len(layout.tags) < MAX_DEPTH + 100


def test_an_image_too_deep_or_beyond_the_last_element_is_left_out():
    deep = f"{'<div>' * 400}<img src=/deep.jpg width=900><p>The end of it.</p>{'</div>' * 400}"
    html = page(f"{deep}<img src=/flat.jpg width=900>")
    layout = layout_of(html)
    assert all(image.element < len(layout.tags) for image in layout.images) and layout.texts[-1] == "The end of it."
    layout = layout_of(page("<i>x</i>" * (MAX_ELEMENTS - 20) + "<img src=/late.jpg width=900>" * 40))
    assert all(image.element < len(layout.tags) for image in layout.images)


@pytest.mark.parametrize("tags", ["<div>", "<span>", "<ul><li>", "<table><tr><td>", "<b><i>", "<x-y>", "<DIV>"])
def test_a_page_with_endless_nesting_is_cut(tags):
    html, is_cut = bounded(page(tags * 100_000).encode())
    assert is_cut and len(html) < 200_000 and b"vote number 11" in html
    assert html.count(b"<") ** 2 < 8 * MAX_DEPTHS
    assert "vote number 11" in extract(page(tags * 100_000), URL).article_body


@pytest.mark.parametrize("html", [b"<div></b>", b"<div/>", b"<svg><div/>", b"<svg><b/><path/>", b"<g/>"])
def test_nesting_in_disguise_is_recognised(html):
    assert bounded(html * 50_000)[1]


@pytest.mark.parametrize(
    "html", [b"<div></div>", b"<p><br><li>", b"<svg><path d='M0 0'/><g><rect/></g></svg>", b"<DIV></div>"]
)
def test_a_page_without_deep_nesting_is_not_cut(html):
    assert not bounded(html * 30_000)[1]


def test_the_number_of_tags_is_bounded():
    html, is_cut = bounded(b"<body>" + b"<br>" * (2 * MAX_TAGS))
    assert is_cut and html.count(b"<") == MAX_TAGS and html.endswith(b"<br>")
    assert bounded(b"<" * 50) == (b"<" * 50, False)


def test_a_tag_with_too_many_attributes_loses_them():
    many = "<p " + " ".join(f"a{n}='x y'" for n in range(2 * MAX_ATTRIBUTES)) + ">"
    article = extract(page(f"{many}{SENTENCE}The last word.</p>"), URL)
    assert article.is_cut and article.article_body.endswith("The last word.")
    few = (
        b"<p "
        + b" ".join(b"a%d='x y'" % n for n in range(MAX_ATTRIBUTES // 2))
        + b" class='"
        + b"x " * 50_000
        + b"'>text</p>"
    )
    assert bounded(few) == (few, False)
    unclosed = b"<p>text</p><p " + b"a " * 100_000
    assert bounded(unclosed) == (b"<p>text</p><p", True)


def test_a_long_script_is_not_taken_for_attributes():
    script = b"<p>text</p><script type='application/ld+json'>[" + b'{"a": 1, "b": 2}, ' * 20_000 + b"{}]</script>"
    assert bounded(script) == (script, False)


def test_the_options_of_a_select_are_bounded():
    html = page("<select>" + "<option value=1>one</option>" * (3 * MAX_OPTIONS) + "</select>")
    kept, is_cut = bounded(html.encode())
    assert is_cut and b"<option" not in kept and b"vote number 11" in kept


@pytest.mark.parametrize(
    "text", [SENTENCE * 9000, "a" * 1_000_000, "橋の建設。" * 100_000, "<br>".join([SENTENCE] * 9000)]
)
def test_the_text_of_a_block_is_bounded(text):
    layout = layout_of(page(f"<p>{text}</p>"))
    assert layout.is_cut and max(map(len, layout.texts)) <= MAX_BLOCK and len(layout.texts[-1]) > 0.9 * MAX_BLOCK


def test_the_text_of_a_page_is_bounded():
    layout = layout_of(page(f"<p>{SENTENCE * 800}</p>" * 60))
    assert layout.is_cut and MAX_TEXT <= sum(map(len, layout.texts)) <= MAX_TEXT + 2 * MAX_BLOCK


@pytest.mark.parametrize("markup", ["<a href=/s>link</a> ", "<i>word</i> ", "<img src=/i.jpg>"])
def test_elements_and_images_are_bounded(markup):
    layout = layout_of(page(markup * 80_000))
    assert len(layout.tags) <= MAX_ELEMENTS and len(layout.images) <= MAX_IMAGES


def test_the_rows_of_a_table_are_bounded():
    layout = layout_of(page("<table>" + "<tr><td>Velmora</td><td>3</td></tr>" * 50_000 + "</table>"))
    assert len(layout.texts[-1]) <= MAX_BLOCK and layout.kinds[-1] is Kind.TABLE


def test_metadata_is_bounded():
    head = f'<meta name="description" content="{SENTENCE * 1000}">' + '<meta name="author" content="Jane Roe">' * 5000
    graph = ",".join(f'{{"@type":"Person","name":"{n}"}}' for n in range(500))
    scripts = f'<script type="application/ld+json">[{graph}]</script>' * 20
    found = collect(open_document(Page("", page(head=head + scripts, title=SENTENCE * 1000))).tree)
    assert len(found.meta["description"][0]) <= MAX_VALUE and len(found.title) <= MAX_VALUE
    assert len(found.meta["author"]) == MAX_VALUES and len(found.nodes) == MAX_NODES


def test_the_fields_of_a_record_are_bounded():
    long = "word " * 4000
    person = {"@type": "Person", "name": "Jane Roe" + "x" * 100, "url": "https://news.example/" + "x" * 9000}
    stated = {
        "@type": "NewsArticle",
        "headline": long,
        "alternativeHeadline": long,
        "description": long,
        "articleSection": long,
        "author": [person] * 90,
    }
    stated |= {
        "keywords": [f"kw {n} " + "y" * 2000 for n in range(200)],
        "inLanguage": "x" * 9000,
        "publisher": {"name": long},
        "dateModified": "z" * 9000,
    }
    stated |= {
        "image": [f"https://news.example/{n}.jpg" for n in range(3000)],
        "video": [{"contentUrl": f"https://news.example/{n}.mp4"} for n in range(900)],
    }
    pictures = "".join(f"<img src=/{n}.jpg alt='{long}' width=900>" for n in range(40))
    head = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    made = record(extract(page(pictures, head), "https://news.example/2026/11/x"))
    lengths = {name: len(json.dumps(value)) for name, value in made.items() if name != "images"}
    assert max(lengths.values()) <= MAX_VALUE + 100, lengths
    assert len(made["images"]) <= MAX_IMAGES and all(len(image["alt"] or "") <= MAX_ALT for image in made["images"])
    assert len(made["headline"]) < 1000 and len(made["keywords"]) <= 50 and len(made["videos"]) <= 50


COSTLY = {
    "paragraphs": lambda: page("".join(f"<p>{SENTENCE}{n}</p>" for n in range(60_000))),
    "depth": lambda: page("<div>" * 100_000),
    "one paragraph": lambda: page(f"<p>{SENTENCE * 45_000}</p>"),
    "one paragraph without spaces": lambda: page("<p>" + "橋の建設。" * 500_000),
    "links": lambda: page("".join(f"<a href='/s/{n}'>link {n}</a> " for n in range(200_000))),
    "JSON-LD": lambda: page(
        head='<script type="application/ld+json">{"@type":"NewsArticle",'
        + '"headline":"x", "author":' * 40_000
        + "</script>"
    ),
    "breaks": lambda: page("<p>" + "word<br>" * 100_000),
    "rows": lambda: page("<table>" + "<tr><td>a<td>b" * 100_000),
    "tables": lambda: page(("<table>" + "<tr><td>a<td>b" * 100 + "</table>") * 1000),
    "images": lambda: page(
        "".join(
            f"<figure><img src='/i/{n}.jpg' width=800><figcaption>Bridge {n} (AGENCY)</figcaption></figure>"
            for n in range(50_000)
        )
    ),
    "attributes": lambda: page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">"),
    "classes": lambda: page(
        "".join(f"<p class='{' '.join(f'c{n}x{k}' for k in range(40))}'>{SENTENCE}{n}</p>" for n in range(2500))
    ),
    "title": lambda: page(title="Velmora Times - " * 70_000),
    "meta": lambda: page(
        head=f'<meta property="og:title" content="{"word | " * 150_000}">'
        f'<meta name=keywords content="{"a," * 400_000}">'
    ),
    "times": lambda: page("<div>" * 150 + "".join(f"<time>May {n}</time>" for n in range(20_000))),
    "marks": lambda: page("<p>" + "**a** _b_ [c](http://x) ** [d " * 80_000),
    "captions": lambda: page(
        "".join(
            f"<figure><img src=/{n}.jpg><figcaption>{SENTENCE}</figcaption></figure><p>{SENTENCE}</p>"
            for n in range(2000)
        )
    ),
    "options": lambda: page("<select>" + "<option>x" * 200_000),
    "unclosed": lambda: page("<p><a><b><i><u><s>x" * 30_000),
    "state": lambda: (
        "<html><head><title>App</title></head><body><div></div><script>"
        + 'x = {"a":' * 300_000
        + "</script></body></html>"
    ),
}


@pytest.mark.parametrize("name", COSTLY)
def test_no_page_takes_long(name):
    """Each takes well under a second of CPU. If the time grew faster than the page, it would be minutes."""
    html = COSTLY[name]()
    started = time.process_time()
    with contextlib.suppress(NewscrawlError):
        extract(html, "https://news.example/2026/11/council-votes-for-new-bridge")
    assert time.process_time() - started < 10


def test_the_story_before_an_endless_nesting_is_read():
    article = read(Page(URL, page("<section>" * 50_000)))
    assert article.is_cut and "vote number 11" in article.article_body
