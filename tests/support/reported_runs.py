"""Crawls that write a manifest and metrics, and the manifest that they leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

from newscrawl.crawl.job.manifest import schema
from newscrawl.crawl.nouns.exit_status import ExitStatus
from tests.support.crawling import FEEDS_ONLY as FEEDS_ONLY
from tests.support.crawling import Crawled, crawl

VALIDATOR = jsonschema.Draft202012Validator(schema())
#: The URL of a site on which nothing listens.
DEAD = "http://127.0.0.1:9"
#: Scrapy, with some Python code run first.
BROKEN = "import sys; from scrapy.cmdline import execute; {}; execute(['scrapy', *sys.argv[1:]])"


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest in a folder, after it was validated."""
    values: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    VALIDATOR.validate(values)
    return values


def report_settings(folder: Path) -> dict[str, str]:
    return {"NEWSCRAWL_MANIFEST": str(folder / "run.json"), "NEWSCRAWL_METRICS": str(folder / "news.prom")}


def run(
    folder: Path, sites: str | None, settings: dict[str, str] | None = None, program: str = "", **arguments: str
) -> Crawled:
    """Crawl to the end. The manifest and the metrics must have the exit status of the process."""
    all_settings = {**report_settings(folder), **(settings or {})}
    crawled = crawl(folder, sites, settings=all_settings, program=program, **arguments)
    if (folder / "run.json").is_file() and crawled.status != ExitStatus.CANNOT_WRITE:
        assert manifest_of(folder)["status"] == crawled.status
        assert f"newscrawl_exit_status {crawled.status}\n" in (folder / "news.prom").read_text("utf-8")
    return crawled
