"""python -m bench.crawl [--articles N] [--rounds R] [--beside FOLDER]: CPU time of a whole crawl.

A process of its own serves a site of N articles on loopback, with a front page and a sitemap. The articles are made of
random words, about 60 KB a page. The site is crawled with `scrapy crawl news`, and a bare spider with Scrapy's default
settings only downloads the same articles, R times in turn. Prints the CPU seconds of each process (user and system),
the medians, and their ratio.

--beside: crawls with this checkout and another one in turn. The start of the process (a crawl that ends with its first
record) is subtracted; prints the CPU time of an article in each, and their ratio.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import ROOT, cpu_of, crawl_command, spider_command
from bench.serving import HTML, Response, serve, url_of

WORDS = (
    "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley "
    "painter signal copper meadow"
).split()
BARE = """
import scrapy
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for n in range(int(self.articles)):
            yield scrapy.Request(f"{self.site}/2026/11/story-of-the-{n}-th-day", self.parse)
    def parse(self, response):
        self.crawler.stats.inc_value("pages")
    def closed(self, reason):
        print("pages:", self.crawler.stats.get_value("pages"), flush=True)
"""


def path_of(number: int) -> str:
    return f"/2026/11/story-of-the-{number}-th-day"


def sentence(seed: random.Random) -> str:
    """Fourteen random words and a full stop."""
    return " ".join(seed.choice(WORDS) for _ in range(14)).capitalize() + "."


def article(number: int) -> str:
    """One page: a menu, a story of fourteen paragraphs, related links, a footer."""
    seed = random.Random(number)
    menu = "".join(f'<li class="menu-item"><a href="/section/{n}">{seed.choice(WORDS)}</a></li>' for n in range(40))
    story = "".join(f"<p>{' '.join(sentence(seed) for _ in range(4))}</p>" for _ in range(14))
    related = "".join(f'<li><a href="{path_of(seed.randrange(500))}">{sentence(seed)}</a></li>' for _ in range(30))
    title = f"Story of the {number}-th day"
    filler = f"<script>var state = {json.dumps([sentence(seed) for _ in range(350)])};</script>"
    published = f"2026-11-{1 + number % 28:02d}T08:00:00Z"
    head = (
        f'<meta charset="utf-8"><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{published}">{filler}'
    )
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><nav><ul>{menu}</ul></nav><main><article>'
        f"<h1>{title}</h1><p class='byline'>By Jane Roe</p>{story}</article>"
        f"<aside class='related'><ul>{related}</ul></aside></main><footer>About us</footer></body></html>"
    )


def serve_articles(count: int) -> None:
    """Serve until standard input is closed. The URL is printed first."""
    pages = {path_of(number): article(number).encode() for number in range(count)}
    teasers = "".join(
        f"<h2><a href='{path}'>A story of the day, number {n}</a></h2>" for n, path in enumerate(list(pages)[:30])
    )

    def respond(path: str, host: str) -> Response:
        base = f"http://{host}"
        if path == "/robots.txt":
            return 200, "text/plain", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()
        if path == "/sitemap.xml":
            entries = "".join(f"<url><loc>{base}{path}</loc></url>" for path in pages)
            namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
            return 200, "text/xml", f"<urlset xmlns='{namespace}'>{entries}</urlset>".encode()
        if path == "/":
            return 200, HTML, f"<html><body><main>{teasers}</main></body></html>".encode()
        return (200, HTML, pages[path]) if path in pages else (404, HTML, b"")

    print(url_of(serve(respond)), flush=True)
    sys.stdin.read()


@contextmanager
def served_articles(count: int) -> Iterator[str]:
    """The address of a site of so many articles, which a process of its own serves meanwhile."""
    command = [sys.executable, "-m", "bench.crawl", "--serve", "--articles", str(count)]
    server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.kill()


class Crawls:
    """Crawls of one site, one after the other."""

    def __init__(self, site: str, articles: int, folder: Path) -> None:
        self.articles, self.site, self.folder = articles, site, folder
        self.bare = folder / "bare.py"
        self.bare.write_text(BARE)

    def news(self, root: Path, *arguments: str) -> tuple[float, int]:
        """CPU seconds and number of records of `scrapy crawl news` in a checkout."""
        output = self.folder / "articles.jsonl"
        used = cpu_of(crawl_command(self.site, output, *arguments), self.folder / "log", root, check=True)
        return used, sum(1 for _ in output.open())

    def article(self, root: Path) -> float:
        """CPU milliseconds an article in a checkout, without the start of the process."""
        (start, few), (used, found) = self.news(root, "-a", "limit=1"), self.news(root)
        return 1000 * (used - start) / (found - few)

    def download(self) -> float:
        """CPU seconds of Scrapy only downloading the articles."""
        command, log = spider_command(self.bare, site=self.site, articles=self.articles), self.folder / "log"
        used = cpu_of(command, log, check=True, folder=self.folder)
        if f"pages: {self.articles}\n" not in log.read_text():
            raise SystemExit(f"not all articles were downloaded: {log.read_text()[-2000:]}")
        return used


def beside_download(crawls: Crawls, rounds: int) -> None:
    """Print what a whole crawl costs, beside downloading only."""
    ours, bare = [], []
    for _ in range(rounds):
        used, found = crawls.news(ROOT)
        ours.append(used)
        bare.append(crawls.download())
        print(f"newscrawl {ours[-1]:.1f} s for {found} records, download only {bare[-1]:.1f} s", flush=True)
    a, b, count = statistics.median(ours), statistics.median(bare), crawls.articles
    print(
        f"median CPU an article: newscrawl {1000 * a / count:.1f} ms, download only {1000 * b / count:.1f} ms, "
        f"ratio {a / b:.2f} (throughput {b / a:.2f} of download only)"
    )


def beside_checkout(crawls: Crawls, rounds: int, other: Path) -> None:
    """Print what an article costs here and in another checkout."""
    ratios = []
    for number in range(rounds):
        roots = [ROOT, other] if number % 2 else [other, ROOT]
        each = {root: crawls.article(root) for root in roots}
        ratios.append(each[ROOT] / each[other])
        print(f"an article: {each[ROOT]:.1f} ms here, {each[other]:.1f} ms there, ratio {ratios[-1]:.3f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.crawl", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout of newscrawl")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        return serve_articles(args.articles)
    with served_articles(args.articles) as site, tempfile.TemporaryDirectory() as folder:
        crawls = Crawls(site, args.articles, Path(folder))
        if args.beside:
            beside_checkout(crawls, args.rounds, args.beside.resolve())
        else:
            beside_download(crawls, args.rounds)


if __name__ == "__main__":
    main()
