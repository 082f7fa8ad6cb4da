"""A crawl of every server of `tests/support/broken_responses.py`, with a good site: reasons, CPU seconds, peak memory.

`python -m bench.hostile [--documents]`: with it the crawl also reads the largest feeds, sitemaps, robots.txt and pages
that the bounds allow. `python -m bench.hostile --hosts N`: N hosts at once, whose pages are as large as the bounds
allow, plain and compressed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.broken_responses import CHUNKED, TIMEOUT, all_cases
from tests.support.crawling import Crawled, collect, start
from tests.support.hostile_server import Answer, front_page, page, path_of, redirects_to, sends_endlessly, serve_hostile
from tests.support.living_site import LivingSite, serve_living

WORDS = (
    "The council of the town voted on Monday evening for a new bridge over the river, after a debate of five hours. "
)
BODY = "<html><head><title>Council of the town votes</title></head><body><article><h1>Council of the town votes</h1>"


def documents() -> dict[str, Answer]:
    """The largest document of each kind that is still read, by its path."""
    feed = '<rss version="2.0"><channel><title>F</title>' + "".join(map(_feed_item, range(6_500)))
    deep = '<rss version="2.0"><channel><item>' + "<a>" * 3_000_000
    urls = "".join(
        f"<url><loc>http://b.example/2026/11/20/town-{n}-votes-for-a-bridge/</loc><!--{'x' * 1500}--></url>"
        for n in range(30_000)
    )
    return {
        "/feed": page(feed[:9_900_000], Content_Type="application/rss+xml"),
        "/deep-feed": page(deep, Content_Type="application/rss+xml"),
        "/map.xml": page("<urlset>" + urls, Content_Type="application/xml"),
        "/deep-map.xml": page("<urlset>" + "<x>" * 8_000_000, Content_Type="application/xml"),
        **{path_of(name): page(body[:10_000_000]) for name, body in _large_pages().items()},
    }


def _feed_item(number: int) -> str:
    url = f"http://b.example/2026/11/20/council-{number}-meets-again/"
    description = "word " * 280
    return (
        f"<item><title>Council {number} meets</title><link>{url}</link><description>{description}</description></item>"
    )


def _large_pages() -> dict[str, bytes]:
    """Pages that are large in different ways."""
    cyrillic = BODY.replace("<head>", "<head><meta charset=windows-1251>") + "<p>" + "Совет города решил. " * 250_000
    links = "".join(
        f"<p><a href=http://b.example/2026/11/20/council-{n}-meets-in-the-town/>Council {n} meets in the town</a></p>"
        for n in range(30_000)
    )
    state = '<script id="__NEXT_DATA__" type="application/json">{"a":' + "[[]," * 1_900_000 + "</script>"
    authors = '{"@type":"NewsArticle","author":' * 60_000
    texts = {
        "long-text": BODY + f"<p>{WORDS * 80}</p>" * 1000,
        "many-links": BODY + links,
        "deep-page": BODY + "<div>" * 1_500_000,
        "wide-state": BODY + state,
        "long-ld": BODY + f'<script type="application/ld+json">{authors}</script>',
    }
    pages = {name: text.encode() for name, text in texts.items()}
    return {**pages, "long-text-of-another-charset": cyrillic.encode("cp1251")}


#: Scrapy, which says at its end how much memory it took.
_MEASURED = """
import atexit, pathlib, re, resource

def peak():
    # ru_maxrss of a child begins with its parent's, which holds the documents
    status = pathlib.Path("/proc/self/status")
    if status.is_file():
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

atexit.register(lambda: print("peak memory", peak(), "MB", flush=True))
from scrapy.cmdline import execute
execute()
"""


@dataclass
class Outcome:
    """The crawl, the good site, the address of the bad one, and the crawl's peak memory in MB."""

    crawled: Crawled
    good: LivingSite
    address: str

    @property
    def peak(self) -> int:
        return peak_of(self.crawled)


