"""URLs that robots.txt forbids: each has its outcome, and none costs a request or a line of the log."""

from __future__ import annotations

from pathlib import Path

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl, paths
from tests.support.made_site import article_page, html_page

FORBIDDEN = [f"/private/the-secret-story-number-{n}-of-the-town/" for n in range(2000)]
STORY = "/2026/11/20/the-open-story-of-the-town/"


def test_forbidden_urls_of_a_sitemap_cost_nothing(tmp_path: Path) -> None:
    address = ""

    def answer(path: str) -> Answer | None:
        if path == "/robots.txt":
            text = f"User-agent: *\nDisallow: /private/\nSitemap: {address}/sitemap.xml\n"
            return Answer(type="text/plain", body=text.encode())
        if path == "/sitemap.xml":
            entries = "".join(f"<url><loc>{address}{one}</loc></url>" for one in [*FORBIDDEN, STORY])
            return Answer(type="application/xml", body=f"<urlset>{entries}</urlset>".encode())
        return article_page(path) if path == STORY else html_page("") if path == "/" else None

    with serve(frozenset(), change=answer) as served:
        address = served.address
        crawled = crawl(tmp_path, served.address, settings={"LOG_LEVEL": "INFO"})
    assert paths(crawled, served.address) == [STORY]
    assert len(crawled.reasons("RobotsForbidden")) == len(FORBIDDEN)
    assert not [path for path in served.paths if "private" in path]
    assert "secret-story" not in crawled.log and "Traceback" not in crawled.log
