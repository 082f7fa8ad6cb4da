"""Every code block of README.md and docs/ is run, or read by what would read it.

Each page has a folder of its own (`reader.py`), in which its blocks run in their order: `sh` blocks by sh, `python`
blocks by Python. Both live in an environment that has the built wheel and nothing of the checkout. https://a.example
and https://b.example are the demo newspaper on this machine, reached by these names and without delays
(`tests/support/example_sites.py`); nothing in a block is changed but the folders /srv/news and /data. A block with a
title is a file, which a later block of the page must use. Blocks for schedulers and services: `schedulers.py`,
`services.py`. A block after `<!-- not run: why -->` is not run. `pytest -rP tests/docs` shows what became of each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.docs import schedulers, services
from tests.docs.blocks import Block, blocks_of
from tests.docs.reader import Failed, Reader, make_folder
from tests.support.example_sites import ExampleSites
from tests.support.installed import Installed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Surroundings:
    """What the blocks of all pages share.

    sites: the news sites. installed: the environment. usual: variables of their commands. left: the folder of a crawl
    that a reader has run before.
    """

    sites: ExampleSites
    installed: Installed
    usual: dict[str, str]
    left: Path


def run_page(page: Path, around: Surroundings, folder: Path) -> None:
    """Run the blocks of a page, and say what became of each. Raises Failed."""
    blocks = blocks_of(page)
    make_folder(folder / "news", blocks, around.installed, around.left)
    with services.of(page, folder, around.sites) as variables:
        reader = Reader(folder / "news", around.installed, {**around.usual, **variables})
        for block in blocks:
            fate = f"not run: {block.why}" if block.why else RUNNERS[block.language](block, reader)
            print(f"{block}: {fate}")


#: What is not as on a reader's machine, by the word of a command; see `reader.py` and `services.py`.
NOTES = {
    "make": "; make only says what it would do",
    "docker": "; no image is built, newscrawl runs in its place",
    "pip install": "; pip installs from the built wheel, without the network",
    "curl": "; the server is a stand-in, or started here",
}


def run_sh(block: Block, reader: Reader) -> str:
    reader.shell(block.text, block)
    return "".join(["run", *(note for word, note in NOTES.items() if f"{word} " in block.text)])


def run_python(block: Block, reader: Reader) -> str:
    if "airflow" in block.text:
        return schedulers.airflow(block, reader)
    if block.title:
        compile(block.text, block.title, "exec")
        reader.write(block)
        return "a file"
    reader.run(["python", "-c", reader.placed(block.text)], block)
    return "run"


def read_ini(block: Block, reader: Reader) -> str:
    if block.title.endswith((".service", ".timer")):
        return schedulers.systemd(block, reader)
    return keep(block, reader)


def read_toml(block: Block, reader: Reader) -> str:
    tomllib.loads(block.text)
    return keep(block, reader)


def read_json(block: Block, reader: Reader) -> str:
    json.loads(block.text)
    return "parsed"


def keep(block: Block, reader: Reader) -> str:
    if not block.title:
        raise Failed(f"{block}: a block that is a file has a title")
    reader.write(block)
    return "a file"


def show(block: Block, reader: Reader) -> str:
    if block.title:
        return keep(block, reader)
    return "output or a drawing"


RUNNERS: dict[str, Callable[[Block, Reader], str]] = {
    "sh": run_sh,
    "python": run_python,
    "crontab": schedulers.crontab,
    "ini": read_ini,
    "toml": read_toml,
    "json": read_json,
    "yaml": schedulers.kubernetes,
    "dockerfile": schedulers.dockerfile,
    "sql": keep,
    "text": show,
    "mermaid": show,
}
