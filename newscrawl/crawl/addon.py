"""The add-on: newscrawl's politeness, pipelines, exporters and ledger for any Scrapy project.

    ADDONS = {"newscrawl.crawl.addon.NewscrawlAddon": 500}

Everything is set at add-on priority: settings of the project, of a spider and of `-s` on the command line win.
"""

from __future__ import annotations

from typing import Any

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

import newscrawl
from newscrawl.crawl.job.logs import protect_logs
from newscrawl.crawl.nouns import options

#: Scrapy's settings that newscrawl changes. Delays and timeouts are in seconds, sizes in bytes. Newscrawl's own
#: settings are in `newscrawl.crawl.nouns.options`.
DEFAULTS: dict[str, Any] = {
    # politeness
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": "newscrawl",
    "DOWNLOAD_DELAY": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
    "CONCURRENT_REQUESTS": 64,
    "AUTOTHROTTLE_ENABLED": True,
    "AUTOTHROTTLE_START_DELAY": 1,
    "AUTOTHROTTLE_TARGET_CONCURRENCY": 2.0,
    "DOWNLOADER": "newscrawl.crawl.politeness.download_slots.HostDownloader",
    "SCHEDULER_PRIORITY_QUEUE": "newscrawl.crawl.politeness.slot_queue.SlotQueue",
    "RETRY_TIMES": 2,
    "REDIRECT_MAX_TIMES": 8,
    "METAREFRESH_MAXDELAY": 10,
    # bounds: Scrapy's own (180 s, 1 GiB) are too wide for an unattended job
    "DOWNLOAD_TIMEOUT": 30,
    "DNS_TIMEOUT": 15,
    "DOWNLOAD_MAXSIZE": 60 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 0,
    # safety
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    # the pipelines never wait for anything, so a hundred items at once would only cost CPU
    "CONCURRENT_ITEMS": 4,
    # output and logs
    "FEED_EXPORT_ENCODING": "utf-8",
    "LOG_FORMAT": "%(asctime)s %(levelname)s: %(message)s",
    "DEFAULT_DROPITEM_LOG_LEVEL": "DEBUG",
    "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
    "STATS_DUMP": False,
    "LOGSTATS_INTERVAL": 0,
}

#: Scrapy's components that newscrawl replaces by its own, with the setting they belong to.
REPLACED: dict[str, str] = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": "DOWNLOADER_MIDDLEWARES",
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": "DOWNLOADER_MIDDLEWARES",
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": "DOWNLOADER_MIDDLEWARES",
    "scrapy.extensions.feedexport.FeedExporter": "EXTENSIONS",
}

#: Extensions of Scrapy by the setting that switches them on. Those that are off are left out; Scrapy would import them,
#: with everything they need, only to find that they are off.
SWITCHED_OFF: dict[str, str] = {
    "TELNETCONSOLE_ENABLED": "scrapy.extensions.telnet.TelnetConsole",
    "REMOTE_CONTROL_ENABLED": "scrapy.extensions.remote_control.RemoteControl",
}

#: Newscrawl's components by the setting they belong to, with their order.
COMPONENTS: dict[str, dict[str, int]] = {
    "ITEM_PIPELINES": {
        "newscrawl.crawl.pipelines.StripPipeline": 300,
        "newscrawl.crawl.pipelines.CheckPipeline": 400,
        "newscrawl.crawl.pipelines.WantedPipeline": 420,
        "newscrawl.crawl.pipelines.RightsPipeline": 430,
        "newscrawl.crawl.pipelines.RevisionPipeline": 450,
        "newscrawl.crawl.pipelines.DeduplicatePipeline": 500,
    },
    "EXTENSIONS": {
        "newscrawl.crawl.export.feed_exporter.RecordFeedExporter": 50,
        "newscrawl.crawl.state.memory_keeper.MemoryKeeper": 60,
        "newscrawl.crawl.job.ledger_keeper.LedgerKeeper": 100,
        "newscrawl.crawl.job.shutdown.ShutdownTimer": 150,
        "newscrawl.crawl.browser.keeper.BrowserKeeper": 150,
        "newscrawl.crawl.job.job.Job": 150,
        "newscrawl.crawl.job.progress.Progress": 200,
    },
    "SPIDER_MIDDLEWARES": {
        "newscrawl.crawl.spiders.start_requests.StartRequestsMiddleware": 10,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "newscrawl.crawl.network.address_guard.AddressGuardMiddleware": 60,
        "newscrawl.crawl.network.offsite_redirects.OffsiteRedirectMiddleware": 70,
        "newscrawl.crawl.network.site_headers.SiteHeadersMiddleware": 90,
        "newscrawl.crawl.politeness.robots_txt.RobotsTxtMiddleware": 100,
        "newscrawl.crawl.politeness.once_only.OnceOnlyMiddleware": 110,
        "newscrawl.crawl.network.meta_refresh.NewsMetaRefreshMiddleware": 580,
        "newscrawl.crawl.network.decompression.DecompressionMiddleware": 590,
        "newscrawl.crawl.network.response_limits.ResponseLimitsMiddleware": 610,
        "newscrawl.crawl.politeness.backoff.BackoffMiddleware": 845,
    },
}

EXPORTERS: dict[str, str | None] = {
    "json": "newscrawl.crawl.export.exporters.JsonRecordExporter",
    "jsonlines": "newscrawl.crawl.export.exporters.JsonLinesRecordExporter",
    "jsonl": "newscrawl.crawl.export.exporters.JsonLinesRecordExporter",
    "jl": "newscrawl.crawl.export.exporters.JsonLinesRecordExporter",
    "csv": "newscrawl.crawl.export.exporters.CsvRecordExporter",
    "xml": "newscrawl.crawl.export.exporters.XmlRecordExporter",
}

#: Only http and https are fetched.
HANDLERS: dict[str, str | None] = {
    "http": "newscrawl.crawl.browser.handler.BrowserDownloadHandler",
    "https": "newscrawl.crawl.browser.handler.BrowserDownloadHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),
}


def user_agent(contact: str) -> str:
    """The User-Agent. contact: a URL or mail address for site owners, or ""."""
    version = ".".join(newscrawl.__version__.split(".")[:2])
    return f"newscrawl/{version} (+{contact})" if contact else f"newscrawl/{version}"


class NewscrawlAddon:
    """Switches everything on; see the module's docstring."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add newscrawl's defaults and components; the project's settings stay. Raises ValueError for unusable ones."""
        protect_logs(settings)
        for name, value in {**DEFAULTS, **options.DEFAULTS}.items():
            settings.set(name, value, priority="addon")
        for name, value in options.check_options(settings).items():
            settings.set(name, value, priority=settings.getpriority(name) or "addon")
        for name, components in COMPONENTS.items():
            for path, place in components.items():
                settings.setdefault_in_component_priority_dict(name, load_object(path), place)
        for path, name in REPLACED.items():
            settings.setdefault_in_component_priority_dict(name, load_object(path), None)
        for name, choices in (("FEED_EXPORTERS", EXPORTERS), ("DOWNLOAD_HANDLERS", HANDLERS)):
            settings.set(name, {**choices, **settings.getdict(name)}, priority=settings.getpriority(name) or "addon")
        off = {path for setting, path in SWITCHED_OFF.items() if not settings.getbool(setting)}
        base = {path: place for path, place in settings.getdict("EXTENSIONS_BASE").items() if path not in off}
        settings.set("EXTENSIONS_BASE", base, priority="addon")  # None in EXTENSIONS would still import it
        settings.set("USER_AGENT", user_agent(settings.get("NEWSCRAWL_CONTACT") or ""), priority="addon")
