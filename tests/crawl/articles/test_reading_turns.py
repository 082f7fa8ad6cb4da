"""Pages that came in together are read one in a turn of the event loop, and wait for it unparsed."""

from __future__ import annotations

import time
from pathlib import Path

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl

PATHS = [f"/2024/11/the-barge-went-{n}-miles-down-the-river" for n in range(1, 25)]
#: Scrapy, which tells in which turn of the loop each article's page is parsed.
TELLS_TURNS = """
import asyncio
from newscrawl.crawl.articles import article_reader
inner, turn = article_reader.open_document, 0
def count():
    global turn
    turn += 1
    asyncio.get_running_loop().call_soon(count)
def opened(page):
    if not turn:
        count()
    print("parsed in turn", turn, flush=True)
    return inner(page)
article_reader.open_document = opened
from scrapy.cmdline import execute
execute()
"""


def page(number: int) -> Answer:
    title = f"The barge went {number} miles down the river"
    text = "".join(
        f"<p>On day {n} the barge went {number} miles past the mill and the lock, and the crew wrote it down.</p>"
        for n in range(6)
    )
    body = f'<html lang=en><title>{title}</title><article><h1>{title}</h1><time datetime="2024-11-20">{text}</article>'
    return Answer(body=body.encode())


def test_one_page_is_read_in_a_turn_and_none_is_parsed_while_all_wait_for_one_file(tmp_path: Path) -> None:
    links = "".join(f'<h2><a href="{path}">A long way down the river for the barge</a></h2>' for path in PATHS)
    answers = {"/": Answer(body=f"<html><body><main>{links}</main>".encode())}
    answers |= {path: page(number) for number, path in enumerate(PATHS, 1)}

    def answer(path: str) -> Answer | None:
        if path.endswith("tdmrep.json"):
            time.sleep(1.5)
            return Answer(404)
        return answers.get(path)

    with serve(frozenset(), change=answer) as served:
        settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": "16", "NEWSCRAWL_BROWSER": "never"}
        crawled = crawl(tmp_path, served.address, settings=settings, program=TELLS_TURNS)
    assert len(crawled.records) == len(PATHS)
    turns = [int(line.split()[-1]) for line in crawled.log.splitlines() if line.startswith("parsed in turn")]
    assert len(turns) == len(set(turns)) == len(PATHS)
    # the first page asks for tdmrep.json; the others came in long before it, and were parsed after it
    assert turns[1] - turns[0] > 30