def peak_of(done: Crawled) -> int:
    """What a crawl by `_MEASURED` has said: MB."""
    return int(done.log.rpartition("peak memory ")[2].split()[0])


def hostile_crawl(
    folder: Path, cases: Mapping[str, tuple[Answer, str]], large: Mapping[str, Answer], timeout: float = TIMEOUT
) -> Outcome:
    """Crawl a site that has these cases, and a good one beside it. large: served as well. timeout: seconds."""
    answers = {path_of(name): answer for name, (answer, _) in cases.items()}
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}">' for path in large if path.endswith("feed")
    )
    answers["/"] = page(
        front_page([*answers, *(path for path in large if path.startswith("/2026"))]).replace(
            "</head>", feeds + "</head>"
        )
    )
    answers |= large
    answers[path_of("redirects-back")] = redirects_to(path_of("redirects-there"))
    for n in range(1, 30):
        answers[path_of("redirects-on-and-on") + f"?{n}"] = redirects_to(f"?{n + 1}")
    maps = "".join(f"Sitemap: {path}\n" for path in large if path.endswith(".xml"))
    rules = f"User-agent: *\nAllow: /\n{maps}#".encode()
    # an endless robots.txt: only its first bytes are read
    answers["/robots.txt"] = sends_endlessly(
        b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n", CHUNKED + b"%x\r\n%s\r\n" % (len(rules), rules)
    )
    good = LivingSite.of(12)
    with serve_hostile(answers) as bad, serve_living(good):
        # slow responses fail together: the host must be backed off, not given up
        settings = {
            "DOWNLOAD_TIMEOUT": str(timeout),
            "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
            "NEWSCRAWL_MAX_LISTINGS": "30",
            "NEWSCRAWL_MAX_BACKOFF": "60",
        }
        process = start(folder, f"{bad.address},{good.base}", settings=settings, program=_MEASURED)
        done = collect(folder, process, timeout=600)
    return Outcome(done, good, bad.address)


def many_hosts(folder: Path, count: int) -> Crawled:
    """Crawl so many hosts on loopback at once; each has four articles of 9.5 MB, two of them compressed to some KB."""
    paths = [path_of(f"large-{number}") for number in range(4)]
    whole = BODY.encode() + b"<p>word</p>" * 860_000
    answers = {
        path: page(gzip.compress(whole), Content_Encoding="gzip") if number % 2 else page(whole)
        for number, path in enumerate(paths)
    }
    answers["/"] = page(front_page(paths))
    with serve_hostile(answers, host="0.0.0.0") as served:
        sites = ",".join(f"http://127.0.1.{number}:{served.port}" for number in range(1, count + 1))
        process = start(
            folder, sites, settings={"DOWNLOAD_TIMEOUT": "60", "NEWSCRAWL_BROWSER": "never"}, program=_MEASURED
        )
        return collect(folder, process, timeout=1200)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", action="store_true", help="with the largest documents that are still read")
    parser.add_argument("--hosts", type=int, metavar="N", help="so many hosts at once whose pages are large")
    options = parser.parse_args()
    if options.hosts:
        with tempfile.TemporaryDirectory() as folder:
            done = many_hosts(Path(folder), options.hosts)
        print(json.dumps(dict(Counter(entry["reason"] for entry in done.entries).most_common())))
        print(f"exit status {done.status}; peak memory {peak_of(done)} MB")
        return
    with tempfile.TemporaryDirectory() as folder:
        outcome = hostile_crawl(
            Path(folder), all_cases(), documents() if options.documents else {}, 30 if options.documents else TIMEOUT
        )
    done, good = outcome.crawled, outcome.good
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps(dict(Counter(entry["reason"] for entry in done.entries).most_common())))
    found = sum(record["url"].startswith(good.base) for record in done.records)
    print(f"exit status {done.status}; articles of the good site: {found} of {len(good.stories)}")
    print(f"CPU {used.ru_utime + used.ru_stime:.1f} s; peak memory {outcome.peak} MB")


if __name__ == "__main__":
    main()
