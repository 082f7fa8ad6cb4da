"""The sitemaps that robots.txt names."""

import pytest

from newscrawl.discover.robots import rules_for, sitemaps_of


def test_the_sitemaps_of_robots_txt() -> None:
    body = (
        b"\xef\xbb\xbfSitemap: https://a.example/one.xml\r\nUser-agent: *\rDisallow: /x\n"
        b"SITEMAP:https://a.example/two.xml # the second\n  sitemap : /three.xml\n"
        b"#Sitemap: https://a.example/no.xml\nSite-map: https://b.example/four.xml\nSitemap:\n"
        b"Sitemap: https://a.example/one.xml\n"
    )
    expected = [
        "https://a.example/one.xml",
        "https://a.example/two.xml",
        "https://a.example/three.xml",
        "https://b.example/four.xml",
    ]
    assert sitemaps_of(body, "https://a.example/robots.txt") == expected
    page = b"<html><body>\nSitemap: https://a.example/x.xml\n</body></html>"
    assert sitemaps_of(page, "https://a.example/robots.txt") == []
    assert sitemaps_of(b"", "https://a.example/robots.txt") == []


@pytest.mark.parametrize("space", ["\u00a0".encode("latin-1"), "\u00a0".encode()])
def test_no_break_spaces_around_values_are_spaces(space: bytes) -> None:
    body = b"User-agent: *\n Disallow: /private \nSitemap: https://a.example/map.xml \n".replace(b" ", space)
    assert rules_for(body, "newscrawl") == b"User-agent: *\nDisallow: /private\n\n"
    assert sitemaps_of(body, "https://a.example/robots.txt") == ["https://a.example/map.xml"]
