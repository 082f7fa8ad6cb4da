"""A site of a crawl."""

from newscrawl.crawl.discovery.site import Site


def test_http_urls_are_requested_by_https_after_the_seed_was_redirected_there() -> None:
    site = Site("a.example", "http://a.example/")
    assert site.resolved("http://a.example/x") == "http://a.example/x"
    site.adopt("https://a.example/")
    assert site.resolved("http://a.example/x") == "https://a.example/x"
    assert site.resolved("http://b.a.example/x") == "http://b.a.example/x"
