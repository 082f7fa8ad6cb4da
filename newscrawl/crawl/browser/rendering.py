"""How the crawl uses the browser: which pages it has rendered, and what it learns from that.

Shared by the escalations of articles and of listings. What a page lacks is judged elsewhere
(`newscrawl.read.scripted`). Findings are kept by kind of page (`newscrawl.crawl.browser.findings`) and, with a memory,
from run to run.
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
    """The renderings of one crawl, with or without a browser."""

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
        """Is the browser extension on? Whether the machine has a browser is found out when a page first needs it."""
        return self._browser is not None

    def is_available(self, url: str) -> bool:
        """May the page of a URL be rendered, and is there a browser, as far as is known?"""
        return self._browser is not None and self._browser.is_available(url)

    def meta(self, url: str, is_listing: bool) -> dict[str, Any]:
        """The meta of a request for a page: has it rendered at once if its kind is known to need that."""
        browser = self._browser
        if browser is None or not browser.is_available(url):
            return {}
        if browser.modes.of(url) != "always" and not browser.findings.renders_at_once(kind_of(url, is_listing)):
            return {}
        return {RENDER_KEY: "listing" if is_listing else "article"}

    def is_made_by_scripts(self, url: str) -> bool:
        """Has rendering helped with listings of this kind, so that the server's response does not show a change?"""
        return self._browser is not None and self._browser.findings.counts(kind_of(url, True))[0] > 0

    def is_worth_trying(self, kind: str) -> bool:
        """May a page of this kind that seems to need the browser be rendered?"""
        return self._browser is not None and self._browser.findings.is_worth_rendering(kind)

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
        """The rendered page of a response. Raises ReasonedIgnore: `BrowserFailed` for any failure of the browser."""
        self._crawler.stats.inc_value("newscrawl/browser/escalated")
        try:
            return await self._crawler.engine.download_async(self.request(visit, response, what))
        except ReasonedIgnore:
            raise
        except Exception as error:
            raise ReasonedIgnore("BrowserFailed", str(error) or type(error).__name__) from error

    # -- findings -------------------------------------------------------------------------------

    def learn(self, response: Response, kind: str, helped: bool) -> None:
        """A page was rendered. helped: did that bring more of it? If not, a hampered page teaches nothing."""
        if self._browser is None or (not helped and is_hampered(response)):
            return
        self._crawler.stats.inc_value(f"newscrawl/browser/{'helped' if helped else 'useless'}")
        self._browser.findings.learn(kind, helped)
        if self._memory is not None:
            self._memory.batch.renderings[kind] = (site_of(response.url), *self._browser.findings.counts(kind))

    def learn_at_once(self, response: Response, kind: str, helped: bool) -> None:
        """A page was rendered without a look at what the server sent. Teaches only that rendering did not help."""
        if self._browser is not None and self._browser.modes.of(response.url) != "always" and not helped:
            self.learn(response, kind, helped=False)

    def learn_whole(self, kind: str) -> None:
        """A page was whole as the server sent it."""
        if self._browser is not None:
            self._browser.findings.learn_whole(kind)
