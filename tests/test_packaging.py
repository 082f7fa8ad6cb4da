"""The wheel: what is in it, and that it works in an empty folder, inside and outside of Scrapy projects."""

from __future__ import annotations

import ast
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

import newscrawl
from newscrawl import _native
from tests.newspaper.serve import Served, serve
from tests.support.installed import ROOT, Installed

QUICK = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")
PACKAGE = ROOT / "newscrawl"
#: Content codings that are understood where their package happens to be installed; and a namespace, whose packages the
#: metadata do not list (Scrapy asks for zope.interface).
NOT_ASKED_FOR = ("brotli", "backports", "compression", "zope")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def metadata(installed: Installed) -> str:
    with zipfile.ZipFile(installed.wheel) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return wheel.read(name).decode()


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_every_file_of_the_package_is_in_the_wheel(installed: Installed) -> None:
    files = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".so", ".c")}
    with zipfile.ZipFile(installed.wheel) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    compiled = {name for name in packed if name.endswith(".so")}
    assert packed - compiled == {str(path.relative_to(ROOT)) for path in files}
    assert len(compiled) <= 1 and (compiled or _native.CORE is None)
    assert "newscrawl/py.typed" in packed


def test_the_version_stands_in_one_place(metadata: str) -> None:
    assert f"\nVersion: {newscrawl.__version__}\n" in metadata
    assert newscrawl.__version__ not in (ROOT / "pyproject.toml").read_text("utf-8")


def canonical(requirement: str) -> str:
    """The name of a package: "scrapy-playwright" of "scrapy_playwright>=0.0.48; extra == 'browser'"."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.split(".")[0] for name in names)


def test_the_wheel_asks_for_every_package_that_is_imported(metadata: str) -> None:
    asked = {canonical(line) for line in re.findall(r"^Requires-Dist: (.+)", metadata, re.M)}
    asked |= {canonical(line) for name in ("scrapy", "scrapy-playwright") for line in requires(name) or ()}
    names = {name for path in PACKAGE.rglob("*.py") for name in imported(path)} - {"newscrawl", *NOT_ASKED_FOR}
    by_package = packages_distributions()
    third = names - set(sys.stdlib_module_names)
    assert [name for name in third if not asked & set(map(canonical, by_package.get(name, [name])))] == []


def test_the_browsers_driver_is_an_extra(metadata: str) -> None:
    asked = re.findall(r"^Requires-Dist: scrapy-playwright.*", metadata, re.M)
    assert asked and all("extra ==" in line for line in asked)


def test_the_program_and_the_library(installed: Installed, tmp_path: Path) -> None:
    where = installed.run("python", "-c", "import newscrawl; print(newscrawl.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.folder))
    assert "usage" in installed.run("newscrawl", "--help", cwd=tmp_path).lower()


def test_the_news_spider_runs_in_an_empty_folder(installed: Installed, served: Served, tmp_path: Path) -> None:
    command = ("scrapy", "crawl", "news", "-a", f"sites={served.address}", "-a", "limit=3", "-O", "a.jsonl", *QUICK)
    log = installed.run(*command, cwd=tmp_path, SCRAPY_SETTINGS_MODULE="newscrawl.crawl.settings")
    assert len(records(tmp_path / "a.jsonl")) == 3, log
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl"}


def test_scrapys_command_newscrawl_runs_in_any_folder(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "urls.jsonl").write_text("", "utf-8")
    installed.run("scrapy", "newscrawl", "coverage", "urls.jsonl", cwd=tmp_path)
    assert "newscrawl" in installed.run("scrapy", cwd=tmp_path)


def test_the_news_spider_runs_in_a_project_of_ones_own(installed: Installed, served: Served, tmp_path: Path) -> None:
    installed.run("scrapy", "startproject", "mine", ".", cwd=tmp_path)
    with (tmp_path / "mine" / "settings.py").open("a", encoding="utf-8") as settings:
        settings.write(
            'SPIDER_MODULES = ["mine.spiders", "newscrawl.crawl.spiders"]\n'
            'COMMANDS_MODULE = "newscrawl.crawl.commands"\n'
            'ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}\n'
        )
    command = ("scrapy", "crawl", "news", "-a", f"sites={served.address}", "-a", "limit=2", "-O", "a.jsonl", *QUICK)
    log = installed.run(*command, cwd=tmp_path)
    assert len(records(tmp_path / "a.jsonl")) == 2, log
    assert installed.run("scrapy", "list", cwd=tmp_path).split() == ["news"]


def test_other_projects_keep_scrapys_own_crawl(installed: Installed, tmp_path: Path) -> None:
    installed.run("scrapy", "startproject", "other", ".", cwd=tmp_path)
    assert "sites" not in installed.run("scrapy", "crawl", "nobody", cwd=tmp_path, status=1)
