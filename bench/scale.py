"""python -m bench.scale [--urls N] [--sites N] : what many addresses and many sites cost.

Memory: a crawl's own parts take in N addresses of one site from sitemap entries (met, seen, waiting), as `LinkIntake` does; prints
the process's growth in MB after a tenth and after all, and CPU an address. Growth: the same with all of them known already.
Sites: crawls of one server under 10 and under --sites host addresses (127.0.x.y), with the same number of articles in all;
prints CPU an answer of both and their ratio.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

from bench.crawl import article
from bench.discovery.__main__ import QUICK, ROOT, run
from newscrawl.article import Link
from newscrawl.crawl.discovery.disk_queue import DiskQueue
from newscrawl.crawl.discovery.frontier import Frontier
from newscrawl.crawl.discovery.intake import LinkIntake, Origin
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger

NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)


def resident() -> float:
    """MB of memory that the process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def many_urls(count: int) -> None:
    """Take in `count` addresses of one site, then meet them all again."""
    intake = LinkIntake(Ledger(), NOW, None, 2000)
    origin = Origin(is_listed=True)
    site = Site("a.example", "https://a.example/", frontier=Frontier(DiskQueue(), 0))

    def links():
        return (
            Link(
                f"https://a.example/news/{n}/the-long-slug-of-an-article-about-{n}",
                None,
                None,
                "sitemap",
                f"https://a.example/sitemap-{n // 50000}.xml",
                NOW - timedelta(minutes=n * 7919 % 10**6),
            )
            for n in range(count)
        )

    first, begin = resident(), time.process_time()
    for n, link in enumerate(links(), 1):
        intake.add_article(site, link, link.modified or NOW, origin=origin)
        if n in (count // 10, count):
            print(
                f"{n:>9} pending: {resident() - first:6.1f} MB more, {1e6 * (time.process_time() - begin) / n:.0f} us CPU each",
                flush=True,
            )
    begin = time.process_time()
    for link in links():
        intake.add_article(site, link, NOW, origin=origin)
    print(
        f"{count:>9} met again: {resident() - first:6.1f} MB more, {1e6 * (time.process_time() - begin) / count:.0f} us CPU each",
        flush=True,
    )


def serve(pages: dict[str, bytes]) -> tuple[int, SimpleNamespace]:
    """A server on all loopback addresses; its port, and a counter of answers."""
    asked = SimpleNamespace(count=0)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.count += 1
            body = pages.get(self.path)
            if body is None and self.path == "/":
                site = int(self.headers["Host"].split(":")[0].split(".")[3]) + 256 * int(
                    self.headers["Host"].split(".")[2]
                )
                each = len(pages) // asked.sites
                mine = list(pages)[(site - 1) * each : site * each]
                body = (
                    "<html><body><main>"
                    + "".join(f"<h2><a href='{path}'>A story of the day, told at {path}</a></h2>" for path in mine)
                    + "</main></body></html>"
                ).encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("0.0.0.0", 0), Handler)
    server.request_queue_size = 256
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1], asked


def many_sites(most: int, each: int) -> None:
    """Crawl few sites and many with the same number of articles each; what a crawl costs before its first answer is taken off."""

    def alone(n):
        return re.sub(r"<aside.*?</aside>", "", article(n), flags=re.S).encode()

    port, asked = serve({f"/2026/11/story-of-the-{n}-th-day": alone(n) for n in range(most * each)})
    asked.sites = most
    spent: dict[int, tuple[float, int]] = {}
    for sites in (1, max(2, most // 20), most):
        asked.count = 0
        with tempfile.TemporaryDirectory() as folder:
            listed = Path(folder, "sites.txt")
            listed.write_text("\n".join(f"http://127.0.{(n + 1) // 256}.{(n + 1) % 256}:{port}" for n in range(sites)))
            output = Path(folder, "articles.jsonl")
            cpu = run(
                [
                    sys.executable,
                    "-m",
                    "scrapy",
                    "crawl",
                    "news",
                    "-a",
                    f"sites={listed}",
                    "-O",
                    str(output),
                    *QUICK,
                    "-s",
                    "CONCURRENT_REQUESTS=64",
                ],
                Path(folder, "log"),
                ROOT,
            )
            records = len(output.read_text("utf-8").splitlines())
        spent[sites] = cpu, asked.count
        print(f"{sites:>5} sites: {records} records, {asked.count} answers, {cpu:.1f} s CPU", flush=True)
    (start, first), *rest = spent.values()
    few, many = ((cpu - start) / (answers - first) for cpu, answers in rest)
    print(
        f"CPU an answer: {1000 * few:.2f} ms with {max(2, most // 20)} sites, {1000 * many:.2f} ms with {most}, ratio {many / few:.2f}"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--urls", type=int, default=1_000_000)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=3, help="articles a site")
    args = parser.parse_args()
    if args.urls:
        many_urls(args.urls)
    if args.sites:
        many_sites(args.sites, args.articles)


if __name__ == "__main__":
    main()
