"""python -m bench.discovery [--articles N] [--shapes ...] [--peers]: which articles of made sites a crawl finds.

The shapes of sites: all sources, sections only, a sitemap only, feeds only, date archives only, links in embedded JSON,
and URLs that differ in their query. Prints for each: recall of the articles that the site offers, duplicate records,
records that are no article, requests and CPU time an article, and that CPU time beside Scrapy only downloading the same
articles. --peers: also the command line of trafilatura (--explore, without its pauses), if it is installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.discovery.site import SHAPES, MadeSite
from bench.processes import cpu_of, crawl_command, spider_command
from bench.serving import Response, serve, url_of
from newscrawl.discover.address import same_article_key

#: trafilatura crawls no bare IP addresses: it sees the site under this name, which leads to loopback.
_NAME = "www.velmora-courier.org"
TRAFILATURA = f"""
import socket
real = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **other: real("127.0.0.1" if host == {_NAME!r} else host, *more, **other)
from trafilatura.cli import main
main()
"""
BARE = """
import json, scrapy
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for url in json.load(open(self.urls)):
            yield scrapy.Request(url, self.parse)
    def parse(self, response):
        pass
"""


class Served:
    """A made site on loopback. asked: the paths of all requests."""

    def __init__(self, shape: str, count: int) -> None:
        self.asked: list[str] = []
        self.site = MadeSite(shape, count)
        try:  # some crawlers follow no link with a port
            self.server = serve(self._respond, ("127.0.0.1", 80))
            self.site.base = "http://127.0.0.1"
        except OSError:
            self.server = serve(self._respond)
            self.site.base = url_of(self.server)

    def _respond(self, path: str, host: str) -> Response:
        self.asked.append(path)
        status, kind, text = self.site.answer(path)
        return status, kind, text.encode()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


#: A crawler: CPU seconds, and the URLs of what it found.
Crawler = Callable[[Served, Path], tuple[float, list[str]]]


def newscrawl(served: Served, folder: Path) -> tuple[float, list[str]]:
    """Crawl with newscrawl."""
    output = folder / "articles.jsonl"
    cpu = cpu_of(crawl_command(served.site.base, output), folder / "log")
    lines = output.read_text("utf-8").splitlines() if output.exists() else []
    return cpu, [json.loads(line)["url"] for line in lines]


def trafilatura(served: Served, folder: Path) -> tuple[float, list[str]]:
    """Crawl with the command line of trafilatura. Raises ImportError when it is not installed."""
    import trafilatura as package

    config, output = folder / "trafilatura.cfg", folder / "trafilatura"
    quick = {"SLEEP_TIME": "0", "SSRF_PROTECTION": "off"}
    lines = Path(package.__file__).with_name("settings.cfg").read_text("utf-8").splitlines()
    config.write_text(
        "\n".join(f"{name} = {quick[name]}" if (name := line.split(" ")[0]) in quick else line for line in lines)
    )
    output.mkdir()
    here, named = served.site.base, served.site.base.replace("127.0.0.1", _NAME)
    served.site.base = named
    command = [sys.executable, "-c", TRAFILATURA, "--explore", f"{named}/", "--config-file", str(config)]
    cpu = cpu_of([*command, "--json", "--with-metadata", "-o", str(output)], folder / "log")
    served.site.base = here
    found = []
    for path in output.rglob("*.json"):
        for line in path.read_text("utf-8").splitlines():
            data: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
            found.append((data.get("source") or data.get("url") or "").replace(named, here))
    return cpu, found


def download(served: Served, folder: Path) -> float:
    """CPU seconds of Scrapy only downloading the articles."""
    bare, urls = folder / "bare.py", folder / "urls.json"
    bare.write_text(BARE)
    urls.write_text(json.dumps([served.site.base + path for path in served.site.by_path]))
    return cpu_of(spider_command(bare, urls=urls), folder / "log", folder=folder)


def row(name: str, shape: str, served: Served, cpu: float, found: list[str], bare: float) -> str:
    """One line of the table. bare: CPU seconds an article of only downloading."""
    truth = {same_article_key(served.site.base + path) for path in served.site.by_path}
    offered = {same_article_key(served.site.base + path) for path in served.site.offered()}
    keys = [same_article_key(url) for url in found]
    right = set(keys) & truth
    twice, extra = len(keys) - len(set(keys)), sum(key not in truth for key in keys)
    articles = max(1, len(right))
    return (
        f"{shape:<10}{name:<14}{len(right & offered) / len(offered):>7.3f}{twice:>7}{extra:>7}"
        f"{len(served.asked) / articles:>10.2f}{1000 * cpu / articles:>9.1f} ms"
        + (f"{cpu / articles / bare:>8.2f}" if bare else "")
    )


def measure(shape: str, count: int, crawlers: list[Crawler]) -> None:
    """Crawl a site of one shape with each crawler."""
    served = Served(shape, count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = download(served, folder) / count
        for crawler in crawlers:
            served.asked.clear()
            try:
                cpu, found = crawler(served, folder)
            except ImportError as error:
                print(f"{shape:<10}{crawler.__name__:<14} not installed ({error.name})", flush=True)
                continue
            print(row(crawler.__name__, shape, served, cpu, found, bare), flush=True)
    served.close()


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.discovery", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--shapes", nargs="+", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    columns = (
        f"{'shape':<10}{'crawler':<14}{'recall':>7}{'twice':>7}{'extra':>7}{'requests':>10}{'CPU':>12}{'of bare':>8}"
    )
    print(f"{columns}   an article, {args.articles} articles a site", flush=True)
    for shape in args.shapes:
        measure(shape, args.articles, [newscrawl, trafilatura] if args.peers else [newscrawl])


if __name__ == "__main__":
    main()
