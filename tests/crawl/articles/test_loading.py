"""What reads pages is no part of a crawl's start: it is loaded once the first page is asked for."""

import subprocess
import sys
from datetime import datetime, timezone

from scrapy import Request, signals
from scrapy.signalmanager import SignalManager

from newscrawl.article import Link
from newscrawl.crawl.articles import loading
from newscrawl.crawl.nouns.meta_keys import VISIT_KEY
from newscrawl.crawl.nouns.visit import Visit, VisitKind

#: Costs time, and is needed for pages, feeds, terminals or histories alone.
LATE = ("numpy", "newscrawl.read", "newscrawl.strip", "newscrawl.history", "fastfeedparser", "rich.console")
START = """
import sys
import newscrawl.crawl.settings
from scrapy.settings import Settings
from scrapy.utils.misc import load_object, walk_modules
from newscrawl.crawl.addon import COMPONENTS, EXPORTERS, HANDLERS
for name in ("newscrawl.crawl.spiders", "newscrawl.crawl.commands"):
    walk_modules(name)
for path in [*(path for paths in COMPONENTS.values() for path in paths), *EXPORTERS.values(), *HANDLERS.values()]:
    if path:
        load_object(path)
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


class Crawler:
    def __init__(self):
        self.signals = SignalManager(self)


def request_as(kind):
    visit = Visit("a.example", Link("https://a.example/"), kind, datetime.now(timezone.utc))
    return Request("https://a.example/", meta={VISIT_KEY: visit})


def test_the_parts_of_a_crawl_import_nothing_that_only_pages_need():
    said = subprocess.run([sys.executable, "-c", START, *LATE], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_loading_begins_with_the_first_page_and_goes_on_piece_by_piece(monkeypatch):
    loaded, turns = [], []
    monkeypatch.setattr(loading, "steps", lambda: iter(loaded.append(name) or name for name in ("one", "two")))
    monkeypatch.setattr(loading, "call_later", lambda seconds, work, *arguments: turns.append((work, arguments)))
    crawler = Crawler()
    loading.load_early(crawler)

    def send(kind):
        crawler.signals.send_catch_log(signals.request_reached_downloader, request=request_as(kind), spider=None)

    send(VisitKind.SITEMAP)
    assert not turns
    send(VisitKind.FRONT_PAGE)
    send(VisitKind.ARTICLE)
    assert len(turns) == 1
    for number in range(1, 4):
        work, arguments = turns.pop()
        work(*arguments)
        assert len(loaded) == min(number, 2)
    assert not turns


def test_every_piece_is_loaded():
    assert {"numpy", "newscrawl.read", "model", "share"} <= set(loading.steps())
