"""The crawl's dealings with the browser: which pages it renders, and what has been learned of that.

What a page lacks is judged elsewhere (`newscrawl.read.scripted`); here is what both escalations, of articles and of
listings, share. Findings are kept by site and kind of page (`newscrawl.crawl.browser.findings`), and remembered between
runs.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.crawl.browser.findings import kind_of
from newscrawl.crawl.browser.keeper import BrowserKeeper
from newscrawl.crawl.browser.rendered_response import is_hampered
from newscrawl.crawl.drops import ReasonedIgnore
from newscrawl.crawl.nouns.meta_keys import DOCUMENT_KEY, RENDER_KEY, VISIT_KEY
from newscrawl.crawl.nouns.visit import Visit
from newscrawl.crawl.state.memory_keeper import MemoryKeeper
from newscrawl.discover.address import site_of


class Rendering:
    """For one crawl, with or without a browser."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._browser = crawler.get_extension(BrowserKeeper)
        self._memory = crawler.get_extension(MemoryKeeper)

    def recall(self, seed: str) -> None:
        """Take over what earlier runs have learned of a site."""
        if self._memory is not None and self._browser is not None:
            for kind, helped, useless in self._memory.memory.renderings(site_of(seed)):
                self._browser.findings.recall(kind, helped, useless)

    @property
    def has_browser(self) -> bool:
        """Is the browser extension on? Whether there is a browser on this machine shows when it is first needed."""
        return self._browser is not None

    def is_available(self, url: str) -> bool:
        """May a page of this URL be rendered, and is there a browser, as far as is known?"""
        return self._browser is not None and self._browser.is_available(url)

    def meta(self, url: str, is_listing: bool) -> dict[str, Any]:
        """The meta of a request for this page, which has it rendered at once where that is known to be needed."""
        browser = self._browser
        if browser is None or not browser.is_available(url):
            return {}
        if browser.modes.of(url) != "always" and not browser.findings.at_once(kind_of(url, is_listing)):
            return {}
        return {RENDER_KEY: "listing" if is_listing else "article"}

    def is_made_by_scripts(self, url: str) -> bool:
        """Has rendering helped with listings like this one?

        Then the server's response does not show whether it changed.
        """
        return self._browser is not None and self._browser.findings.of(kind_of(url, True))[0] > 0

    def is_worth_trying(self, kind: str) -> bool:
        """May a page of this kind that seems to need the browser be rendered?"""
        return self._browser is not None and self._browser.findings.is_worth(kind)

    def request(self, visit: Visit, response: Response, what: str) -> Request:
        """A request for the rendered page of a response. what: "article" or "listing"."""
        meta: dict[str, Any] = {
            VISIT_KEY: visit,
            RENDER_KEY: what,
            DOCUMENT_KEY: response,
            "dont_retry": True,
            "autothrottle_dont_adjust_delay": True,
        }
        headers = response.request.headers if response.request is not None else None
        return Request(response.url, meta=meta, dont_filter=True, headers=headers)

    async def render(self, visit: Visit, response: Response, what: str) -> Response:
        """The rendered page of a response. Raises ReasonedIgnore, with the reason `BrowserFailed` for any failure."""
        self._crawler.stats.inc_value("newscrawl/browser/escalated")
        try:
            return await self._crawler.engine.download_async(self.request(visit, response, what))
        except ReasonedIgnore:
            raise
        except Exception as error:
            raise ReasonedIgnore("BrowserFailed", str(error) or type(error).__name__) from error

    # -- findings -------------------------------------------------------------------------------

    def learn(self, response: Response, kind: str, helped: bool) -> None:
        """A page was rendered. helped: did that bring more of it? A hampered page that did not help teaches nothing."""
        if self._browser is None or (not helped and is_hampered(response)):
            return
        self._crawler.stats.inc_value(f"newscrawl/browser/{'helped' if helped else 'useless'}")
        self._browser.findings.learn(kind, helped)
        if self._memory is not None:
            self._memory.batch.renderings[kind] = (site_of(response.url), *self._browser.findings.of(kind))

    def learn_at_once(self, response: Response, kind: str, helped: bool) -> None:
        """A page was rendered at once, before anybody had looked at what the server sent."""
        if self._browser is not None and self._browser.modes.of(response.url) != "always" and not helped:
            self.learn(response, kind, helped=False)

    def learn_whole(self, kind: str) -> None:
        """A page was whole as the server sent it."""
        if self._browser is not None:
            self._browser.findings.plain(kind)
