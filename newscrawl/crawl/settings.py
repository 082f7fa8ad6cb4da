"""The project's settings: what must be known before an add-on runs. All else stands in `newscrawl.crawl.addon`.

`SPIDER_MODULES` and `COMMANDS_MODULE` are looked up, and logging and the resolver are set up, before any add-on is loaded.
"""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.crawl.spiders"]
COMMANDS_MODULE = "newscrawl.crawl.commands"
ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}
LOG_LEVEL = "INFO"
#: All addresses of a name, IPv6 too, so that the next is tried where one is private or does not answer; Scrapy's default sees one IPv4 address.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
