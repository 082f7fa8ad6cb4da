"""python -m bench.picture [FILE]: draws the picture of the README, docs/run.svg: a terminal in which newscrawl runs.

The commands are really run, on the demo newspaper under the name https://a.example; what they print is drawn as it is.
Left out are the log lines of the crawl before its summary. Lines are cut at the edge of the terminal.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from tests.support.example_sites import example_sites

ROOT = Path(__file__).parents[1]
WIDTH = 118
SITE = "https://a.example"
#: What is typed.
COMMANDS = (
    f"newscrawl crawl {SITE} --limit 4 -o articles.jsonl",
    f"newscrawl explain {SITE}/news/1 | sed -n '/PORT ELLERY/,/newsletter/p'",
)


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    """What a command prints on both outputs; of a crawl, what comes with its summary."""
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return done.stdout.partition("Summary\n")[2] or done.stdout


def draw(printed: dict[str, str]) -> str:
    """The SVG of a terminal: each command and what it has printed."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), highlight=False)
    for number, (command, text) in enumerate(printed.items()):
        if number:
            console.print()
        console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
        for line in text.rstrip("\n").split("\n"):
            style = "green" if line.startswith("+") else "red" if line.lstrip().startswith("- ") else ""
            console.print(Text(line, style=style), no_wrap=True, overflow="ellipsis", crop=True)
    svg = console.export_svg(title="newscrawl", theme=MONOKAI, unique_id="run")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # no fonts from other hosts


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "run.svg"
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        program = folder / "bin" / "newscrawl"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newscrawl "$@"\n', "utf-8")
        program.chmod(0o755)
        with example_sites(folder) as sites:
            environment = {
                **sites.environment,
                "PYTHONPATH": f"{sites.environment['PYTHONPATH']}:{ROOT}",
                "PATH": f"{program.parent}:{os.environ['PATH']}",
            }
            printed = {command: run(command, folder, environment) for command in COMMANDS}
    target.write_text(draw(printed), "utf-8")
    print(f"{target} is written")


if __name__ == "__main__":
    main()
