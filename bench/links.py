"""python -m bench.links FOLDER [--pages N]: CPU time of the links of an article's page that names nothing new.

FOLDER: pages as `python -m bench.train` takes them. The links of each page are taken in as those of an article, and
then once more, when all but two are known; the other pages of the article are looked for too. Prints the median and the
ninth decile of the second time in ms, the number of anchors, and the median time of parsing the page.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import datetime, timezone
from pathlib import Path

from bench.train.corpus import rows_of
from newscrawl.article import Link, Page
from newscrawl.crawl.discovery.intake import LinkIntake
from newscrawl.crawl.discovery.listing_intake import ListingIntake
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.discover.anchors import anchors
from newscrawl.discover.page import article_pages, first_page, has_unreachable_pages, page_links
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document

NOW = datetime.now(timezone.utc)
#: Of pages whose own is not known.
_URL = "https://a.example/2026/11/a-story-of-the-day"


def measured(intake: ListingIntake, links: LinkIntake, page: Page) -> tuple[float, float, int]:
    """Milliseconds of the second time and of parsing, and the number of anchors."""
    begin = time.process_time()
    document = open_document(page)
    parsing = 1000 * (time.process_time() - begin)
    url = page.url
    site, visit = Site(url, url), Visit(url, Link(url), VisitKind.ARTICLE, NOW)
    intake.add_article_links(site, visit, page_links(document.tree, url), NOW)
    document = open_document(page)
    new = set(list(dict.fromkeys(anchor.url for anchor in anchors(document.tree, url)))[-2:])
    document = open_document(page)
    begin = time.process_time()

    def known(address: str) -> bool:
        return address not in new and links.is_known_href(site, address)

    first_page(document.tree, url, known)
    intake.add_article_links(site, visit, page_links(document.tree, url, known=known), NOW)
    if not article_pages(document.tree, url, known=known):
        has_unreachable_pages(document.tree)
    again = 1000 * (time.process_time() - begin)
    return again, parsing, len(document.tree.css("a[href]"))


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.links", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    args = parser.parse_args()
    links = LinkIntake(Ledger(), NOW, 2000)
    intake = ListingIntake(links)
    rows: list[tuple[float, float, int]] = []
    for _, row, html in rows_of(args.folder, ("news", "snippets")):
        if len(rows) == args.pages:
            break
        try:
            rows.append(measured(intake, links, Page(row.get("url") or _URL, html)))
        except NewscrawlError:
            continue
    again, parsing, anchors = zip(*rows, strict=True)
    print(
        f"{len(rows)} pages, {statistics.median(anchors):.0f} anchors (median); links of which two are new: "
        f"median {statistics.median(again):.2f} ms, ninth decile {statistics.quantiles(again, n=10)[8]:.2f} ms; "
        f"parsing: median {statistics.median(parsing):.2f} ms"
    )


if __name__ == "__main__":
    main()
