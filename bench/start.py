"""python -m bench.start [--beside CHECKOUT] [--rounds N]: CPU time from the start of a process to its first request.

Runs `scrapy crawl news` in this checkout, the same in another one, and a bare Scrapy spider in a project of its own, in
turn; each is killed at the moment when its first request reaches a server in this process. Also `newscrawl --help` and
`python -c pass`, to their ends. Prints the median of the CPU seconds of each (user and system time of the process), and
the crawl as a multiple of the bare spider.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent.parent
#: Seconds after which a crawl that requests nothing is given up.
PATIENCE = 60
BARE = {
    "scrapy.cfg": "[settings]\ndefault = bare.settings\n",
    "bare/__init__.py": "",
    "bare/settings.py": 'BOT_NAME = "bare"\nSPIDER_MODULES = ["bare.spiders"]\nROBOTSTXT_OBEY = True\n',
    "bare/spiders/__init__.py": "",
    "bare/spiders/plain.py": (
        "import scrapy\n\n\nclass Plain(scrapy.Spider):\n    name = 'plain'\n\n"
        "    async def start(self):\n        yield scrapy.Request(self.url)\n\n"
        "    def parse(self, response):\n        pass\n"
    ),
}


def cpu_of(arguments: list[str], folder: Path, until: socket.socket | None = None) -> float:
    """CPU seconds of a Python process: to its end, or until somebody connects to a socket."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if until is not None:
        until.settimeout(PATIENCE)
        try:
            connection, _ = until.accept()
        except TimeoutError:
            raise SystemExit(f"{' '.join(arguments)}, in {folder}: no request within {PATIENCE} seconds") from None
        finally:
            process.kill()
        connection.close()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def crawl_of(name: str, address: str) -> list[str]:
    """The arguments of a crawl that begins at an address."""
    if name == "bare":
        return ["-m", "scrapy", "crawl", "plain", "-a", f"url={address}"]
    return ["-m", "scrapy", "crawl", "news", "-a", f"sites={address}", "-s", "NEWSCRAWL_ALLOW_PRIVATE=1"]


def measure(folders: dict[str, Path], rounds: int) -> dict[str, list[float]]:
    """What is measured -> its CPU seconds, one a round. A round before them fills the caches of files."""
    spent: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        for name, folder in folders.items():
            with socket.create_server(("127.0.0.1", 0)) as server:
                address = f"http://127.0.0.1:{server.getsockname()[1]}/"
                used = {f"crawl, {name}": cpu_of(crawl_of(name, address), folder, server)}
            if name != "bare":
                used[f"--help, {name}"] = cpu_of(["-m", "newscrawl", "--help"], folder)
            for what, seconds in used.items():
                spent.setdefault(what, [])
                if turn:
                    spent[what].append(seconds)
        if turn:
            spent.setdefault("python -c pass", []).append(cpu_of(["-c", "pass"], HERE))
    return spent


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.start", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--beside", type=Path, help="another checkout, measured in turn with this one")
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for name, text in BARE.items():
            path = Path(temporary) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        folders = {"bare": Path(temporary), "here": HERE}
        if args.beside:
            folders["beside"] = args.beside.resolve()
        spent = {what: statistics.median(seconds) for what, seconds in measure(folders, args.rounds).items()}
    bare = spent["crawl, bare"]
    for what, seconds in sorted(spent.items()):
        times = f"{seconds / bare:6.2f} of bare Scrapy" if what.startswith("crawl") else ""
        print(f"{what:<20}{seconds:7.3f} s{times}")


if __name__ == "__main__":
    main()
