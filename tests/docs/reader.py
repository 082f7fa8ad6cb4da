"""A reader's folder: where the blocks of one page are run, one after another, as a reader would.

It has what the docs speak of: sites.txt, page.html, pages/, story.txt, and, unless the page makes them itself, the
articles.jsonl, news.sqlite and urls.jsonl of an earlier crawl. `.venv` is an environment with the built wheel.
/srv/news and /data stand for the folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.docs.blocks import ROOT, Block
from tests.newspaper.site import Newspaper
from tests.support.example_sites import ExampleSites
from tests.support.installed import Installed

#: What an earlier crawl left, and what in a page shows that the page makes it itself.
LEFT = {
    "articles.jsonl": r"-[oO] ?articles\.jsonl",
    "news.sqlite": r"crawl\s[\s\S]{0,200}news\.sqlite",
    "urls.jsonl": r"(AUDIT|--audit)[= ]urls\.jsonl",
}
#: Programs that are not as on a reader's machine. make only says what it would do, in the checkout. There is no engine
#: for containers: `docker build` does nothing, and `docker run IMAGE ARGUMENTS` runs `newscrawl ARGUMENTS`.
_PROGRAMS = {
    "make": f'#!/bin/sh\nexec /usr/bin/make -n -C {ROOT} "$@"\n',
    "docker": """#!/bin/sh
[ "$1" = run ] || exit 0
while [ $# -gt 0 ]; do
  case "$1" in
    run|--rm) shift ;;
    -v|-e|--user) shift 2 ;;
    *) shift; break ;;
  esac
done
exec newscrawl "$@"
""",
}
SECONDS = 120


class Failed(AssertionError):
    """A block did not do what its page says."""


@dataclass
class Reader:
    """The reader of one page. folder: where commands run. variables: of their environment, beside the usual ones."""

    folder: Path
    installed: Installed
    variables: dict[str, str]

    def placed(self, text: str) -> str:
        """A text with the folder in place of /srv/news and /data."""
        return re.sub(r"(?<![\w.])/(srv/news|data)\b", str(self.folder), text)

    def run(self, command: list[str], what: object, status: int = 0) -> str:
        """Run a command here; its exit status must be `status`. Returns what it printed."""
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.installed.environment(**self.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with what it has started
            raise Failed(f"{what} was not done in {SECONDS} s\n{command}") from None
        if process.returncode != status:
            raise Failed(f"{what} ended with {process.returncode}\n{command}\n{printed[-4000:]}")
        return printed

    def shell(self, text: str, what: object, status: int = 0) -> str:
        """Run shell commands here; each must succeed."""
        return self.run(["sh", "-ec", self.placed(text)], what, status)

    def recorded_urls(self) -> list[str]:
        """The URLs of the records in all outputs here, but the one of an earlier crawl."""
        files = [path for path in self.folder.rglob("*.jsonl") if path.name not in LEFT]
        return [json.loads(line)["url"] for path in files for line in path.read_text("utf-8").splitlines()]

    def write(self, block: Block) -> Path:
        """Put a block that is a file where it belongs."""
        path = self.folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.placed(block.text), "utf-8")
        return path


def make_folder(folder: Path, blocks: list[Block], installed: Installed, left: Path | None) -> None:
    """Lay out the files of a reader's folder. left: the folder of an earlier crawl."""
    folder.mkdir(parents=True)
    paper = Newspaper("https://a.example")
    (folder / "sites.txt").write_text("https://a.example\nhttps://b.example\n", "utf-8")
    (folder / "pages").mkdir()
    for number, article in enumerate(paper.articles[:3]):
        (folder / "pages" / f"{number}.html").write_bytes(paper.answer(article["path"]).body)
    (folder / "page.html").write_bytes(paper.answer(paper.articles[0]["path"]).body)
    (folder / "story.txt").write_text("\n\n".join(paper.articles[0]["paragraphs"]), "utf-8")
    whole = "\n".join(block.text for block in blocks)
    for name, made in LEFT.items():
        if left is not None and not re.search(made, whole):
            shutil.copy(left / name, folder / name)
    if "-m venv .venv" not in whole:
        (folder / ".venv").symlink_to(installed.folder)


def variables(sites: ExampleSites, installed: Installed, programs: Path) -> dict[str, str]:
    """The environment of all readers.

    pip installs from the built wheel and from what is installed already; new environments borrow the same packages.
    """
    borrowed = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    return {
        **sites.environment,
        "PYTHONPATH": f"{sites.environment['PYTHONPATH']}:{borrowed}",
        "PATH": f"{programs}:{installed.environment()['PATH']}",
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(installed.wheel.parent),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def make_programs(folder: Path) -> None:
    """Write the programs that stand in for others."""
    folder.mkdir()
    for name, text in _PROGRAMS.items():
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
