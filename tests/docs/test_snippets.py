"""Every code block of README.md and docs/ is run, or read by what would read it.

Each page has a folder of its own (`reader.py`), in which its blocks run in their order: `sh` blocks by sh, `python`
blocks by Python. Both live in an environment that has the built wheel and nothing of the checkout. https://a.example
and https://b.example are the demo newspaper on this machine, reached by these names and without delays
(`tests/support/example_sites.py`); nothing in a block is changed but the folders /srv/news and /data. A block with a
title is a file, which a later block of the page must use. Blocks for schedulers and services: `schedulers.py`,
`services.py`. A block after `<!-- not run: why -->` is not run. `pytest -rP` on this file shows what became of each.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.docs import schedulers, services
from tests.docs.blocks import PAGES, ROOT, Block, blocks_of, name_of
from tests.docs.reader import Failed, Reader, make_folder, make_programs, variables
from tests.support.example_sites import ExampleSites, example_sites
from tests.support.installed import Installed

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: At most so many blocks are only shown.
MAX_NOT_RUN = 3


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExampleSites]:
    with example_sites(tmp_path_factory.mktemp("example")) as running:
        yield running


@pytest.fixture(scope="module")
def usual(sites: ExampleSites, installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    programs = tmp_path_factory.mktemp("stand-ins") / "bin"
    make_programs(programs)
    return variables(sites, installed, programs)


@pytest.fixture(scope="module")
def left(usual: dict[str, str], installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl that a reader has run before."""
    folder = tmp_path_factory.mktemp("earlier") / "run"
    make_folder(folder, [], installed, None)
    reader = Reader(folder, installed, {**usual, "SCRAPY_SETTINGS_MODULE": "newscrawl.crawl.settings"})
    reader.shell(
        "scrapy crawl news -a sites=sites.txt -o articles.jsonl -s NEWSCRAWL_MEMORY=news.sqlite "
        "-s NEWSCRAWL_AUDIT=urls.jsonl",
        "the earlier crawl",
    )
    return folder


def run_sh(block: Block, reader: Reader) -> str:
    reader.shell(block.text, block)
    return "run"


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


def all_blocks() -> list[Block]:
    return [block for page in PAGES for block in blocks_of(page)]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks_of(page)], ids=name_of)
def test_the_blocks_of_a_page_run(
    page: Path, usual: dict[str, str], sites: ExampleSites, installed: Installed, left: Path, tmp_path: Path
) -> None:
    blocks = blocks_of(page)
    folder = tmp_path / "news"
    make_folder(folder, blocks, installed, left)
    with services.of(page, tmp_path, sites) as variables:
        reader = Reader(folder, installed, {**usual, **variables})
        for block in blocks:
            fate = f"not run: {block.why}" if block.why else RUNNERS[block.language](block, reader)
            print(f"{block}: {fate}")


def test_every_block_is_of_a_language_that_is_run_or_read() -> None:
    assert [str(block) for block in all_blocks() if block.language not in RUNNERS] == []


def test_a_block_that_is_a_file_is_used_by_a_later_one() -> None:
    for page in PAGES:
        blocks = blocks_of(page)
        for number, block in enumerate(blocks):
            is_unit = block.title.endswith((".service", ".timer"))
            later = "\n".join(one.text for one in blocks[number + 1 :])
            name = Path(block.title).name.removesuffix(".py")
            assert not block.title or is_unit or "airflow" in block.text or name in later, f"{block}: {block.title}"


def test_hardly_any_block_is_only_shown() -> None:
    shown = [f"{block}: {block.why}" for block in all_blocks() if block.why]
    print("\n".join(shown))
    assert len(shown) <= MAX_NOT_RUN and all(block.why for block in all_blocks() if "not run" in block.why)
    markers = sum(page.read_text("utf-8").count("<!-- not run") for page in PAGES)
    assert markers == len(shown), "a marker stands right above its block"


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").read_text("utf-8").count("\n") <= 150
