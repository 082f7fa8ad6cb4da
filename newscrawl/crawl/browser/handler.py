"""The download handler for http and https: downloads a page and, if the request asks for it, has the browser render it.

Keys of `Request.meta` (`newscrawl.crawl.nouns.meta_keys`): `RENDER_KEY` is "article" or "listing" for pages to render.
`DOCUMENT_KEY` is the response to render, so that the page is not requested twice. Without it the page is downloaded
first, and `SENT_KEY` keeps what the server sent. Then an article whose script navigates elsewhere is returned as the
server sent it, so that its reader can judge it. Redirects, error statuses and other documents than HTML are not
rendered.
"""

from __future__ import annotations

from inspect import isawaitable

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse

from newscrawl.crawl.browser.keeper import BrowserKeeper
from newscrawl.crawl.browser.rendered_response import LARGEST, is_rendered
from newscrawl.crawl.network.download_handler import NewsDownloadHandler
from newscrawl.crawl.nouns.meta_keys import DOCUMENT_KEY, RENDER_KEY, SENT_KEY


class BrowserDownloadHandler(NewsDownloadHandler):
    """NewsDownloadHandler with the browser; see the module's docstring."""

    async def download_request(self, request: Request) -> Response:
        """Download, and render if the request asks for it. Raises ReasonedIgnore."""
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
        rendered = await self.until_deadline(keeper.render(document, wanted == "listing"))
        if not is_known and wanted == "article":
            if not is_rendered(rendered):
                return document
            request.meta[SENT_KEY] = document
        return rendered

    async def _decoded(self, request: Request, response: Response) -> Response:
        """The response without its content coding, which the middleware removes within its bounds."""
        middleware = self._crawler.get_downloader_middleware(HttpCompressionMiddleware)
        if middleware is not None and "Content-Encoding" in response.headers:
            decoded: object = middleware.process_response(request, response)
            if isawaitable(decoded):  # there was no room for the decompressed body at once
                decoded = await decoded
            assert isinstance(decoded, Response)
            return decoded
        return response
