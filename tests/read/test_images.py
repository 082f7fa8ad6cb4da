"""Images with their captions and credits."""

import pytest

from newscrawl import extract
from newscrawl.read.credits import split_credit
from tests.support.story_page import BODY, PARAGRAPHS, URL, page


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dawn over the bay (Jane Roe/AP)", ("Dawn over the bay", "Jane Roe/AP")),
        ("Dawn over the bay. Photo: Jane Roe", ("Dawn over the bay.", "Jane Roe")),
        ("Foto: dpa", (None, "dpa")),
        ("The mayor (left) and his deputy", ("The mayor (left) and his deputy", None)),
        ("Dawn over the bay | Bild: Jane Roe", ("Dawn over the bay", "Jane Roe")),
        ("© Jane Roe", (None, "Jane Roe")),
    ],
)
def test_a_caption_is_separated_from_its_credit(text, parts):
    assert split_credit(text) == parts


def test_an_image_gets_its_caption_and_credit():
    figure = (
        '<figure><img src="/b.jpg" width="800" height="500" alt="A bridge">'
        '<figcaption>The old bridge <span class="credit">Jane Roe/AGENCY</span></figcaption></figure>'
    )
    html = page(f"{BODY}{figure}<p>{PARAGRAPHS[0][::-1].capitalize()}.</p>")
    image = extract(html, URL).images[0]
    assert (image.caption, image.alt, image.width) == ("The old bridge Jane Roe/AGENCY", "A bridge", 800) or (
        image.caption,
        image.credit,
    ) == ("The old bridge", "Jane Roe/AGENCY")


STAND_IN = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
SET = "/i/m-400.jpg 400w, /i/m-1200.jpg 1200w"


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        (f'<img src="{STAND_IN}" data-lazy="/i/m.jpg">', "/i/m.jpg"),
        (f'<img src="{STAND_IN}" data-hi-res-src="/i/m.jpg">', "/i/m.jpg"),
        (f'<img src="/static/placeholder.png" data-srcset="{SET}">', "/i/m-1200.jpg"),
        (f'<img src="/i/m-tiny-blur.jpg?w=20" data-srcset="{SET}">', "/i/m-1200.jpg"),
        ('<img srcset="/i/m-1200.jpg 1200w, /i/m-400.jpg 400w">', "/i/m-1200.jpg"),
        ('<img srcset="/i/m-400.jpg 400w,/i/m-1200.jpg 1200w">', "/i/m-1200.jpg"),
        ('<img srcset="/i/w_400,h_300/m.jpg 1x, /i/w_800,h_600/m.jpg 2x">', "/i/w_800,h_600/m.jpg"),
        (f'<picture><source data-srcset="/i/m.webp"><img src="{STAND_IN}"></picture>', "/i/m.webp"),
        ('<picture><source srcset="/i/m.webp"><img src="/i/m.jpg"></picture>', "/i/m.jpg"),
        ("""<img data-src='{"mobile":"/i/m-400.jpg"}' src="/i/m.jpg">""", "/i/m.jpg"),
        ('<img data-src="/i/m-{width}.jpg" src="/i/m.jpg">', "/i/m.jpg"),
        ('<img src="/i/avatar-premiere-at-the-old-cinema.jpg">', "/i/avatar-premiere-at-the-old-cinema.jpg"),
        ('<img src="/i/iconic-bridge.jpg">', "/i/iconic-bridge.jpg"),
    ],
)
def test_the_address_of_the_picture_rather_than_of_what_stands_in_for_it(markup, address):
    html = page(f"{BODY}<figure>{markup}</figure><p>{PARAGRAPHS[0][::-1].capitalize()}.</p>")
    assert [image.url.removeprefix("https://").partition("/")[2] for image in extract(html, URL).images] == [
        address[1:]
    ]


def test_a_figure_that_bears_the_address():
    html = page(f'{BODY}<figure data-src="/i/m.jpg"><img src="{STAND_IN}"></figure><p>{PARAGRAPHS[0][::-1]}.</p>')
    assert [image.url.rpartition("/")[2] for image in extract(html, URL).images] == ["m.jpg"]


@pytest.mark.parametrize(
    "name", ["logo.png", "Herald_logo-1-300x122.jpg", "icon_arrow_right_blue.svg", "user-avatar.jpg"]
)
def test_logos_and_icons_are_no_pictures(name):
    html = page(f'{BODY}<figure><img src="/i/{name}"></figure><p>{PARAGRAPHS[0][::-1].capitalize()}.</p>')
    assert not extract(html, URL).images


@pytest.mark.parametrize(
    ("inner", "caption", "credit"),
    [
        ("The bridge in May.<span>Jane Roe / Herald</span>", "The bridge in May.", "Jane Roe / Herald"),
        ("The bridge in May.<span>EFE</span>", "The bridge in May.", "EFE"),
        ("Prev Next", None, None),
        ("Share", None, None),
    ],
)
def test_captions_without_what_touches_them_and_without_buttons(inner, caption, credit):
    figure = f'<figure><img src="/i/m.jpg"><figcaption>{inner}</figcaption></figure>'
    image = extract(page(f"{BODY}{figure}<p>{PARAGRAPHS[0][::-1].capitalize()}.</p>"), URL).images[0]
    assert (image.caption, image.credit) == (caption, credit)
