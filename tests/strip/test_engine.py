"""The engine that runs the rules: failures, names, bounds, and the text that is left."""

import pytest

from newscrawl.article import Article, Block, Kind, Page, Removal
from newscrawl.read import read_blocks
from newscrawl.strip import RULES, strip
from newscrawl.strip.engine import MAX_REMOVALS


def article_of(text):
    return Article("https://news.example/a", headline="T", blocks=(Block(0, Kind.PARAGRAPH, text),))


def test_a_rule_that_raises_loses_only_its_own_removals(monkeypatch, caplog):
    def broken(article):
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(RULES, "breadcrumb", broken)
    article = article_of("**Bold** words.")
    assert strip(article).article_body == "Bold words."
    assert "breadcrumb" in caplog.text
    with pytest.raises(RuntimeError):
        strip(article, strict=True)


def test_a_removal_names_its_rule_and_an_unknown_rule_is_an_error():
    article = article_of("**Bold** words.")
    removals = strip(article).removals
    assert {removal.rule for removal in removals} == {"markup"}
    assert all(isinstance(removal, Removal) for removal in removals)
    with pytest.raises(ValueError, match="nonsense"):
        strip(article, without=["nonsense"])


def test_the_removals_of_a_rule_are_bounded(monkeypatch):
    article = article_of("word " * MAX_REMOVALS)
    [block] = article.blocks
    monkeypatch.setitem(
        RULES, "markup", lambda article: (Removal(block, "a word", (n, n + 1)) for n in range(10 * MAX_REMOVALS))
    )
    assert len(strip(article, without=set(RULES) - {"markup"}).removals) == MAX_REMOVALS


def test_an_entity_for_a_space_leaves_a_space():
    article = article_of("The council&nbsp;of Vel**mora** voted.")
    assert strip(article).article_body == "The council of Velmora voted."


def test_invisible_characters_leave_one_space_between_words_and_none_elsewhere():
    html = (
        "<p>\u200b&nbsp;The council&amp;nbsp; voted after five&#8203; ho&#8203;urs&nbsp;&amp;nbsp;of talk.&amp;nbsp;"
        "</p><p>&#8203;&nbsp;</p>"
    )
    [block] = strip(read_blocks(Page("", f"<article>{html}</article>"))).blocks
    assert block.text == "The council voted after five hours of talk."
