"""Pictures on pages with the usual faults: which address, caption and credit each has, and what is no picture."""

from __future__ import annotations

import pytest

from newscrawl import extract
from tests.support.story_page import PARAGRAPHS, URL, page

SOURCES = "/i/b-500.webp 500w, /i/b-1500.webp 1500w"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
AFTER = "The province, which owns the ferry, will decide in autumn what becomes of its two boats and their nine crew."


def pictures(inner: str, head: str = "", after: str = "") -> list[tuple[str, str | None, str | None]]:
    """The pictures of a story with `inner` between its paragraphs: file, caption, credit. after: follows the story."""
    first, *rest = [f"<p>{text}</p>" for text in PARAGRAPHS]
    article = extract(page(f"{first}{inner}{''.join(rest)}<p>{AFTER}</p>{after}", head), URL)
    return [(one.url.split("news.example", 1)[-1], one.caption, one.credit) for one in article.images]


def figure(image: str, caption: str = "") -> str:
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


IMAGE = '<img src="/i/bridge.jpg" width="800" height="500">'


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        # lazily loaded
        (f'<img src="{GIF}" data-lazy="/i/b.jpg">', "/i/b.jpg"),
        ('<img src="/i/b-300x200.jpg" data-large-file="/i/b-1024x683.jpg">', "/i/b-1024x683.jpg"),
        ('<img src="/i/b-300x200.jpg" data-orig-file="/i/b.jpg">', "/i/b.jpg"),
        ('<img class="lazy" data-echo="/i/b.jpg" src="/static/grey.gif">', "/i/b.jpg"),
        (f'<img src="{GIF}" data-runner-src="/i/b.jpg">', "/i/b.jpg"),
        (f'<img src="{GIF}" data-pin-media="/i/b.jpg">', "/i/b.jpg"),
        ('<img src="/i/b-small.jpg" data-zoom-image="/i/b-zoom.jpg">', "/i/b-zoom.jpg"),
        (f'<img src="{GIF}"><noscript><img src="/i/b.jpg"></noscript>', "/i/b.jpg"),
        # several in one attribute
        ('<img src="/i/b-20.jpg" srcset="/i/b-1600.jpg 1600w, /i/b-800.jpg 800w, /i/b-20.jpg 20w">', "/i/b-1600.jpg"),
        ('<img src="/i/b-400.jpg" srcset="/i/b-400.jpg 400w,/i/b-900.jpg 900w,">', "/i/b-900.jpg"),
        ('<img src="/i/b-400.jpg" srcset="/i/b-400.jpg 1x, /i/b-800.jpg 2x">', "/i/b-800.jpg"),
        ('<img src="/i/b-400.jpg" data-srcset=\'["/i/b-800.jpg"]\'>', "/i/b-400.jpg"),
        ('<img src="/i/b-280.jpg" srcset="/i/b-560.jpg 2x" data-src="/i/b-1080.jpg">', "/i/b-1080.jpg"),
        # <picture>
        (
            f'<picture><source data-srcset="/i/b-500.webp 500w, /i/b-1500.webp 1500w"><img src="{GIF}"></picture>',
            "/i/b-1500.webp",
        ),
        (
            '<picture><source srcset="/i/b-400.webp 400w"><source srcset="/i/b-1400.webp 1400w"><img></picture>',
            "/i/b-1400.webp",
        ),
        (
            '<picture><source media="(min-width: 900px)" srcset="/i/b-1400.jpg"><source srcset="/i/b-400.jpg">'
            '<img src="/i/b-lqip.jpg"></picture>',
            "/i/b-1400.jpg",
        ),
        # blurred, small, unfilled
        ('<img src="/i/b.jpg?w=20&amp;blur=10" data-src="/i/b.jpg?w=1200">', "/i/b.jpg?w=1200"),
        (
            '<img src="/i/b.jpg?w=30&amp;blur=50" srcset="/i/b.jpg?w=600 600w, /i/b.jpg?w=1200 1200w">',
            "/i/b.jpg?w=1200",
        ),
        ('<a href="/i/b-full.jpg"><img src="/i/b-150x150.jpg" width="150" height="150"></a>', "/i/b-full.jpg"),
        ('<img src="/i/b.jpg" data-src="/i/{width}/b.jpg">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-src="/i/[WIDTH]/b.jpg">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-src="/i/b_!!width!!.jpg">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-src="/i/b-${size}.jpg">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-src="undefined">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-src="true">', "/i/b.jpg"),
        ('<img src="/i/b.jpg" data-image=\'&#123;"id":4&#125;\'>', "/i/b.jpg"),
        # names that only sound like boilerplate
        ('<img src="/i/iconic-lighthouse-2026.jpg">', "/i/iconic-lighthouse-2026.jpg"),
        ('<img src="/i/avatar-film-premiere.jpg">', "/i/avatar-film-premiere.jpg"),
        ('<img src="/i/badger-cull.jpg">', "/i/badger-cull.jpg"),
        ('<img src="/i/pixel-phone-launch.jpg">', "/i/pixel-phone-launch.jpg"),
        ('<img src="/i/tracking-wolves-in-the-north.jpg">', "/i/tracking-wolves-in-the-north.jpg"),
        ('<img src="/i/emoji-designer-at-work.jpg">', "/i/emoji-designer-at-work.jpg"),
    ],
)
def test_the_largest_address_that_is_one(markup: str, address: str) -> None:
    assert [one[0] for one in pictures(figure(markup))] == [address]


