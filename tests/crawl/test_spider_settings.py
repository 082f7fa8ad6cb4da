"""The news spider leaves out what it has no use for; what a project asks for stays."""

from __future__ import annotations

from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from newscrawl.crawl.spiders.news import NewsSpider

DEPTH = "scrapy.spidermiddlewares.depth.DepthMiddleware"


def middlewares(settings: Settings) -> list[str]:
    """The spider middlewares of the news spider with a project's settings."""
    given = settings.copy()
    NewsSpider.update_settings(settings)
    settings.update(given)  # as Scrapy does when the crawl begins
    components = build_component_list(settings.get_component_priority_dict_with_base("SPIDER_MIDDLEWARES"))
    return [component.rpartition(".")[2] for component in components]


def test_middlewares_that_only_look_at_requests_of_callbacks_are_left_out() -> None:
    assert middlewares(Settings()) == ["StartSpiderMiddleware", "HttpErrorMiddleware", "RefererMiddleware"]


def test_a_project_may_ask_for_them() -> None:
    assert "DepthMiddleware" in middlewares(Settings({"SPIDER_MIDDLEWARES": {DEPTH: 700}}))
