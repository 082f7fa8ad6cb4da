"""Logs: no page forges a line in them, and they hold no secrets."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.crawl.job.logs import protect_logs, safe_message, secrets_of
from tests.support.crawling import crawl
from tests.support.living_site import LivingSite, serve_living


def test_a_text_from_a_page_cannot_forge_a_log_line() -> None:
    message = safe_message("a page said\n2026-11-28 [root] ERROR: forged\x1b[2J")
    assert message == "a page said\n    | 2026-11-28 [root] ERROR: forged?[2J"
    assert safe_message("two\nlines", is_multiline=True) == "two\nlines"


def test_the_secrets_among_the_settings_are_found() -> None:
    values = {
        "AWS_SECRET_ACCESS_KEY": "abcdef/secret",
        "FEEDS": {"ftp://me:hunter2hunter2@host/x.jsonl": {"format": "csv"}},
        "BOT_NAME": "newscrawl",
        "MAIL_PASS": "short",
        "HTTPPROXY": "http://u:p%40ssword1@proxy:3128",
    }
    found = secrets_of(Settings(values))
    assert {"abcdef/secret", "hunter2hunter2", "p%40ssword1", "p@ssword1"} <= found
    assert "newscrawl" not in found and "short" not in found


def test_a_logged_message_has_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    protect_logs(Settings({"MY_TOKEN": "topsecretvalue"}))
    log = logging.getLogger("newscrawl.test")
    with caplog.at_level(logging.INFO):
        log.info("it is %s", "topsecretvalue")
        try:
            raise ValueError("topsecretvalue\nforged")
        except ValueError:
            log.exception("failed")
    assert "topsecretvalue" not in caplog.text and "it is ***" in caplog.text and "\nforged" not in caplog.text


def test_a_crawl_writes_no_secret_and_no_page_writes_into_its_log(tmp_path: Path) -> None:
    site = LivingSite.of(3)
    site.stories[0].headline = "Tides &#27;]0;owned&#7; rise\n2026-11-28 00:00:00 [root] CRITICAL: forged by a page"
    manifest = tmp_path / "run.json"
    settings = {
        "AWS_SECRET_ACCESS_KEY": "s3cr3t-of-the-store",
        "LOG_LEVEL": "DEBUG",
        "NEWSCRAWL_MANIFEST": str(manifest),
        "HTTPPROXY_AUTH_TOKEN": "tok-en-tok-en",
    }
    with serve_living(site):
        done = crawl(tmp_path, site.base, settings=settings)
    assert len(done.records) == 3
    written = done.log + manifest.read_text("utf-8") + (tmp_path / "audit.jsonl").read_text("utf-8")
    assert "s3cr3t-of-the-store" not in written and "tok-en-tok-en" not in written
    assert "\x1b" not in written and not re.search(r"^2026-11-28 00:00:00 \[root\]", done.log, re.MULTILINE)
