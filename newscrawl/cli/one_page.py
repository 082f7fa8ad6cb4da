"""Reads one page that a person names, whatever it is: a file, standard input or a URL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.article import Article
from newscrawl.cli.extracting import site_of_files
from newscrawl.cli.files import Work, article_of
from newscrawl.cli.inputs import find_sources
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.urls import without_user


def read_one(
    name: str,
    settings: Mapping[str, Any],
    *,
    url: str,
    sites: str | None,
    without: tuple[str, ...],
    is_text: bool,
    allow_private: bool,
    **_: Any,
) -> Article:
    """The article of a page, forced where it is none. Raises ValueError that says why there is none at all."""
    sources = list(find_sources([name]))
    if len(sources) != 1:
        raise ValueError(f"{name} stands for {len(sources)} pages; name one")
    source = sources[0]
    if not source.is_url:
        site = site_of_files(sites, url)
        work = Work("json", without_user(url), without, is_forced=True, is_text=is_text)
        return article_of(source, work.with_site(site) if site is not None else work)
    from newscrawl.cli.fetch import fetch  # late: it takes Scrapy, which files do not need

    found: list[Article] = []
    failed: list[LedgerEntry] = []
    own = {"NEWSCRAWL_FORCE": True, "NEWSCRAWL_WITHOUT_RULES": ",".join(without)}
    own |= {"NEWSCRAWL_ALLOW_PRIVATE": True} if allow_private else {}
    fetch([source.name], {**own, **settings}, sites, lambda _, article: found.append(article), failed.append)
    if not found:
        why = f"{failed[0].reason}: {failed[0].detail}" if failed else "the program was stopped"
        raise ValueError(f"{name}: {why}")
    return found[0]
