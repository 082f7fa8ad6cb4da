"""Writes the tables of the docs that are made from the code: arguments, settings, reasons, exit statuses,
the fields of the record, the help of the commands.

    python -m bench.reference [--check]

Each table stands between `<!-- NAME -->` and `<!-- end of NAME -->`. --check: change nothing; exit status 1 where a
table is out of date.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from newscrawl.cli.main import program
from newscrawl.crawl.arguments import HELP
from newscrawl.crawl.nouns.exit_status import MEANINGS
from newscrawl.crawl.nouns.options import option_rows
from newscrawl.outcomes import REASONS

DOCS = Path(__file__).parents[1] / "docs"
SCHEMA = Path(__file__).parents[1] / "newscrawl" / "record.schema.json"


def arguments() -> str:
    rows = [f"| `{name}` | {text} |" for name, text in HELP.items()]
    return "\n".join(["| `-a` | meaning |", "|---|---|", *rows])


def settings() -> str:
    rows = [f"| `{name}` | {text} | {default} |" for name, text, default in option_rows()]
    return "\n".join(["| setting | meaning | default |", "|---|---|---|", *rows])


def reasons() -> str:
    rows = [f"| `{name}` | {row.outcome.value} | {row.meaning} |" for name, row in REASONS.items()]
    return "\n".join(["| reason | outcome | meaning |", "|---|---|---|", *rows])


def exit_statuses() -> str:
    rows = [f"| {int(status)} | `{status.name}` | {meaning} |" for status, meaning in MEANINGS.items()]
    return "\n".join(["| exit status | name | meaning |", "|---|---|---|", *rows])


def _fields(schema: dict[str, Any], inside: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, type and meaning of every field, those of objects after the object."""
    for name, field in schema.get("properties", {}).items():
        forms = [field, *field.get("anyOf", ())]
        types = [one for form in forms for one in _types(form)]
        yield inside + name, " or ".join(dict.fromkeys(types)), field.get("description", "")
        for form in (*forms, *(form.get("items", {}) for form in forms)):
            yield from _fields(form, f"{inside}{name}.")


def _types(form: dict[str, Any]) -> list[str]:
    found = form.get("type", [])
    if found == "array":
        return [f"list of {' or '.join(_types(form['items']) or ['string'])}s"]  # an enumeration states no type
    return [found] if isinstance(found, str) else found


def fields() -> str:
    rows = [f"| `{name}` | {type_} | {text} |" for name, type_, text in _fields(json.loads(SCHEMA.read_text("utf-8")))]
    return "\n".join(["| field | type | meaning |", "|---|---|---|", *rows])


def commands() -> str:
    """What `--help` says of each command, and `--help-all` of `crawl`."""
    sections = []
    for name in ("", *program.COMMANDS):
        settings = {"max_content_width": 100, "terminal_width": 100, "help_option_names": ["-h", "--help"]}
        context = click.Context(program, info_name="newscrawl", **settings)
        if name:
            command = importlib.import_module(f"newscrawl.cli.{name}").command
            context = click.Context(command, parent=context, info_name=name, max_content_width=100, terminal_width=100)
        title = f"newscrawl {name}".strip()
        sections.append(f"## {title}\n\n```text\n{context.command.get_help(context)}\n```")
    return "\n\n".join(sections)


#: Table -> (page, its text).
TABLES = {
    "commands": ("commands.md", commands),
    "fields": ("fields.md", fields),
    "arguments": ("settings.md", arguments),
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
