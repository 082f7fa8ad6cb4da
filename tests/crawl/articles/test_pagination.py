"""Articles in several pages: one record with all of their text, whichever source named which page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.newspaper.serve import serve
from tests.newspaper.site import Answer
from tests.support.crawling import crawl

STORY = "/2024/11/the-long-way-of-the-river-barges"
TITLE = "The Long Way of the River Barges"
TEXT = (
    "On day {0} the barge went {0} miles down the river, past the mill and the lock, "
    "and the crew wrote it all into the log book."
)


def path_of(number: int) -> str:
    return STORY if number == 1 else f"{STORY}/{number}"


def page(number: int, pages: int) -> str:
    links = "".join(f"<b>{n}</b>" if n == number else f'<a href="{path_of(n)}">{n}</a>' for n in range(1, pages + 1))
    text = "".join(f"<p>{TEXT.format(number * 10 + n)}</p>" for n in range(5))
    return (
        f"<html lang=en><title>{TITLE}</title><body><article><h1>{TITLE}</h1>"
        f'<time datetime="2024-11-20T08:00:00Z">20 November</time>{text}</article>'
        f'<nav class="pages">{links}</nav></body></html>'
    )


def site(named: list[str], pages: int = 3, broken: int = 0) -> Callable[[str], Answer | None]:
    """A site whose front page names these paths. broken: the number of a page that fails."""
    front = "".join(f'<h2><a href="{path}">The long way of the river barges to the sea</a></h2>' for path in named)
    answers = {"/": Answer(body=f"<html><body><main>{front}</main>".encode())}
    for number in range(1, pages + 1):
        answers[path_of(number)] = Answer(500) if number == broken else Answer(body=page(number, pages).encode())
    return answers.get


@pytest.mark.parametrize(
    "named", [[STORY], [STORY, f"{STORY}/2"], [f"{STORY}/3"]], ids=["first", "two pages", "a later page alone"]
)
def test_the_pages_of_an_article_are_one_record(tmp_path: Path, named: list[str]) -> None:
    with serve(frozenset(), change=site(named)) as served:
        crawled = crawl(tmp_path, served.address)
        [record] = crawled.records
        assert record["url"] == served.address + STORY
        text = [TEXT.format(number * 10 + n) for number in (1, 2, 3) for n in range(5)]
        assert record["articleBody"].split("\n\n") == text
        assert sorted(crawled.reasons("JoinedPage")) == [served.address + STORY + "/2", served.address + STORY + "/3"]
        assert len(crawled.entries) == crawled.discovered
        assert len(served.paths) == len(set(served.paths)), "no page is requested twice"


def test_a_missing_page_makes_the_record_partial(tmp_path: Path) -> None:
    with serve(frozenset(), change=site([STORY], broken=2)) as served:
        crawled = crawl(tmp_path, served.address)
        [record] = crawled.records
        assert record["metadata"]["isPartial"] is True
        assert TEXT.format(30) in record["articleBody"]
        assert crawled.reasons("HttpStatus") == [served.address + STORY + "/2"]


def test_pages_beyond_the_bound_are_not_requested(tmp_path: Path) -> None:
    with serve(frozenset(), change=site([STORY], pages=5)) as served:
        crawled = crawl(tmp_path, served.address, settings={"NEWSCRAWL_MAX_ARTICLE_PAGES": "2"})
        assert len(crawled.reasons("JoinedPage")) == 1 and len(crawled.reasons("OverBudget")) == 3
        assert crawled.records[0]["metadata"]["isPartial"] is True


def next_only(number: int) -> str:
    return f'<a href="{STORY}/{number + 1}">Página siguiente</a>' if number < 3 else ""


def next_in_head(number: int) -> str:
    before = f'<link rel="prev" href="{STORY}/{number - 1}">' if number > 2 else ""
    return before + (f'<link rel="next" href="{STORY}/{number + 1}">' if number < 3 else "")


def select(number: int) -> str:
    options = "".join(f'<option value="{STORY}{f"/{n}" if n > 1 else ""}">Part {n}' for n in (1, 2, 3))
    return f"<select onchange='location = this.value'>{options}</select>"


@pytest.mark.parametrize("leads", [next_only, next_in_head, select])
def test_pages_are_found_by_whatever_leads_to_them(tmp_path: Path, leads: Callable[[int], str]) -> None:
    answers = {"/": site([STORY])("/")}
    for number in (1, 2, 3):
        body = page(number, 0).replace('<nav class="pages">', f'<nav class="pages">{leads(number)}')
        answers[STORY if number == 1 else f"{STORY}/{number}"] = Answer(body=body.encode())
    with serve(frozenset(), change=answers.get) as served:
        crawled = crawl(tmp_path, served.address)
        [record] = crawled.records
        texts = [TEXT.format(number * 10 + n) for number in (1, 2, 3) for n in range(5)]
        assert record["articleBody"].split("\n\n") == texts and record["metadata"]["isPartial"] is False


def test_pages_that_only_a_script_leads_to_make_the_record_partial(tmp_path: Path) -> None:
    menu = "<select onchange='turn(this.value)'><option>Page 1<option>Page 2<option>Page 3</select>"
    body = page(1, 0).replace('<nav class="pages">', f'<nav class="pages">{menu}')
    answers = {"/": site([STORY])("/"), STORY: Answer(body=body.encode())}
    with serve(frozenset(), change=answers.get) as served:
        [record] = crawl(tmp_path, served.address).records
        assert record["metadata"]["isPartial"] is True


def test_a_page_that_repeats_the_article_ends_its_pagination(tmp_path: Path) -> None:
    def comments(path: str) -> Answer | None:
        if path == "/":
            return site([STORY])("/")
        links = "".join(f'<a href="{STORY}?page={n}">{n}</a>' for n in range(2, 9))
        return Answer(body=page(1, 0).replace('<nav class="pages">', f'<nav class="pages">{links}').encode())

    with serve(frozenset(), change=comments) as served:
        crawled = crawl(tmp_path, served.address)
        [record] = crawled.records
        assert record["metadata"]["isPartial"] is False and len(record["articleBody"].split("\n\n")) == 5
        assert [path for path in served.paths if "page=" in path] == [STORY + "?page=2"]
        assert len(crawled.reasons("Duplicate")) == 6 and len(crawled.entries) == crawled.discovered
