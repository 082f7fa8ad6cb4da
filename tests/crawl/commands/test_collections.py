"""A crawl keeps what is loaded out of the garbage collections, which stop its event loop."""

from __future__ import annotations

import gc
from pathlib import Path

from tests.newspaper.serve import serve
from tests.support.crawling import crawl

#: Scrapy, which tells at its end how garbage is collected.
TELLS = """
import atexit, gc
atexit.register(lambda: print("collections:", gc.get_freeze_count() > 50_000, *gc.get_threshold(), flush=True))
from scrapy.cmdline import execute
execute()
"""


def test_what_is_loaded_is_not_looked_through_again(tmp_path: Path) -> None:
    young, middle, old = gc.get_threshold()
    with serve() as served:
        crawled = crawl(tmp_path, served.address, program=TELLS, limit="3")
    assert f"collections: True {young} {middle} {5 * old}" in crawled.log
    assert len(crawled.records) == 3
    assert "WARNING" not in crawled.log, "the spider's settings leave nothing out that others miss"
