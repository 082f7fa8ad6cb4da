"""Finds Chromium and starts it for scrapy-playwright, with its doors shut."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, PlaywrightContextManager  # type: ignore[attr-defined]
from scrapy_playwright.handler import Config  # type: ignore[import-untyped]
from scrapy_playwright.provider import PlaywrightBrowserProvider  # type: ignore[import-untyped]

#: Names under which systems install Chromium or Chrome, the likeliest first.
_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chromium-headless-shell",
    "msedge",
    "microsoft-edge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/snap/bin/chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe", r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)  # fmt: skip
_OWN = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-linux*/headless_shell", "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
        "chromium-*/chrome-win*/chrome.exe")  # fmt: skip
#: Switches: nothing of Chromium's own goes to the network, nothing goes past the proxy, nothing is drawn or played.
_SWITCHES = (
    "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable", "--disable-domain-reliability", "--mute-audio", "--deny-permission-prompts",
    "--disable-remote-fonts", "--disable-logging", "--autoplay-policy=user-gesture-required",
)  # fmt: skip
HOW_TO_GET_ONE = "install one (Debian, Ubuntu: apt-get install chromium; elsewhere: playwright install chromium) or name it with NEWSCRAWL_BROWSER_PATH"


class BrowserMissing(Exception):
    """There is no browser, or it does not start; the message says what to do."""


def find_browser(named: str = "") -> str:
    """The path of the browser:

    `named`, else the environment's NEWSCRAWL_BROWSER_PATH, else what is installed. BrowserMissing.
    """
    named = named or os.environ.get("NEWSCRAWL_BROWSER_PATH", "")
    if named:
        path = shutil.which(named)
        if path is None:
            raise BrowserMissing(f"NEWSCRAWL_BROWSER_PATH={named} is no program that can be started")
        return path
    for path in _installed():
        return path
    raise BrowserMissing(f"no Chromium or Chrome was found: {HOW_TO_GET_ONE}")


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    yield from (place for place in _PLACES if os.access(place, os.X_OK))
    home = Path.home()
    folder = {"darwin": home / "Library/Caches/ms-playwright", "win32": home / "AppData/Local/ms-playwright"}.get(
        sys.platform, home / ".cache/ms-playwright"
    )
    for pattern in _OWN:
        yield from map(
            str, sorted(Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or folder).glob(pattern), reverse=True)
        )


class Chromium(PlaywrightBrowserProvider):  # type: ignore[misc]
    """scrapy-playwright's provider, with the browser that was found.

    heap: megabytes of script memory a page may use. proxy: its only way out.
    """

    def __init__(self, config: Config, path: str, proxy: str, heap: int) -> None:
        super().__init__(config)
        self._path = path
        self._proxy = proxy
        self._heap = heap

    async def start(self) -> None:
        """Nothing yet: the driver starts with the browser."""

    async def launch_browser(self) -> Browser:
        """Start driver and browser. The project's own PLAYWRIGHT_LAUNCH_OPTIONS are added to ours."""
        self.playwright_context_manager = PlaywrightContextManager()
        self.playwright = await self.playwright_context_manager.start()
        self.browser_type = self.playwright.chromium
        given = dict(self.config.launch_options)
        options: dict[str, Any] = {
            "executable_path": self._path,
            # Chromium refuses to run as root with its sandbox; everywhere else it stays
            "chromium_sandbox": not (hasattr(os, "geteuid") and os.geteuid() == 0),
            "proxy": {"server": self._proxy, "bypass": "<-loopback>"},
            "handle_sigint": False, "handle_sigterm": False, "handle_sighup": False,  # the crawl ends it when it ends itself
            **given,
            "args": [*_SWITCHES, f"--js-flags=--max-old-space-size={self._heap}", *given.get("args", ())],
        }  # fmt: skip
        return await self.browser_type.launch(**options)

    async def close(self) -> None:
        """End the driver."""
        if self.playwright is not None:
            await self.playwright.stop()
