"""Writes the tables of the docs that are made from the code: settings, reasons, exit statuses.

    python -m bench.reference [--check]

Each table stands between `<!-- NAME -->` and `<!-- end of NAME -->`. --check: change nothing; exit status 1 where a
table is out of date.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from newscrawl.crawl.nouns.exit_status import MEANINGS
from newscrawl.crawl.nouns.options import option_rows
from newscrawl.outcomes import REASONS

DOCS = Path(__file__).parents[1] / "docs"


def settings() -> str:
    rows = [f"| `{name}` | {text} | {default} |" for name, text, default in option_rows()]
    return "\n".join(["| setting | meaning | default |", "|---|---|---|", *rows])


def reasons() -> str:
    rows = [f"| `{name}` | {row.outcome.value} | {row.meaning} |" for name, row in REASONS.items()]
    return "\n".join(["| reason | outcome | meaning |", "|---|---|---|", *rows])


def exit_statuses() -> str:
    rows = [f"| {int(status)} | `{status.name}` | {meaning} |" for status, meaning in MEANINGS.items()]
    return "\n".join(["| exit status | name | meaning |", "|---|---|---|", *rows])


#: Table -> (page, its text).
TABLES = {
    "settings": ("settings.md", settings),
    "reasons": ("outcomes.md", reasons),
    "exit statuses": ("outcomes.md", exit_statuses),
}


def pages() -> dict[Path, str]:
    """Each page of the docs that has a table, with its text as it should be."""
    found: dict[Path, str] = {}
    for name, (page, table) in TABLES.items():
        path = DOCS / page
        text = found.get(path) or path.read_text("utf-8")
        start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{page} has no place for the table of {name}")
        whole = f"{start}\n\n{table()}\n\n{end}"
        found[path] = pattern.sub(lambda _, whole=whole: whole, text)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.reference", description=__doc__)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    stale = [path for path, text in pages().items() if path.read_text("utf-8") != text]
    for path in stale:
        print(f"{path.name} is out of date" if args.check else f"{path.name} written")
        if not args.check:
            path.write_text(pages()[path], "utf-8")
    sys.exit(1 if args.check and stale else 0)


if __name__ == "__main__":
    main()
