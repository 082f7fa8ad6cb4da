"""Columns about the form of a text, what it repeats of the page, and the images and rules near it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.read.block_words import LONGEST, group_counts, vocabulary
from newscrawl.read.blocks import lay_out
from newscrawl.read.evidence import Evidence, repetition


def columns(html, **evidence):
    return repetition(lay_out(LexborHTMLParser(f"<body>{html}</body>")), Evidence(**evidence))


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("label", "Read also: the bridge", True),
        ("label", "もっと読む：橋", True),
        ("label", "The mayor of the town said: no", False),
        ("label", "https://news.example/a", False),
        ("address", "Write to jane@news.example", True),
        ("address", "See www.news.example", True),
        ("address", "Follow @janeroe", True),
        ("address", "The bridge is open at 5", False),
        ("bracketed", "(Photo of the bridge)", True),
        ("bracketed", "【続きを読む】", True),
        ("bracketed", "(Photo) of the bridge", False),
    ],
)
def test_the_form_of_a_text(column, text, value):
    assert columns(f"<p>{text}</p>")[column].tolist() == [value]


def test_a_pull_quote_echoes_a_longer_text():
    quote = "“A bridge is a promise to the other side”"
    said = f"<p>She said: “A bridge is a promise to the other side” twice.</p><p>{quote}</p>"
    html = said + "<p>Nothing of it was said here.</p>"
    assert columns(html)["echoed"].tolist() == [False, True, False]


def test_texts_that_are_the_same_do_not_echo_each_other():
    assert not columns("<p>A bridge is a promise to the other side.</p>" * 5)["echoed"].any()


def test_names_of_authors_and_of_the_site():
    texts = ("Jane Roe is a reporter", "Write to Jane Roe", "Nobody", "The post appeared first on Velmora Times")
    html = "".join(f"<p>{text}</p>" for text in texts)
    found = columns(html, authors=("Jane Roe", "Jo"), sites=("Velmora Times", "velmora"))
    assert found["author_named"].tolist() == [2, 1, 0, 0]
    assert found["site_named"].tolist() == [0, 0, 0, 1]


def test_images_and_rules_near_a_block():
    found = columns("<p>a</p><img src=x.jpg><p>b</p><p>c</p><hr><p>d</p>")
    assert found["image_before"].tolist() == [30, 0, 1, 2]
    assert found["image_after"].tolist() == [0, 30, 30, 30]
    assert found["rule_before"].tolist() == [30, 30, 30, 0]


def test_words_are_counted_by_group_in_short_texts():
    names = vocabulary()[0]
    texts = ["Foto: Jane", "写真 提供", "Photo " + "x" * LONGEST, "Sign up for our newsletter, newsletter"]
    counts = group_counts(texts)
    assert counts[names.index("credit")].tolist() == [1, 2, 0, 0]
    assert counts[names.index("subscribe")].tolist() == [0, 0, 0, 3]


def test_every_group_has_words_of_many_languages_and_none_twice():
    names, spaced, wide = vocabulary()
    assert len(set(names)) == len(names) == 14
    for number in range(len(names)):
        own = [word for word, groups in {**spaced, **wide}.items() if number in groups]
        assert len(own) >= 30
        assert any(not word.isascii() for word in own)


def test_no_echoes_are_looked_for_on_very_long_pages():
    quote = "A bridge is a promise to the other side"
    html = f"<p>She said: “{quote}” and left the hall.</p><p>{quote}</p>"
    assert columns(html)["echoed"].any()
    assert not columns(html + f"<p>{'word ' * 19_000}</p>" * 6)["echoed"].any()
