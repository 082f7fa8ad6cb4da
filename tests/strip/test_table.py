"""The table of rules: what is imported when, and which rules run on a page."""

import gc
import subprocess
import sys
from dataclasses import replace

from bench.dirty.page import make_pages
from newscrawl.article import Article, Block, Kind, Page
from newscrawl.read import read
from newscrawl.strip import RULES, strip
from newscrawl.strip.finders import by_phrase, where_found
from newscrawl.strip.view import View, view_of

PAGES = [Page(page.url, page.html) for page in make_pages(26, 3)]


def test_the_rules_are_known_by_name_before_any_is_imported():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from newscrawl.strip import RULES; print('share' in RULES and len(RULES) > 40,"
            " sum(name.startswith('newscrawl.strip.rules.') for name in sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["True", "0"]


def test_a_rule_that_is_not_run_would_have_named_nothing():
    marked = {name: rule for name, rule in RULES.items() if hasattr(rule, "where_found")}
    assert len(marked) > 30
    skipped = 0
    for page in PAGES:
        article = read(page)
        run = dict(RULES.that_may_find(view_of(article).signs))
        for name in marked.keys() - run.keys():
            assert not list(marked[name](article)), name
            skipped += 1
    assert skipped > 0.8 * len(PAGES) * len(marked)


def test_a_rule_runs_only_where_its_phrase_is_found(monkeypatch):
    asked = []

    @where_found(phrases="share")
    def rule(article):
        asked.append(article.url)
        yield from by_phrase(article, "share")

    monkeypatch.setitem(RULES, "share", rule)
    for url, line in (("https://news.example/a", "Share this article"), ("https://news.example/b", "Quiet streets")):
        strip(Article(url, headline="Rain", blocks=(Block(0, Kind.PARAGRAPH, line),)), strict=True)
    assert asked == ["https://news.example/a"]


def test_stripping_makes_few_of_the_blocks_that_were_left_out():
    made = total = 0
    for page in PAGES:
        article = read(page)
        left_out = article.removals.left_out
        asked = []
        make = left_out._make
        left_out._make = lambda index, asked=asked, make=make: asked.append(index) or make(index)
        strip(article, strict=True)
        made, total = made + len(asked), total + len(left_out)
    assert total > 20 * len(PAGES)
    assert made < 0.2 * total


def test_articles_made_by_hand_are_stripped_alike():
    for page in PAGES:
        article = read(page)
        by_hand = replace(article, removals=tuple(article.removals))
        assert strip(by_hand, strict=True) == strip(article, strict=True)


def test_a_fault_in_what_all_rules_look_at_costs_only_the_rules_that_look_at_it(monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("newscrawl.strip.view.find_phrases", broken)
    article = Article("https://news.example/a", headline="T", blocks=(Block(0, Kind.PARAGRAPH, "**Bold** words."),))
    assert strip(article).article_body == "Bold words."
    assert "rule share failed" in caplog.text


def test_nothing_of_a_page_is_kept_once_it_is_stripped():
    strip(read(PAGES[0]))
    gc.collect()
    assert not [one for one in gc.get_objects() if type(one) is View]


def test_a_block_that_was_left_out_is_known_to_be_no_button_before_it_is_made():
    buttons = 0
    for page in PAGES:
        left_out = read(page).removals.left_out
        said = {index: left_out.may_be_button(index) for index in left_out}
        for index, removal in left_out.items():
            steps = removal.block.path.steps[-2:]
            is_button = any(step.tag == "button" or step.attributes.get("role") == "button" for step in steps)
            assert said[index] == is_button, removal.block.text
            buttons += is_button
    assert buttons
