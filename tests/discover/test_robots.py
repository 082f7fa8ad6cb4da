"""The sitemaps that robots.txt names."""

from newscrawl.discover.robots import sitemaps_of


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
