"""A real Chromium for tests, if the machine has one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Path of the browser: NEWSCRAWL_BROWSER_PATH, else Debian's chromium, else Chrome; None if there is none."""
    named = [
        os.environ.get("NEWSCRAWL_BROWSER_PATH"),
        *map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")),
    ]
    return next((path for path in named if path), None)


needs_chromium = pytest.mark.skipif(chromium() is None, reason="needs Chromium (Debian: apt-get install chromium)")


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless browser while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