def test_a_figure_and_a_div_that_bear_the_address() -> None:
    assert pictures(f'<figure data-src="/i/b.jpg"><img src="{GIF}"></figure>') == [("/i/b.jpg", None, None)]
    assert pictures(f'<div data-src="/i/b.jpg"><img src="{GIF}"></div>') == [("/i/b.jpg", None, None)]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/i/courier-logo.png">',
        '<img src="/static/Logo_Courier_2x.png">',
        '<img src="/i/b.gif?tracking=1" width="1" height="1">',
        '<img src="https://count.example/pixel.gif?id=4">',
        '<img src="/i/b.jpg" style="width:1px;height:1px">',
        '<img src="/img/beacon?e=4" width="0" height="0">',
        '<img src="/i/share-facebook.png">',
        '<img src="/i/icons/facebook.png">',
        '<img src="/static/grey.gif">',
        '<img src="https://secure.gravatar.com/avatar/0a1b2c?s=300">',
        '<img src="/i/default-avatar.png">',
        '<img src="/i/b.jpg" hidden>',
        f'<img src="{GIF}">',
    ],
)
def test_logos_trackers_and_icons_are_no_pictures(markup: str) -> None:
    assert pictures(f"<p>{markup}</p>") == []


@pytest.mark.parametrize(
    ("inner", "caption", "credit"),
    [
        ("Prev Next", None, None),
        ("1 of 5 The ferry at noon", "The ferry at noon", None),
        ("The ferry at noon Share this image", "The ferry at noon", None),
        ("<button>Open in new window</button>The ferry at noon", "The ferry at noon", None),
        ("Image caption The ferry at noon", "The ferry at noon", None),
        ("Toggle caption", None, None),
        ("Hide caption The ferry at noon. Jane Roe/AP", "The ferry at noon.", "Jane Roe/AP"),
        ("Text Size", None, None),
        ("New Window", None, None),
        ("Open in a new tab", None, None),
        ("Foto: Jane Roe/dpa | Photo: Max Weir/AP", None, "Jane Roe/dpa | Photo: Max Weir/AP"),
        ("Share on Facebook", None, None),
        (
            "The ferry at noon.<span class='credit'>Jane Roe / AP Hustling.</span>",
            "The ferry at noon.",
            "Jane Roe / AP Hustling",
        ),
        ("Sailors on deck in 2019. AP Hustling.", "Sailors on deck in 2019. AP Hustling.", None),
        (
            "The ferry, in a photo from 1960 by the harbour company.",
            "The ferry, in a photo from 1960 by the harbour company.",
            None,
        ),
        ("The ferry at noon. (Photo by Jane Roe/Getty Images)", "The ferry at noon.", "Jane Roe/Getty Images"),
        ("The ferry (left) at noon. Photo: Jane Roe / dpa", "The ferry (left) at noon.", "Jane Roe / dpa"),
        ("Foto: Jane Roe/dpa | The ferry at noon", "The ferry at noon", "Jane Roe/dpa"),
        ("© Jane Roe/AFP", None, "Jane Roe/AFP"),
        ("The ferry at noon. Credit: Courtesy of St. Anne's School", "The ferry at noon.", "St. Anne's School"),
        ("The ferry at noon. Photograph: Jane Q. Roe/AP", "The ferry at noon.", "Jane Q. Roe/AP"),
        ("The ferry at noon. J. R. Roe/Reuters", "The ferry at noon.", "J. R. Roe/Reuters"),
    ],
)
def test_captions_and_credits(inner: str, caption: str | None, credit: str | None) -> None:
    assert pictures(figure(IMAGE, inner)) == [("/i/bridge.jpg", caption, credit)]


def test_the_caption_of_another_story_is_not_that_of_the_picture() -> None:
    teaser = (
        '<div class="more"><figure><img src="/i/other.jpg">'
        '<figcaption>Boat race is won by a beginner</figcaption></figure><a href="/news/2">Boat race</a></div>'
    )
    assert pictures(figure(IMAGE, "The ferry at noon"), after=f'<div class="read-next">{teaser}</div>') == [
        ("/i/bridge.jpg", "The ferry at noon", None)
    ]
    link = '<a href="/news/2">'
    linked = figure(f'{link}<img src="/i/other.jpg"></a>', f"{link}Boat race is won</a>")
    assert pictures(figure(IMAGE, "The ferry at noon") + linked) == [("/i/bridge.jpg", "The ferry at noon", None)]


def test_the_picture_that_the_page_states_is_the_same_in_another_size() -> None:
    head = '<meta property="og:image" content="https://news.example/i/bridge-150x150.jpg">'
    image = '<img src="/i/bridge-1024x683.jpg" width="1024" height="683">'
    assert pictures(figure(image, "The ferry at noon"), head) == [("/i/bridge-1024x683.jpg", "The ferry at noon", None)]
    logo = '<meta property="og:image" content="https://news.example/i/courier-logo.png">'
    assert [one[0] for one in pictures(figure(IMAGE), logo)] == ["/i/bridge.jpg"]
    assert pictures("", logo) == []


@pytest.mark.parametrize(
    "around",
    [
        "<figure data-src='/i/b.jpg'>{}</figure>",
        "<figure data-src='/i/b.jpg'><div>{}</div></figure>",
        "<div data-src='/i/b.jpg'>{}</div>",
    ],
)
def test_an_address_that_stands_around_the_image(around: str) -> None:
    assert [url for url, _, _ in pictures(around.format(f'<img src="{GIF}">'))] == ["/i/b.jpg"]
