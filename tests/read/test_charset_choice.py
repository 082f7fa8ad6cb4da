from __future__ import annotations

import codecs

import pytest

from newscrawl.read.decoding import decode

GREEK = "Το συμβούλιο αποφάσισε να ξαναχτίσει τη γέφυρα. Οι μηχανικοί είπαν ότι μετακινήθηκε τον χειμώνα."


def page(head: str, before: str = "") -> bytes:
    return f"{before}<html><head>{head}</head><body><p>{GREEK}</p></body></html>".encode("iso8859-7")


@pytest.mark.parametrize(
    "html",
    [
        page("<meta charset=iso-8859-7>"),
        page("<META CHARSET = 'sun_eu_greek' >"),
        page('<meta http-equiv="Content-Type" content="text/html; charset=iso_8859-7:1987">'),
        page("<meta content='text/html;charset=iso-8859-7' http-equiv=content-type />"),
        page("<!-- <meta charset=koi8-r> --><meta charset=iso-8859-7>"),
        page("<script>'<meta charset=koi8-r>'</script><meta charset=iso-8859-7>"),
        page("<meta name=description content='charset=koi8-r'><meta charset=iso-8859-7>"),
        page("<meta name=a content='b > c'><meta charset=no-such-charset><meta charset=iso-8859-7>"),
        page("<meta name=a content='" + "b" * 900 + "'>" * 40 + "<meta charset=iso-8859-7>"),
        page("", '<?xml version="1.0" encoding="iso-8859-7"?>'),
        page("</head><body><meta charset=iso-8859-7>"),
        page("<meta charset=utf-16><meta charset=iso-8859-7>"),
    ],
)
def test_a_declaration_is_found_where_browsers_find_it(html: bytes) -> None:
    text, name = decode(html)
    assert name == "iso8859-7"
    assert text is not None and GREEK in text


@pytest.mark.parametrize(
    "header", ["text/html; charset=ISO-8859-7", 'text/html;charset="iso-8859-7"', "a; charset=greek"]
)
def test_the_header_goes_before_the_page(header: str) -> None:
    assert decode(page("<meta charset=windows-1253>"), header)[1] == "iso8859-7"


def test_an_unknown_charset_in_the_header_does_not_hide_that_of_the_page() -> None:
    assert decode(page("<meta charset=iso-8859-7>"), "text/html; charset=hex")[1] == "iso8859-7"


def test_valid_utf8_is_utf8_whatever_is_declared() -> None:
    assert decode(b"<meta charset=koi8-r><p>" + GREEK.encode(), "text/html; charset=koi8-r") == (None, "utf-8")


@pytest.mark.parametrize(("mark", "name"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "utf-16-le"), (b"", "utf-16-be")])
def test_utf16_is_known_with_and_without_a_mark(mark: bytes, name: str) -> None:
    html = "<html><head><meta charset=utf-16></head><body><p>A text of some length, long enough.</p>".encode(name)
    text, found = decode(mark + html)
    assert text is not None and "A text of some length" in text
    assert found == name


@pytest.mark.parametrize("piece", [b'<meta "', b"<meta '" * 3, b"<!--", b"<script ", b"<?xml ", b'<meta a="b'])
def test_unclosed_tags_cost_no_time(piece: bytes) -> None:
    assert decode(b"\xe9 l'\xe9t\xe9 " + piece * 20_000)[0] is not None
