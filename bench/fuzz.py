"""Feeds damaged documents to the readers: `python -m bench.fuzz [--count N] [--seed S] [--kind READER]`.

Prints the results of each reader, how often each occurred, and which document took longest. A document is made from its
number (`tests.support.mutated_documents`), so a result can be repeated: `python -m bench.fuzz --only page 1234`.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass

from newscrawl import NewscrawlError, extract, record
from newscrawl.article import Page
from newscrawl.discover.feed import read_feed
from newscrawl.discover.page import (
    amp_link,
    announced_feeds,
    article_pages,
    next_pages,
    page_links,
    section_links,
    state_links,
)
from newscrawl.discover.robots import sitemaps_of
from newscrawl.discover.sitemap import read_sitemap
from newscrawl.read import open_document
from tests.support.mutated_documents import mutated

URL = "https://a.example/2026/11/20/a-story-of-the-day"
LINK_READERS = (
    page_links,
    section_links,
    announced_feeds,
    state_links,
    next_pages,
    article_pages,
    amp_link,
)


#: Characters that no field of an article or record may have.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in ("removals", "found_by"):
                yield from _strings(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from _strings([*value, *value.values()])
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)


def _page(data: bytes) -> str:
    try:
        article = extract(data, URL)
    except NewscrawlError as error:
        return error.reason
    for text in _strings([article, record(article)]):
        if _UNSAFE.search(text):
            raise AssertionError(f"a character that no text has: {text[:100]!r}")
    return "an article"


def _links(data: bytes) -> str:
    try:
        document = open_document(Page(URL, data))
        for read in LINK_READERS:
            read(document.tree, URL)
    except NewscrawlError as error:
        return error.reason
    return "links"


def _feed(data: bytes) -> str:
    try:
        return "links" if read_feed(data, URL) else "no links"
    except NewscrawlError as error:
        return error.reason


def _sitemap(data: bytes) -> str:
    try:
        return "links" if sum(1 for _ in read_sitemap(data, URL)) else "no links"
    except NewscrawlError as error:
        return error.reason


def _robots(data: bytes) -> str:
    return "sitemaps" if sitemaps_of(data, URL) else "none"


#: Name of a reader -> (kind of document, the reader).
READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "page": ("page", _page),
    "links": ("page", _links),
    "feed": ("feed", _feed),
    "sitemap": ("sitemap", _sitemap),
    "robots": ("robots", _robots),
    "noise as page": ("noise", _page),
    "noise as feed": ("noise", _feed),
    "noise as sitemap": ("noise", _sitemap),
    "noise as robots": ("noise", _robots),
}


def tried(reader: str, number: int) -> tuple[str, float]:
    """What a reader makes of a document, in a word, and the CPU seconds it takes. Raises what the reader raises."""
    kind, read = READERS[reader]
    data = mutated(kind, number)
    started = time.process_time()
    return read(data), time.process_time() - started


def run(reader: str, numbers: range) -> None:
    """Give documents to a reader and print the results."""
    results: Counter[str] = Counter()
    longest = (0.0, 0)
    for number in numbers:
        try:
            result, seconds = tried(reader, number)
        except Exception as error:
            result, seconds = f"RAISED {type(error).__name__}", 0.0
            print(f"{reader} {number}: {error!r}"[:300], flush=True)
        results[result] += 1
        longest = max(longest, (seconds, number))
    print(f"{reader}: {dict(results.most_common())}; longest {longest[0]:.2f} s (number {longest[1]})", flush=True)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="documents for each reader")
    parser.add_argument("--seed", type=int, default=0, help="number of the first document")
    parser.add_argument("--kind", choices=READERS, help="only this reader")
    parser.add_argument("--only", nargs=2, metavar=("READER", "NUMBER"), help="only this document")
    options = parser.parse_args()
    if options.only:
        print(*tried(options.only[0], int(options.only[1])))
        return
    for reader in [options.kind] if options.kind else READERS:
        run(reader, range(options.seed, options.seed + options.count))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
