"""Serves and crawls the demo newspaper: `python -m tests.newspaper.demo [OUTPUT] [SCRAPY ARGUMENTS]`.

It shows the first record. It needs no network: everything is on loopback, so private addresses are allowed here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from newscrawl.units import counted
from tests.newspaper.serve import serve


def main(arguments: list[str]) -> int:
    output = Path(arguments[0] if arguments else "articles.jsonl")
    with serve() as served:
        print(f"The demo newspaper is served at {served.address}", flush=True)
        command = [sys.executable, "-m", "scrapy", "crawl", "news"]
        command += ["-a", f"sites={served.address}", "-O", f"{output}:jsonlines"]
        for setting in ("NEWSCRAWL_ALLOW_PRIVATE=1", "DOWNLOAD_DELAY=0.05", "AUTOTHROTTLE_ENABLED=0"):
            command += ["-s", setting]
        status = subprocess.run([*command, *arguments[1:]], check=False).returncode
    if status or not output.is_file():
        return status
    records = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    print(f"\n{counted(len(records), 'record')} in {output.resolve()}")
    if records:
        print("The first one, with its texts shortened:\n")
        print(json.dumps(_short(records[0]), ensure_ascii=False, indent=2))
    return 0


def _short(value: object) -> object:
    """The record with long texts shortened and without empty fields."""
    if isinstance(value, dict):
        return {name: _short(entry) for name, entry in value.items() if entry not in (None, [], {})}
    if isinstance(value, list):
        return [_short(entry) for entry in value]
    return textwrap.shorten(value, 160, placeholder=" …") if isinstance(value, str) and len(value) > 160 else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
