"""The work of `newscrawl extract`: files by processes, URLs by the crawl's downloader, results to one writer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from newscrawl.article import Article
from newscrawl.cli.files import Work, results_of
from newscrawl.cli.inputs import Source
from newscrawl.cli.results import Result, Writer, exit_status, form_of, written
from newscrawl.crawl.arguments import read_sites_table
from newscrawl.crawl.nouns.ledger import LedgerEntry
from newscrawl.outcomes import REASONS
from newscrawl.sites import SiteOptions
from newscrawl.strip import RULES
from newscrawl.urls import without_user


def site_of_files(sites: str | None, url: str) -> SiteOptions | None:
    """The site of a sites file that files are of, by the URL they came from; None without a sites file.

    Raises ValueError where no site is that of the URL.
    """
    if sites is None:
        return None
    table = read_sites_table(sites, allow_private=True)
    found = table.of_url(url) if url else table.only()
    if found is None:
        raise ValueError(
            f"no site of {sites} has the URL {url}"
            if url
            else "say with --url which site of the sites file the files are of"
        )
    return found


class Extraction:
    """Extracts these sources. Raises ValueError for options that do not fit, and OSError for the output."""

    OPTIONS: ClassVar[tuple[str, ...]] = ("output", "form", "jobs", "url", "sites", "without", "force", "is_text")

    def __init__(self, sources: Sequence[Source], settings: Mapping[str, Any], **given: Any) -> None:
        unknown = sorted(set(given["without"]) - RULES.keys())
        if unknown:
            raise ValueError(f"no such rule: {', '.join(unknown)} (the rules are {', '.join(RULES)})")
        self._sources = sources
        given["url"] = without_user(given["url"])
        self._given = given
        is_one = len(sources) == 1
        files = [source for source in sources if not source.is_url]
        if given["url"] and len(files) > 1:
            raise ValueError("--url is the address of one page, and there are several")
        usual = "text" if given["is_text"] else "json" if is_one and given["output"] is None else "jsonl"
        self._form = given["form"] or form_of(given["output"]) or usual
        paths = [Path(source.name) for source in files if source.data is None]
        self._writer = Writer(self._form, given["output"], sys.stdout, is_one, paths)
        self._settings = dict(settings)
        self._failed = self._taken = 0
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._progress: Progress | None = None

    def run(self) -> int:
        """Extract; returns the exit status."""
        files = [source for source in self._sources if not source.is_url]
        urls = [source.name for source in self._sources if source.is_url]
        with self._shown():
            if files:
                for result in results_of(files, self._work(), min(self._given["jobs"], len(files))):
                    self._take(result)
            if urls:
                self._fetch(urls)
        self._writer.close()
        count = len(self._sources)
        if count > 1 or self._failed:
            done = f"{count - self._failed} of {count} {'page' if count == 1 else 'pages'} gave an article"
            self._console.print(done, markup=False)
        return exit_status(self._failed)

    def _work(self) -> Work:
        given = self._given
        site = site_of_files(given["sites"], given["url"])
        work = Work(self._form, given["url"], given["without"], given["force"], given["is_text"])
        return work.with_site(site) if site is not None else work

    def _fetch(self, urls: Sequence[str]) -> None:
        from newscrawl.cli.fetch import fetch  # late: it takes Scrapy, which files do not need

        def on_article(url: str, article: Article) -> None:
            self._take(Result(url, written(article, self._form), article.refusal or ""))

        def on_failure(entry: LedgerEntry) -> None:
            self._take(Result(entry.url, reason=entry.reason, detail=entry.detail))

        own = {"NEWSCRAWL_FORCE": self._given["force"], "NEWSCRAWL_WITHOUT_RULES": ",".join(self._given["without"])}
        taken = self._taken
        fetch(urls, {**own, **self._settings}, self._given["sites"], on_article, on_failure)
        for _ in range(len(dict.fromkeys(urls)) - (self._taken - taken)):
            self._take(Result("a URL", reason="Stopped", detail="the program was stopped before its turn came"))

    def _take(self, result: Result) -> None:
        """Write a result, and say what became of a page without one."""
        self._taken += 1
        if self._progress is not None:
            self._progress.advance(self._progress.task_ids[0])
        if result.text is None:
            self._failed += 1
            detail = result.detail.removeprefix(f"{result.name}: ") or REASONS[result.reason].meaning
            self._say(f"{result.name}: {result.reason}: {detail}")
            return
        if result.reason:
            self._say(f"{result.name}: no article ({result.reason}: {REASONS[result.reason].meaning}); its best text")
        self._writer.write(result.name, result.text)

    def _say(self, text: str) -> None:
        console = self._progress.console if self._progress is not None else self._console
        console.print("".join(character if character.isprintable() else "?" for character in text), markup=False)

    @contextmanager
    def _shown(self) -> Iterator[None]:
        """Show progress on a terminal, where there are several pages."""
        if not self._console.is_terminal or len(self._sources) < 2:
            yield
            return
        columns = (TextColumn("extract"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            self._progress = progress
            progress.add_task("extract", total=len(self._sources))
            yield
        self._progress = None
