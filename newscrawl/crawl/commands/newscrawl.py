"""`scrapy newscrawl ACTION ...`: what newscrawl knows of crawls that have run, and the upkeep of its memory.

coverage FILE                   what became of the URLs in an audit file (see NEWSCRAWL_AUDIT), by source
why URL [--audit FILE]          what discovered a URL, what became of it, why and when: from the memory or an audit file
history URL [--html FILE]       the versions of an article, and what changed between them, word by word
memory show                     what the memory holds
memory check                    whether the memory is intact
memory forget SITE|URL          forget a site or an article: the next crawl treats it as new
memory prune --older 2y         forget versions, waiting URLs and counts that are older
memory export FILE              write every kept version of every article, one JSON record a line;
                                FILE may end in .sqlite for a copy of the memory
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.crawl.job.coverage import read_audit, report
from newscrawl.crawl.nouns.exit_status import READER_GONE, ExitStatus, is_reader_gone, leave_stdout
from newscrawl.crawl.nouns.option_types import RETENTION
from newscrawl.crawl.report.live import printable
from newscrawl.crawl.report.why import why_in_audit, why_in_memory
from newscrawl.discover.address import normalise, parse_site, same_article_key, site_of
from newscrawl.keys import url_key
from newscrawl.memory import MemoryBusy, MemoryUnusable
from newscrawl.memory.sqlite import SqliteMemory, open_memory
from newscrawl.moments import utc_text
from newscrawl.units import counted

if TYPE_CHECKING:
    from newscrawl.history import Versions

_MEMORY_USAGE = "memory show|check|forget SITE_OR_URL|prune --older AGE|export FILE"


class Command(ScrapyCommand):
    """The command group; each action is a method of the same name."""

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """How the command is called."""
        return f"coverage FILE | why URL [--audit FILE] | history URL [--html FILE] | {_MEMORY_USAGE}"

    def short_desc(self) -> str:
        """One line for the list of commands."""
        return "Show what a crawl found, and maintain the memory"

    def long_desc(self) -> str:
        """The actions."""
        return (__doc__ or "").partition("\n\n")[2]

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of single actions."""
        super().add_options(parser)
        parser.add_argument("--html", metavar="FILE", help="history: write a page for the browser")
        parser.add_argument("--audit", metavar="FILE", help="why: the audit file to ask")
        parser.add_argument("--older", metavar="AGE", help="memory prune: 30d, 8w, 6mo or 2y")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one action.

        Exit status 2 for a wrong call or an unusable file; 8 and 75 for a memory that is unusable or in use.
        """
        actions: dict[str, Callable[[list[str], argparse.Namespace], None]] = {
            "coverage": self.coverage,
            "why": self.why,
            "history": self.history,
            "memory": self.memory,
        }
        if not args or args[0] not in actions:
            raise UsageError(f"usage: scrapy newscrawl {self.syntax()}", print_help=False)
        try:
            actions[args[0]](args[1:], opts)
            if is_reader_gone():
                self.exitcode = READER_GONE
        except BrokenPipeError:
            leave_stdout()
            self.exitcode = READER_GONE

    def coverage(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the coverage of each site of an audit file."""
        if len(args) != 1:
            raise UsageError("usage: scrapy newscrawl coverage FILE", print_help=False)
        try:
            with open(args[0], encoding="utf-8", newline="\n") as file:
                sites = read_audit(file)
        except (OSError, ValueError) as error:
            raise UsageError(f"{args[0]}: {error}", print_help=False) from error
        for line in report(sites):
            print(line)

    def why(self, args: list[str], opts: argparse.Namespace) -> None:
        """Say what became of a URL; exit status 1 where nothing is known of it."""
        assert self.settings is not None
        if len(args) != 1:
            raise UsageError("usage: scrapy newscrawl why URL [--audit FILE]", print_help=False)
        lines: list[str] = []
        if opts.audit:
            try:
                with open(opts.audit, encoding="utf-8", newline="\n") as file:
                    lines += why_in_audit(args[0], file)
            except (OSError, ValueError) as error:
                raise UsageError(f"{opts.audit}: {error}", print_help=False) from error
        elif not self.settings.get("NEWSCRAWL_MEMORY"):
            raise UsageError("name an audit file (--audit FILE) or a memory", print_help=False)
        if self.settings.get("NEWSCRAWL_MEMORY"):
            self._with_memory(lambda memory: lines.extend(why_in_memory(args[0], memory)), is_reading=True)
            if self.exitcode:
                return
        print("\n".join(map(printable, lines)) or f"nothing is known of {args[0]}: no source named it to these runs")
        self.exitcode = 0 if lines else 1

    def history(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the versions of an article; exit status 1 where none is kept."""
        from rich.console import Console  # Scrapy imports this file for every command

        from newscrawl.history import history_lines, history_page

        if len(args) != 1:
            raise UsageError("usage: scrapy newscrawl history URL [--html FILE]", print_help=False)
        key = url_key(same_article_key(normalise(args[0])))
        found: list[Versions] = []
        self._with_memory(lambda memory: found.append(memory.versions(key)), is_reading=True)
        if self.exitcode:
            return
        versions = found[0]
        if not versions:
            print(f"no version of {args[0]} is kept")
            self.exitcode = 1
        elif opts.html:
            Path(opts.html).write_text(history_page(args[0], versions), "utf-8", "replace")
            print(f"{counted(len(versions), 'version')} in {opts.html}")
        else:
            console = Console(highlight=False, soft_wrap=True)
            for line in history_lines(versions):
                console.print(line)

    # -- the memory -----------------------------------------------------------------------------

    def memory(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look into the memory, or maintain it."""
        # action -> method, number of arguments, whether it only reads
        actions: dict[str, tuple[Callable[[SqliteMemory, str, argparse.Namespace], None], int, bool]] = {
            "show": (self._show, 0, True),
            "check": (self._check, 0, True),
            "forget": (self._forget, 1, False),
            "prune": (self._prune, 0, False),
            "export": (self._export, 1, True),
        }
        if not args or args[0] not in actions or len(args) != 1 + actions[args[0]][1]:
            raise UsageError(f"usage: scrapy newscrawl {_MEMORY_USAGE}", print_help=False)
        action, _, is_reading = actions[args[0]]
        self._with_memory(lambda memory: action(memory, args[1] if len(args) > 1 else "", opts), is_reading)

    def _with_memory(self, action: Callable[[SqliteMemory], None], is_reading: bool) -> None:
        """Open the memory and call an action with it."""
        assert self.settings is not None
        path = self.settings.get("NEWSCRAWL_MEMORY")
        if not path:
            raise UsageError(
                "name the memory: --memory news.sqlite, or with scrapy -s NEWSCRAWL_MEMORY=news.sqlite",
                print_help=False,
            )
        if not Path(str(path)).is_file():
            raise UsageError(f"there is no memory at {path}", print_help=False)
        try:
            with open_memory(str(path), read_only=is_reading) as memory:
                action(memory)
        except (MemoryUnusable, MemoryBusy) as error:
            print(error)
            is_busy = isinstance(error, MemoryBusy)
            self.exitcode = int(ExitStatus.ALREADY_RUNNING if is_busy else ExitStatus.MEMORY_UNUSABLE)
        except OSError as error:
            print(error)
            self.exitcode = int(ExitStatus.CANNOT_WRITE)

    def _show(self, memory: SqliteMemory, _: str, opts: argparse.Namespace) -> None:
        for name, count in memory.figures().items():
            print(f"{name:>10}  {count}")
        for site in memory.sites():
            listings = sum(not one.absent for one in memory.listings(site))
            recent = memory.new_records(site, int(time.time()) - 86400)
            print(
                f"{site}: {counted(memory.count_articles(site), 'record')}, {recent} of them in the last 24 hours, "
                f"{counted(listings, 'listing')}, {counted(memory.count_waiting(site), 'URL')} waiting"
            )
        for feed in memory.feeds():
            owed = sum(1 for _ in memory.owed(feed.number))
            print(f"output {feed.uri}: {feed.state}, {counted(owed, 'record')} owed to it")

    def _check(self, memory: SqliteMemory, _: str, opts: argparse.Namespace) -> None:
        faults = memory.check()
        print("\n".join(faults) or "intact")
        self.exitcode = int(ExitStatus.MEMORY_UNUSABLE) if faults else 0

    def _forget(self, memory: SqliteMemory, what: str, opts: argparse.Namespace) -> None:
        if what in memory.sites():
            count = memory.forget_site(what)
        else:
            try:
                url = parse_site(what)
            except ValueError as error:
                raise UsageError(str(error), print_help=False) from error
            is_site = url.split("://", 1)[1].strip("/").count("/") == 0
            if is_site:
                count = memory.forget_site(site_of(url))
            else:
                count = memory.forget([url_key(same_article_key(url)), url_key(url)])
        print(f"{counted(count, 'entry', 'entries')} forgotten" if count else f"nothing is known of {what}")
        self.exitcode = 0 if count else 1

    def _prune(self, memory: SqliteMemory, _: str, opts: argparse.Namespace) -> None:
        try:
            age = RETENTION.read(opts.older)
        except ValueError as error:
            raise UsageError(f"--older {opts.older}: {error}", print_help=False) from error
        if not age:
            raise UsageError("say how old: --older 30d, 8w, 6mo or 2y", print_help=False)
        print(f"{counted(memory.prune(int(time.time() - age)), 'entry', 'entries')} forgotten")

    def _export(self, memory: SqliteMemory, path: str, opts: argparse.Namespace) -> None:
        if path.endswith(".sqlite"):
            memory.copy_to(path)
            print(f"a copy is in {path}")
            return
        count = 0
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            for moment, record in memory.all_versions():
                count += 1
                file.write(json.dumps({**record, "recorded": utc_text(moment)}, ensure_ascii=False) + "\n")
        print(f"{counted(count, 'version')} in {path}")
