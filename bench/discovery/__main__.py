"""python -m bench.discovery [--articles N] [--shapes ...] [--peers]: what a crawl finds of sites that are made and served here.

For each shape of site (all sources, sections only, a sitemap only, feeds only, date archives only, links in embedded JSON,
addresses by query): recall of the articles that the site offers, records twice, records that are no article, requests and
CPU an article; the CPU of Scrapy only downloading the same articles beside it. With --peers also trafilatura's command
line (--explore, without its pauses) and news-please, where they are installed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.discovery.site import SHAPES, MadeSite
from newscrawl.discover.address import same_article_key

ROOT = Path(__file__).parents[2]
QUICK = [
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
_NAME = "www.velmora-courier.org"
NAMED = f"""
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
    """A made site on loopback, and what was asked of it."""

    def __init__(self, shape: str, count: int) -> None:
        self.asked: list[str] = []
        site = MadeSite(shape, count)
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked.append(self.path)
                status, kind, body = site.answer(self.path)
                data = body.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

            do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                pass

        try:  # some crawlers follow no link with a port
            self.server = ThreadingHTTPServer(("127.0.0.1", 80), Handler)
            site.base = "http://127.0.0.1"
        except OSError:
            self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
            site.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.site = site
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def run(command: list[str], log: Path, cwd: Path = ROOT) -> float:
    """CPU seconds of a process and its children; its output goes to `log`."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=cwd, stdout=out, stderr=out)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime


def newscrawl(served: Served, folder: Path) -> tuple[float, list[str]]:
    """CPU and the addresses of the records."""
    output = folder / "articles.jsonl"
    cpu = run(
        [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sites={served.site.base}", "-O", str(output), *QUICK],
        folder / "log",
    )
    return cpu, [json.loads(line)["url"] for line in output.read_text("utf-8").splitlines()] if output.exists() else []


def trafilatura(served: Served, folder: Path) -> tuple[float, list[str]]:
    """The same of trafilatura's command line, which crawls no bare IP addresses: it sees the site under a name that leads here."""
    import trafilatura as package

    config = folder / "trafilatura.cfg"
    quick = {"SLEEP_TIME": "0", "SSRF_PROTECTION": "off"}
    lines = Path(package.__file__).with_name("settings.cfg").read_text("utf-8").splitlines()
    config.write_text(
        "\n".join(f"{name} = {quick[name]}" if (name := line.split(" ")[0]) in quick else line for line in lines)
    )
    output = folder / "trafilatura"
    output.mkdir()
    here, named = served.site.base, served.site.base.replace("127.0.0.1", _NAME)
    served.site.base = named
    cpu = run(
        [
            sys.executable,
            "-c",
            NAMED,
            "--explore",
            served.site.base + "/",
            "--config-file",
            str(config),
            "--json",
            "--with-metadata",
            "-o",
            str(output),
        ],
        folder / "log",
    )
    served.site.base = here
    found = []
    for path in output.rglob("*.json"):
        for line in path.read_text("utf-8").splitlines():
            data: dict[str, Any] = json.loads(line) if line.startswith("{") else {}
            found.append((data.get("source") or data.get("url") or "").replace(named, here))
    return cpu, found


def row(name: str, shape: str, served: Served, cpu: float, found: list[str], floor: float) -> str:
    """One line of the table."""
    truth = {same_article_key(served.site.base + path) for path in served.site.by_path}
    offered = {same_article_key(served.site.base + path) for path in served.site.offered()}
    keys = [same_article_key(url) for url in found]
    right = set(keys) & truth
    extra = len([key for key in keys if key not in truth])
    pages = max(1, len(right))
    return (
        f"{shape:<10}{name:<14}{len(right & offered) / len(offered):>7.3f}{len(keys) - len(set(keys)):>7}{extra:>7}{len(served.asked) / pages:>10.2f}{1000 * cpu / pages:>9.1f} ms"
        + (f"{cpu / pages / floor:>8.2f}" if floor else "")
    )


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.discovery", description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--shapes", nargs="+", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--peers", action="store_true")
    args = parser.parse_args()
    print(
        f"{'shape':<10}{'crawler':<14}{'recall':>7}{'twice':>7}{'extra':>7}{'requests':>10}{'CPU':>12}{'of bare':>8}   an article, {args.articles} articles a site",
        flush=True,
    )
    for shape in args.shapes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            served = Served(shape, args.articles)
            bare, urls = folder / "bare.py", folder / "urls.json"
            bare.write_text(BARE)
            urls.write_text(json.dumps([served.site.base + path for path in served.site.by_path]))
            floor = (
                run(
                    [
                        sys.executable,
                        "-m",
                        "scrapy",
                        "runspider",
                        str(bare),
                        "-a",
                        f"urls={urls}",
                        "-s",
                        "LOG_LEVEL=WARNING",
                        "-s",
                        "CONCURRENT_REQUESTS_PER_DOMAIN=8",
                    ],
                    folder / "log",
                )
                / args.articles
            )
            for crawler in (newscrawl, *((trafilatura,) if args.peers else ())):
                served.asked.clear()
                try:
                    cpu, found = crawler(served, folder)
                except ImportError as error:
                    print(f"{shape:<10}{crawler.__name__:<14} not installed ({error.name})", flush=True)
                    continue
                print(row(crawler.__name__, shape, served, cpu, found, floor), flush=True)
            served.server.shutdown()
            served.server.server_close()


if __name__ == "__main__":
    main()
