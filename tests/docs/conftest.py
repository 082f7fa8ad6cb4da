"""Fixtures of the tests of the docs: the news sites, and a crawl that a reader has run before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.reader import Reader, make_folder, make_programs, variables
from tests.docs.running import Surroundings
from tests.support.example_sites import ExampleSites, example_sites
from tests.support.installed import Installed


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExampleSites]:
    with example_sites(tmp_path_factory.mktemp("example")) as running:
        yield running


@pytest.fixture(scope="session")
def usual(sites: ExampleSites, installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    programs = tmp_path_factory.mktemp("stand-ins") / "bin"
    make_programs(programs)
    return variables(sites, installed, programs)


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def around(sites: ExampleSites, installed: Installed, usual: dict[str, str], left: Path) -> Surroundings:
    return Surroundings(sites, installed, usual, left)
