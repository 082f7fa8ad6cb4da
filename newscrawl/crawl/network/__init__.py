"""What newscrawl adds to Scrapy's downloads.

The SSRF guard for URLs (`address_guard`), for redirects (`offsite_redirects`) and for the addresses that are connected
to (`public_pool`); bounds for responses (`response_limits`), their headers and TLS (`connection_limits`), their content
codings (`decompression`) and the bytes of all of them together (`bytes_in_flight`); the download handler that puts
these to work (`download_handler`); meta refresh (`meta_refresh`); and the reason for a request that failed
(`failure_reasons`). How often a host is requested is decided in `newscrawl.crawl.politeness`.
"""
