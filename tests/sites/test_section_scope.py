"""What belongs to a section that is crawled."""

from __future__ import annotations

import pytest

from newscrawl.article import Link
from newscrawl.sites import SectionScope

SECTION = "https://a.example/politics/"


def scope(*urls: str, start: str = SECTION) -> SectionScope:
    made = SectionScope([start])
    made.learn(start, [Link(url) for url in urls])
    return made


@pytest.mark.parametrize("start", ["https://a.example/", "https://a.example", "https://a.example/index.html"])
def test_a_start_without_a_path_stands_for_the_whole_site(start: str) -> None:
    whole = SectionScope([start])
    assert whole.is_whole and whole.wants_article("https://a.example/x/y") and whole.wants_list("https://a.example/z")
    assert SectionScope([start, SECTION]).is_whole


@pytest.mark.parametrize(
    ("start", "url", "is_inside"),
    [
        (SECTION, "https://a.example/politics/2026/x", True),
        (SECTION, "http://www.a.example/politics/x.html", True),
        (SECTION, "https://a.example/politics", True),
        (SECTION, "https://a.example/politicsandmore/x", False),
        (SECTION, "https://a.example/sport/politics/x", False),
        ("https://a.example/politics.html", "https://a.example/politics/x", True),
        ("https://a.example/en/index.php", "https://a.example/en/x", True),
        ("https://a.example/politik/%C3%B6sterreich/", "https://a.example/politik/österreich/x", True),
    ],
)
def test_what_stands_below_its_path_belongs_to_a_section(start: str, url: str, is_inside: bool) -> None:
    assert SectionScope([start]).wants_article(url) is is_inside


def test_where_articles_stand_below_the_path_nothing_else_is_wanted() -> None:
    nested = scope(f"{SECTION}2026/a", f"{SECTION}2026/b", "https://a.example/sport/c")
    assert not nested.wants_article("https://a.example/sport/c", SECTION)
    assert nested.wants_source("https://a.example/sitemap.xml"), "it names those of the section, too"
    assert not nested.wants_list("https://a.example/sport/") and nested.wants_list(f"{SECTION}europe/")


def test_where_they_do_not_the_lists_of_the_section_decide() -> None:
    flat = scope("https://a.example/2026/a", "https://a.example/2026/b")
    assert flat.wants_article("https://a.example/2026/a", SECTION)
    assert flat.wants_article("https://a.example/2026/c", f"{SECTION}page/2")
    assert flat.wants_article("https://a.example/2026/c", "https://a.example/rss/politics.xml")
    assert not flat.wants_article("https://a.example/2026/c", "https://a.example/rss/sport.xml")
    assert not flat.wants_article("https://a.example/2026/c", "https://a.example/")
    assert not flat.wants_article("https://a.example/2026/c", "")
    assert not flat.wants_source("https://a.example/sitemap.xml")
    assert flat.wants_source("https://a.example/feeds/politics")


def test_a_quarter_of_a_list_below_the_path_is_enough() -> None:
    others = [f"https://a.example/{name}/x" for name in "abc"]
    quarter = scope(f"{SECTION}2026/a", *others)
    assert not quarter.wants_article("https://a.example/a/x", SECTION)
    assert scope(f"{SECTION}2026/a", *others, "https://a.example/d/x").wants_article("https://a.example/a/x", SECTION)


def test_a_list_without_articles_teaches_nothing() -> None:
    unknown = scope()
    assert not unknown.wants_article("https://a.example/2026/a", SECTION)
    assert unknown.wants_source("https://a.example/sitemap.xml")


def test_a_section_that_moved_stands_at_its_new_path() -> None:
    moved = SectionScope([SECTION])
    moved.moved(SECTION, "https://a.example/en/politics/")
    assert moved.wants_article("https://a.example/en/politics/x") and not moved.wants_article(f"{SECTION}x")
    moved.moved(SECTION, "https://a.example/")
    assert not moved.is_whole and not moved.wants_article("https://a.example/x"), "a redirect home widens nothing"


def test_each_of_several_sections_is_wanted() -> None:
    both = SectionScope([SECTION, "https://a.example/economy/"])
    both.learn(SECTION, [Link("https://a.example/2026/a")])
    assert both.wants_article("https://a.example/economy/x") and both.wants_article("https://a.example/2026/a", SECTION)
    assert not both.wants_article("https://a.example/2026/a", "https://a.example/economy/")
