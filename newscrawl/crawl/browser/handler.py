"""The download handler for http and https:

what the server sent, and where a request asks for it, what the browser makes of that.

`Request.meta["newscrawl_render"]`: "article" or "listing" asks for it; `meta["newscrawl_document"]`: the answer that is
there already, so that the page is not asked for twice; where there was none, `meta["newscrawl_sent"]` of what was
rendered is what the server had sent, and an article whose script leads elsewhere is given back as the server sent it:
whether it tells its story is for who reads it to say. Redirects, error statuses and what is no HTML are given back as
they are: only whole pages are rendered.
"""

from __future__ import annotations

from inspect import isawaitable

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse

from newscrawl.crawl.browser.keeper import BrowserKeeper
from newscrawl.crawl.browser.rendered_response import LARGEST, RENDERED
from newscrawl.crawl.network.download_handler import NewsDownloadHandler
from newscrawl.crawl.nouns.meta_keys import DOCUMENT_KEY, RENDER_KEY, SENT_KEY


class BrowserDownloadHandler(NewsDownloadHandler):
    """See the module's docstring."""

    async def download_request(self, request: Request) -> Response:
        """Download, and render where that is asked for."""
        wanted = request.meta.get(RENDER_KEY)
        keeper = self._crawler.get_extension(BrowserKeeper) if wanted else None
        if keeper is None:
            return await super().download_request(request)
        document: Response | None = request.meta.pop(DOCUMENT_KEY, None)
        is_known = document is not None and document.url == request.url
        if document is None or not is_known:
            document = await self._decoded(request, await super().download_request(request))
        if document.status != 200 or not isinstance(document, TextResponse) or not 0 < len(document.body) <= LARGEST:
            return document
        document.request = request
        shown = await self.until_deadline(keeper.render(document, wanted == "listing"))
        if not is_known and wanted == "article":
            if RENDERED not in shown.flags:
                return document
            request.meta[SENT_KEY] = document
        return shown

    async def _decoded(self, request: Request, response: Response) -> Response:
        """The answer without its content coding, by Scrapy's own middleware and within its bounds."""
        middleware = self._crawler.get_downloader_middleware(HttpCompressionMiddleware)
        if middleware is not None and "Content-Encoding" in response.headers:
            decoded: object = middleware.process_response(request, response)
            if isawaitable(decoded):  # there was no room for it at once
                decoded = await decoded
            assert isinstance(decoded, Response)
            return decoded
        return response
