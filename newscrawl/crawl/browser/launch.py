"""Finds Chromium and starts it for scrapy-playwright, with the proxy as its only way to the network."""

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
#: Paths where it is installed outside of PATH.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
#: Patterns of the browsers that Playwright itself installs, below its folder.
_OF_PLAYWRIGHT = (
    "chromium-*/chrome-linux*/chrome",
    "chromium_headless_shell-*/chrome-linux*/headless_shell",
    "chromium-*/chrome-mac*/Chromium.app/Contents/MacOS/Chromium",
    "chromium-*/chrome-win*/chrome.exe",
)
#: Nothing of Chromium's own uses the network, nothing bypasses the proxy, nothing is drawn or played.
_SWITCHES = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-domain-reliability",
    "--mute-audio",
    "--deny-permission-prompts",
    "--disable-remote-fonts",
    "--disable-logging",
    "--autoplay-policy=user-gesture-required",
)
_HOW_TO_INSTALL = (
    "install one (Debian, Ubuntu: apt-get install chromium; elsewhere: playwright install chromium) "
    "or name it with NEWSCRAWL_BROWSER_PATH"
)


class BrowserMissing(Exception):
    """There is no browser; the message says what to do."""


def find_browser(named: str = "") -> str:
    """The path of the browser: `named`, else the environment's NEWSCRAWL_BROWSER_PATH, else one that is installed.

    Raises BrowserMissing.
    """
    named = named or os.environ.get("NEWSCRAWL_BROWSER_PATH", "")
    if named:
        path = shutil.which(named)
        if path is None:
            raise BrowserMissing(f"NEWSCRAWL_BROWSER_PATH={named} is not a program that can be started")
        return path
    for path in _installed():
        return path
    raise BrowserMissing(f"no Chromium or Chrome was found: {_HOW_TO_INSTALL}")


def _installed() -> Iterator[str]:
    yield from filter(None, map(shutil.which, _NAMES))
    yield from (place for place in _PLACES if os.access(place, os.X_OK))
    home = Path.home()
    by_platform = {"darwin": home / "Library/Caches/ms-playwright", "win32": home / "AppData/Local/ms-playwright"}
    usual = by_platform.get(sys.platform, home / ".cache/ms-playwright")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or usual)
    for pattern in _OF_PLAYWRIGHT:
        yield from map(str, sorted(folder.glob(pattern), reverse=True))


class Chromium(PlaywrightBrowserProvider):  # type: ignore[misc]
    """scrapy-playwright's provider, with the browser that was found.

    path: of the browser. proxy: URL of its only way to the network. heap: megabytes for the scripts of a page.
    """

    def __init__(self, config: Config, path: str, proxy: str, heap: int) -> None:
        super().__init__(config)
        self._path = path
        self._proxy = proxy
        self._heap = heap

    async def start(self) -> None:
        """Does nothing: the driver is started together with the browser."""

    async def launch_browser(self) -> Browser:
        """Start driver and browser. The project's PLAYWRIGHT_LAUNCH_OPTIONS are added to ours."""
        self.playwright_context_manager = PlaywrightContextManager()
        self.playwright = await self.playwright_context_manager.start()
        self.browser_type = self.playwright.chromium
        given = dict(self.config.launch_options)
        options: dict[str, Any] = {
            "executable_path": self._path,
            # Chromium refuses to run as root with its sandbox; everyone else gets the sandbox
            "chromium_sandbox": not (hasattr(os, "geteuid") and os.geteuid() == 0),
            "proxy": {"server": self._proxy, "bypass": "<-loopback>"},
            # no signal ends the browser before the crawl does
            "handle_sigint": False,
            "handle_sigterm": False,
            "handle_sighup": False,
            **given,
            "args": [*_SWITCHES, f"--js-flags=--max-old-space-size={self._heap}", *given.get("args", ())],
        }
        return await self.browser_type.launch(**options)

    async def close(self) -> None:
        """Stop the driver."""
        if self.playwright is not None:
            await self.playwright.stop()
