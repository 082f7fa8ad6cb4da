"""The keys under which newscrawl's parts speak to each other through `Request.meta`."""

from __future__ import annotations

#: The `Visit` that the request belongs to.
VISIT_KEY = "newscrawl_visit"
#: "article" or "listing": have the browser render the page, as one of these.
RENDER_KEY = "newscrawl_render"
#: The response that is to be rendered, so that the page is not requested twice.
DOCUMENT_KEY = "newscrawl_document"
#: What the server had sent of a page that was rendered at once.
SENT_KEY = "newscrawl_sent"
#: Any server error of this request backs its host off, as RFC 9309 wants it for robots.txt.
EVERY_ERROR_KEY = "newscrawl_every_error_backs_off"
