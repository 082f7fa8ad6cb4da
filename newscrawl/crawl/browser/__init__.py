"""A real browser for pages that need one, within bounds of time, memory, bytes and requests.

`keeper` keeps the one browser of a crawl: it is started when first needed, closed when idle and restarted when it dies.
Each of its lives is an `instance`, which `launch` finds and starts and whose `processes` can be killed. `handler` is
Scrapy's download handler: it downloads, and has the result rendered where a request asks for that. `request_guard`
(with init_script.js and trackers.txt) decides what a page may load, `proxy` is the browser's only way to the network,
and `rendered_page` (with in_page.js) waits, scrolls and reads the page back as a `rendered_response`. `modes` is the
person's setting, `findings` is what was learned about which pages need the browser, and `rendering` is how the rest of
the crawl uses all this. Nothing here loads Playwright before a page needs it.
"""
