"""Fetches the pages of URLs that a person names: by the news spider: robots.txt, delays and guards hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

from newscrawl.article import Article
from newscrawl.cli.scrapy_run import project_settings
from newscrawl.crawl.commands.checks import check_scrapy_settings
from newscrawl.crawl.export.writable import why_not_writable
from newscrawl.crawl.nouns.ledger import LedgerEntry, ledger_of
from newscrawl.crawl.nouns.options import check_options
from newscrawl.crawl.nouns.visit import GIVEN
from newscrawl.crawl.spiders.news import NewsSpider
from newscrawl.outcomes import Outcome

#: What is not wanted of a crawl that only brings pages to a person.
_QUIET = {"LOG_LEVEL": "ERROR", "NEWSCRAWL_PROGRESS_INTERVAL": "0", "STATS_DUMP": False}


def fetch(
    urls: Sequence[str],
    settings: Mapping[str, Any],
    sites: str | None,
    on_article: Callable[[str, Article], None],
    on_failure: Callable[[LedgerEntry], None],
) -> None:
    """Fetch pages and read their articles; each URL is told of once, as it ends.

    on_article: URL as it was asked for, and its article. on_failure: the outcome of a page without one. Raises
    click.UsageError for a URL, setting or sites file that cannot be used.
    """
    arguments: dict[str, Any] = {"urls": list(urls), **({"sites": sites} if sites else {})}
    found = project_settings({**_QUIET, **settings})
    try:
        check_scrapy_settings(found)
        if (path := found.get("LOG_FILE")) and (why := why_not_writable(str(path))):
            raise ValueError(f"the log {path} cannot be written: {why}")
        check_options(found)
        NewsSpider.check_arguments(arguments, found)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    process = AsyncCrawlerProcess(found)
    crawler = process.create_crawler(NewsSpider)

    def scraped(item: Any) -> None:
        if isinstance(item, Article):
            on_article(item.requested_url or item.url, item)

    def settled(entry: LedgerEntry) -> None:
        if entry.source == GIVEN and entry.outcome is not Outcome.RECORDED:
            on_failure(entry)

    def opened() -> None:
        ledger_of(crawler).on_settled(settled)

    crawler.signals.connect(scraped, signal=signals.item_scraped)
    crawler.signals.connect(opened, signal=signals.spider_opened)
    process.crawl(crawler, **arguments)
    process.start()
