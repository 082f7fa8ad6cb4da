"""Articles as Markdown."""

from __future__ import annotations

from datetime import datetime

from newscrawl.article import Article, Block, Kind, Person
from newscrawl.markdown import markdown
from newscrawl.text import UNSTATED


def of(*blocks: tuple[Kind, str], **fields: object) -> str:
    made = tuple(
        Block(index, kind, text, level=3 if kind is Kind.HEADING else 0) for index, (kind, text) in enumerate(blocks)
    )
    return markdown(Article("https://a.example/1", blocks=made, **fields))  # type: ignore[arg-type]


def test_the_headline_is_followed_by_a_line_with_authors_and_date() -> None:
    date = datetime(2026, 11, 1, tzinfo=UNSTATED)
    text = of(
        (Kind.PARAGRAPH, "Text."),
        headline="A *new* day",
        authors=(Person("Ada Lind"), Person("B C")),
        date_published=date,
    )
    assert text == "# A \\*new\\* day\n\n*Ada Lind, B C, 2026-11-01*\n\nText.\n"


def test_every_kind_of_block_has_its_markup() -> None:
    text = of(
        (Kind.HEADING, "Part one"),
        (Kind.LIST_ITEM, "one"),
        (Kind.LIST_ITEM, "two"),
        (Kind.QUOTE, "said\nso"),
        (Kind.PREFORMATTED, "a *b*"),
        (Kind.TABLE, "x | y\n1 | 2\n3"),
        (Kind.CAPTION, "not text"),
        (Kind.PARAGRAPH, "end"),
    )
    assert text.split("\n\n") == [
        "### Part one",
        "- one\n- two",
        "> said  \n> so",
        "```\na *b*\n```",
        "| x | y |\n| --- | --- |\n| 1 | 2 |\n| 3 |  |",
        "end\n",
    ]


def test_text_is_no_markup() -> None:
    cases = ["# 1 place", "- dash", "+ plus", "12. May", "2) second", "| bar", "===", "[x](y) <b> `c` _d_ \\e"]
    escaped = of(*((Kind.PARAGRAPH, case) for case in cases)).rstrip("\n").split("\n\n")
    assert escaped == ["\\# 1 place", "\\- dash", "\\+ plus", "12\\. May", "2\\) second", "\\| bar", "\\===",
                       "\\[x\\](y) \\<b\\> \\`c\\` \\_d\\_ \\\\e"]  # fmt: skip
    assert of((Kind.PARAGRAPH, "#hashtag, 3.5 and - in the midst")) == "#hashtag, 3.5 and - in the midst\n"


def test_an_article_without_anything_is_an_empty_text() -> None:
    assert of() == "\n"
