"""The project's settings: what must be known before an add-on runs. All else stands in `newscrawl.crawl.addon`.

`SPIDER_MODULES` and `COMMANDS_MODULE` are looked up, and logging and the resolver are set up, before any add-on is loaded.
"""

# Scrapy's deprecated classes look through the stack when they are made. From here, with little on it, that costs nothing; from where the download
# handlers import them it costs most of a second of CPU, in every run.
import scrapy.core.downloader.contextfactory  # noqa: F401

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.crawl.spiders"]
COMMANDS_MODULE = "newscrawl.crawl.commands"
ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}
LOG_LEVEL = "INFO"
#: All addresses of a name, IPv6 too, so that the next is tried where one is private or does not answer; Scrapy's default sees one IPv4 address.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
