"""python -m bench.scale [--urls N] [--sites N] [--articles N]: what many URLs and many sites cost.

URLs: takes in N URLs of one site from sitemap entries, as `LinkIntake` does in a crawl. Prints by how much the memory
of the process grew after a tenth of them and after all, and the CPU time of each; then the same when all are known.
Sites: crawls one server under few and under N host addresses (127.0.x.y), with the same number of articles each. Prints
the CPU time of a response in both, without the start of the process, and their ratio.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from bench.crawl import article, path_of
from bench.processes import cpu_of, crawl_command
from bench.serving import HTML, Response, serve
from newscrawl.article import Link
from newscrawl.crawl.discovery.disk_queue import DiskQueue
from newscrawl.crawl.discovery.frontier import Frontier
from newscrawl.crawl.discovery.intake import LinkIntake, Origin
from newscrawl.crawl.discovery.site import Site
from newscrawl.crawl.nouns.ledger import Ledger

NOW = datetime(2026, 11, 1, tzinfo=timezone.utc)


def resident() -> float:
    """MB of memory that the process uses."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def sitemap_links(count: int) -> Iterator[Link]:
    """Links to articles of one site, as its sitemaps have them."""
    for n in range(count):
        yield Link(
            f"https://a.example/news/{n}/the-long-slug-of-an-article-about-{n}",
            source="sitemap",
            found_on=f"https://a.example/sitemap-{n // 50000}.xml",
            modified=NOW - timedelta(minutes=n * 7919 % 10**6),
        )


def many_urls(count: int) -> None:
    """Take in `count` URLs of one site, and then the same once more."""
    intake = LinkIntake(Ledger(), NOW, 2000)
    origin = Origin(is_listed=True)
    site = Site("a.example", "https://a.example/", frontier=Frontier(DiskQueue(), 0))
    memory, begin = resident(), time.process_time()

    def report(number: int, what: str) -> None:
        grown, spent = resident() - memory, 1e6 * (time.process_time() - begin) / number
        print(f"{number:>9} {what}: {grown:6.1f} MB more, {spent:.0f} us CPU each", flush=True)

    for n, link in enumerate(sitemap_links(count), 1):
        intake.add_article(site, link, link.modified or NOW, origin=origin)
        if n in (count // 10, count):
            report(n, "pending")
    begin = time.process_time()
    for link in sitemap_links(count):
        intake.add_article(site, link, NOW, origin=origin)
    report(count, "discovered again")


class ManySites:
    """A server on all loopback addresses; each address is a site with some of the articles."""

    def __init__(self, sites: int, each: int) -> None:
        self.each, self.requests = each, 0
        self.pages = {path_of(n): self._alone(n) for n in range(sites * each)}
        self.paths = list(self.pages)
        self.port = serve(self._respond, ("0.0.0.0", 0)).server_address[1]

    @staticmethod
    def _alone(number: int) -> bytes:
        """An article without links to others."""
        return re.sub(r"<aside.*?</aside>", "", article(number), flags=re.S).encode()

    def url(self, number: int) -> str:
        return f"http://127.0.{number // 256}.{number % 256}:{self.port}"

    def _respond(self, path: str, host: str) -> Response:
        self.requests += 1
        if path in self.pages:
            return 200, HTML, self.pages[path]
        if path != "/":
            return 404, HTML, b""
        _, _, high, low = host.split(":")[0].split(".")
        number = 256 * int(high) + int(low)
        own = self.paths[(number - 1) * self.each : number * self.each]
        links = "".join(f"<h2><a href='{path}'>A story of the day, told at {path}</a></h2>" for path in own)
        return 200, HTML, f"<html><body><main>{links}</main></body></html>".encode()


def many_sites(most: int, each: int) -> None:
    """Crawl one site, few sites and many, with the same number of articles each."""
    server = ManySites(most, each)
    spent: dict[int, tuple[float, int]] = {}
    for sites in (1, max(2, most // 20), most):
        server.requests = 0
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            seeds, output = folder / "sites.txt", folder / "articles.jsonl"
            seeds.write_text("\n".join(server.url(number) for number in range(1, sites + 1)))
            cpu = cpu_of(crawl_command(str(seeds), output, "-s", "CONCURRENT_REQUESTS=64"), folder / "log")
            records = len(output.read_text("utf-8").splitlines())
        spent[sites] = cpu, server.requests
        print(f"{sites:>5} sites: {records} records, {server.requests} responses, {cpu:.1f} s CPU", flush=True)
    (start, first), *rest = spent.values()
    few, many = ((cpu - start) / (responses - first) for cpu, responses in rest)
    print(
        f"CPU a response: {1000 * few:.2f} ms with {max(2, most // 20)} sites, {1000 * many:.2f} ms with {most}, "
        f"ratio {many / few:.2f}"
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
