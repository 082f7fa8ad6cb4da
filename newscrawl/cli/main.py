"""The program's entry: the commands by name, each loaded when it is called, so that `--help` starts quickly."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, ClassVar

import click

import newscrawl
from newscrawl import _native
from newscrawl.cli.ending import run
from newscrawl.crawl.nouns.exit_status import READER_GONE, is_reader_gone, leave_stdout

PROGRAM = "newscrawl"


class LazyGroup(click.Group):
    """Commands of files in this folder: `command` in the file of the same name."""

    #: name -> what it does, for the list of commands
    COMMANDS: ClassVar[dict[str, str]] = {
        "crawl": "Crawl news sites and write article records.",
        "extract": "Extract articles from files, folders, URLs or standard input.",
        "explain": "Show every block of a page: kept, or left out and why.",
        "why": "Say what became of a URL in earlier crawls, and why.",
        "coverage": "Show what became of the URLs in an audit file, by source.",
        "history": "Show the recorded versions of an article, and what changed.",
        "memory": "Look into the memory of repeated crawls, or maintain it.",
        "completion": "Print the script that completes commands in your shell.",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a newcomer needs them."""
        return list(self.COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in self.COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"newscrawl.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command. A reader of standard output that has gone (`| head -1`) ends it without a message."""
        try:
            result, status = super().invoke(ctx), 0
        except BrokenPipeError:
            result, status = None, READER_GONE
            leave_stdout()
        except SystemExit as end:
            result, status = None, end.code if isinstance(end.code, int) else int(end.code is not None)
        if is_reader_gone() and not status:
            status = READER_GONE
        if status:
            raise SystemExit(status)
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.COMMANDS.items()))


def _show_version(context: click.Context, parameter: click.Parameter, is_asked: bool) -> None:
    """Show the version, and whether the compiled part runs."""
    if is_asked and not context.resilient_parsing:
        click.echo(f"{PROGRAM}, version {newscrawl.__version__}")
        click.echo(_native.state())
        context.exit()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: newscrawl crawl https://a.example --limit 20 -o articles.jsonl",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def program() -> None:
    """Clean article records from news sites."""


def main(argv: list[str] | None = None) -> None:
    """Run the program; ends the process with its exit status.

    A page, instead of a command, is extracted: `newscrawl page.html --url URL`.
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads cost time and memory, and are idle
    if argv and argv[0] not in LazyGroup.COMMANDS and _is_page(argv[0]):
        argv.insert(0, "explain" if "--explain" in argv else "extract")
        argv = [argument for argument in argv if argument != "--explain"]
    if argv[:1] == ["crawl"]:
        import newscrawl.crawl.settings  # noqa: F401  needed anyway; imported from deeper down, Scrapy takes longer
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    run(program, argv, PROGRAM)


def _is_page(argument: str) -> bool:
    return argument == "-" or ("." in argument and not argument.startswith("-"))
