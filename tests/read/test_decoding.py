"""Bytes to text: which encoding is used, and what is no HTML."""

import pytest

from newscrawl import Page, UnreadablePage, extract
from newscrawl.read import read
from tests.support.story_page import BODY, URL, page


@pytest.mark.parametrize(
    ("encode", "declare", "header"),
    [
        ("utf-8", '<meta charset="utf-8">', ""),
        ("utf-8", "", "text/html; charset=utf-8"),
        ("utf-8", '<meta charset="iso-8859-1">', "text/html; charset=iso-8859-1"),  # the declared charset is wrong
        ("utf-8-sig", '<meta charset="iso-8859-1">', ""),
        ("cp1252", '<meta charset="iso-8859-1">', ""),
        ("cp1252", "", "text/html; charset=windows-1252"),
        ("cp1252", "", ""),
        ("cp1252", '<meta charset="utf-8">', ""),  # the declared charset is wrong
        ("utf-16", "", ""),
        ("utf-16-le", "", ""),
    ],
)
def test_the_encoding_is_recognised(encode, declare, header):
    html = page(BODY.replace("Velmora", "Vélmorä – “Stadt”"), declare).encode(encode)
    article = extract(html, URL, {"Content-Type": header} if header else None)
    assert "Vélmorä – “Stadt”" in article.article_body


@pytest.mark.parametrize(
    ("encode", "language", "word"),
    [
        ("cp1251", "ru", "Новости города"),
        ("shift_jis", "ja", "橋の建設"),
        ("euc_kr", "ko", "다리 건설"),
        ("gb18030", "zh", "大桥建设"),
    ],
)
def test_the_encoding_is_guessed_from_the_language(encode, language, word):
    html = page(BODY.replace("Velmora", word), "", attributes=f'lang="{language}"').encode(encode)
    assert word in read(Page(URL, html)).article_body


@pytest.mark.parametrize(
    "html", [b"", b"   \n", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n....", b"just words, no tags at all", b"PK\x03\x04zip"]
)
def test_bytes_that_are_not_html_are_unreadable_and_the_error_names_the_page(html):
    with pytest.raises(UnreadablePage, match=r"news\.example"):
        extract(html, URL)


def test_a_content_type_other_than_html_is_refused():
    with pytest.raises(UnreadablePage, match="application/pdf"):
        extract(b"<p>x</p>", URL, {"content-type": "application/pdf"})
