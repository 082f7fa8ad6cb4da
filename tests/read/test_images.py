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
