"""python -m bench.crawl [--articles N] [--rounds R] [--beside FOLDER]: CPU of a whole crawl beside Scrapy only downloading the same pages.

Serves a site of N articles (made of invented words, about 60 KB a page, with a front page, a feed and a sitemap) on loopback
from a process of its own, crawls it with `scrapy crawl news`, and downloads the same articles with a bare spider at Scrapy's
default settings, in turn, R rounds. Prints CPU seconds of each process (user + system), medians, and the ratio.
With `--beside` another checkout's `scrapy crawl news` has its turn too: the start of each (a crawl that ends with its first
record) is taken off, and the ratio of what an article costs is that of each round.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = "harbour council bridge winter river mayor ferry market letter engine garden station bakery school lantern valley painter signal copper meadow".split()
BARE = """
import scrapy
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for n in range(int(self.articles)):
            yield scrapy.Request(f"{self.site}/2026/11/story-of-the-{n}-th-day", self.parse)
    def parse(self, response):
        self.crawler.stats.inc_value("pages")
"""


def sentence(seed: random.Random) -> str:
    """Fourteen invented words and a full stop."""
    return " ".join(seed.choice(WORDS) for _ in range(14)).capitalize() + "."


def article(number: int) -> str:
    """One page: menus, a story of fourteen paragraphs, a box of related links, a footer."""
    seed = random.Random(number)
    menu = "".join(f'<li class="menu-item"><a href="/section/{n}">{seed.choice(WORDS)}</a></li>' for n in range(40))
    story = "".join(f"<p>{' '.join(sentence(seed) for _ in range(4))}</p>" for _ in range(14))
    related = "".join(
        f'<li><a href="/2026/11/story-of-the-{seed.randrange(500)}-th-day">{sentence(seed)}</a></li>' for _ in range(30)
    )
    title = f"Story of the {number}-th day"
    filler = f"<script>var state = {json.dumps([sentence(seed) for _ in range(350)])};</script>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-11-{1 + number % 28:02d}T08:00:00Z">{filler}</head><body><nav><ul>{menu}</ul></nav>'
        f"<main><article><h1>{title}</h1><p class='byline'>By Jane Roe</p>{story}</article><aside class='related'><ul>{related}</ul></aside></main><footer>About us</footer></body></html>"
    )


def serve(articles: int) -> None:
    """Serve until standard input is closed; the first line printed is the address."""
    pages = {f"/2026/11/story-of-the-{n}-th-day": article(n).encode() for n in range(articles)}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            base = f"http://{self.headers['Host']}"
            body, kind = pages.get(self.path), "text/html; charset=utf-8"
            if self.path == "/robots.txt":
                body, kind = f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode(), "text/plain"
            elif self.path == "/sitemap.xml":
                body, kind = (
                    (
                        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                        + "".join(f"<url><loc>{base}{p}</loc></url>" for p in pages)
                        + "</urlset>"
                    ).encode(),
                    "text/xml",
                )
            elif self.path == "/":
                body = (
                    "<html><body><main>"
                    + "".join(
                        f"<h2><a href='{p}'>A story of the day, number {n}</a></h2>"
                        for n, p in enumerate(list(pages)[:30])
                    )
                    + "</main></body></html>"
                ).encode()
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    sys.stdin.read()


def cpu(command: list[str], log: Path, root: Path = ROOT) -> float:
    """CPU seconds of one process in a checkout; raises when it fails."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=root, stdout=out, stderr=out, env={**os.environ, "PYTHONPATH": str(root)}
        )
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:4]} failed: {log.read_text()[-2000:]}")
    return usage.ru_utime + usage.ru_stime


class Turns:
    """Crawls of one site, each in a process of its own that is waited for."""

    def __init__(self, site: str, articles: int, folder: Path) -> None:
        self.articles, self.site, self.folder = articles, site, folder
        self.bare = folder / "bare.py"
        self.bare.write_text(BARE)

    def news(self, root: Path, *arguments: str) -> tuple[float, int]:
        """CPU seconds of `scrapy crawl news` in a checkout, and the records."""
        output = self.folder / "articles.jsonl"
        quick = [
            x
            for s in (
                "NEWSCRAWL_ALLOW_PRIVATE=1",
                "DOWNLOAD_DELAY=0",
                "AUTOTHROTTLE_ENABLED=0",
                "CONCURRENT_REQUESTS_PER_DOMAIN=8",
                "LOG_LEVEL=WARNING",
            )
            for x in ("-s", s)
        ]
        used = cpu(
            [
                sys.executable,
                "-m",
                "scrapy",
                "crawl",
                "news",
                "-a",
                f"sites={self.site}",
                "-O",
                str(output),
                *quick,
                *arguments,
            ],
            self.folder / "log",
            root,
        )
        return used, sum(1 for _ in output.open())

    def article(self, root: Path) -> float:
        """CPU milliseconds an article in a checkout, the start taken off."""
        (start, few), (used, found) = self.news(root, "-a", "limit=1"), self.news(root)
        return 1000 * (used - start) / (found - few)

    def download(self) -> float:
        """CPU seconds of Scrapy only downloading."""
        quick = ["-s", "LOG_LEVEL=WARNING", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]
        return cpu(
            [
                sys.executable,
                "-m",
                "scrapy",
                "runspider",
                str(self.bare),
                "-a",
                f"site={self.site}",
                "-a",
                f"articles={self.articles}",
                *quick,
            ],
            self.folder / "log",
        )


def beside_download(turns: Turns, rounds: int) -> None:
    """Print what a whole crawl costs beside downloading only."""
    ours, floor = [], []
    for _ in range(rounds):
        used, found = turns.news(ROOT)
        ours.append(used)
        floor.append(turns.download())
        print(f"newscrawl {ours[-1]:.1f} s for {found} records, download only {floor[-1]:.1f} s", flush=True)
    a, b, count = statistics.median(ours), statistics.median(floor), turns.articles
    print(
        f"median CPU an article: newscrawl {1000 * a / count:.1f} ms, download only {1000 * b / count:.1f} ms, ratio {a / b:.2f} (throughput {b / a:.2f} of download only)"
    )


def beside_checkout(turns: Turns, rounds: int, other: Path) -> None:
    """Print what an article costs here and in another checkout."""
    ratios = []
    for number in range(rounds):
        roots = [ROOT, other] if number % 2 else [other, ROOT]
        each = {root: turns.article(root) for root in roots}
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
        return serve(args.articles)
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.crawl", "--serve", "--articles", str(args.articles)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    site = server.stdout.readline().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            turns = Turns(site, args.articles, Path(folder))
            if args.beside:
                beside_checkout(turns, args.rounds, args.beside.resolve())
            else:
                beside_download(turns, args.rounds)
    finally:
        server.kill()


if __name__ == "__main__":
    main()
