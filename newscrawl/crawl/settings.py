"""The project's settings: what must be known before an add-on runs. All else stands in `newscrawl.crawl.addon`.

`SPIDER_MODULES` and `COMMANDS_MODULE` are looked up, and logging is set up, before any add-on is loaded.
"""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.crawl.spiders"]
COMMANDS_MODULE = "newscrawl.crawl.commands"
ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}
LOG_LEVEL = "INFO"
