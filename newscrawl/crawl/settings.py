"""The project's settings: what must be known before an add-on runs. Everything else is set by `newscrawl.crawl.addon`.

Scrapy looks up `SPIDER_MODULES` and `COMMANDS_MODULE`, and sets up logging and the resolver, before it loads any
add-on.
"""

import os

# Nothing here multiplies large matrices: numpy's threads would cost time at the start, and memory.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Scrapy's deprecated classes inspect the call stack when they are created. Imported here, with a short stack, that
# costs nothing; imported by the download handlers, it costs most of a second of CPU in every run.
import scrapy.core.downloader.contextfactory  # noqa: F401

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.crawl.spiders"]
COMMANDS_MODULE = "newscrawl.crawl.commands"
ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}
LOG_LEVEL = "INFO"
#: As in `newscrawl.crawl.addon.DEFAULTS`, for the lines before the add-on is loaded; without the versions of libraries.
LOG_FORMAT = "%(asctime)s %(levelname)s: %(message)s"
LOG_VERSIONS: list[str] = []
#: Returns all addresses of a name, IPv6 included, so that the next is tried where one is private or does not answer.
#: Scrapy's default returns one IPv4 address.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
