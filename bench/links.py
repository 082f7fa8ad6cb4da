"""python -m bench.links FOLDER [--pages N]: CPU of the links of a page that brings nothing new, beside parsing the page.

FOLDER: pages as `python -m bench.train` takes them. Each page's links are taken in once as an article's, then again, when all are
known; prints the median and the ninth decile of the second time in ms, the number of links, and the parse's median.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

from bench.train.corpus import rows_of
from newscrawl.article import Link, Page
from newscrawl.crawl.discovery.intake import LinkIntake
from newscrawl.crawl.discovery.listing_intake import ListingIntake
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.crawl.nouns.visit import Visit, VisitKind
from newscrawl.discover.page import page_links
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.links", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    args = parser.parse_args()
    now = datetime.now(timezone.utc)
    links = LinkIntake(Ledger(), now, None, 2000)
    intake = ListingIntake(links)
    again, parses, counts = [], [], []
    for _, row, html in rows_of(args.folder, ("news", "snippets")):
        if len(again) == args.pages:
            break
        url = row.get("url") or "https://a.example/"
        try:
            begin = time.process_time()
            document = open_document(Page(url, html))
            parses.append(1000 * (time.process_time() - begin))
            site = Site(url, url)
            visit = Visit(url, Link(url), VisitKind.ARTICLE, now)
            intake.add_article_links(site, visit, page_links(document.tree, url), now)
            document = open_document(Page(url, html))
        except NewscrawlError:
            continue
        begin = time.process_time()
        known = partial(links.is_known_href, site)
        intake.add_article_links(site, visit, page_links(document.tree, url, known=known), now)
        again.append(1000 * (time.process_time() - begin))
        counts.append(len(document.tree.css("a[href]")))
    deciles = statistics.quantiles(again, n=10)
    print(
        f"{len(again)} pages, {statistics.median(counts):.0f} anchors (median); links that are all known: median {statistics.median(again):.2f} ms, "
        f"ninth decile {deciles[8]:.2f} ms; parsing: median {statistics.median(parses):.2f} ms"
    )


if __name__ == "__main__":
    main()
