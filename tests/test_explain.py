"""What `--explain` says of each block, in words."""

from __future__ import annotations

from datetime import datetime

from newscrawl.article import Article, Block, Candidate, Kind, Organization, Person, Removal
from newscrawl.decision import using
from newscrawl.explain import choices, explain_lines
from newscrawl.extract import extract
from newscrawl.strip import strip
from newscrawl.text import UNSTATED
from tests.newspaper.site import Newspaper


def test_every_block_says_in_words_what_became_of_it() -> None:
    kept = Block(1, Kind.PARAGRAPH, "The **bridge** is open.", score=0.987)
    beside = Block(2, Kind.LIST_ITEM, "Two lanes", score=0.31, evidence=("a list item near sure story", "a box"))
    caption, unscored = Block(3, Kind.CAPTION, "The bridge", score=0.03), Block(4, Kind.QUOTE, "It is.")
    removals = (
        Removal(Block(0, Kind.HEADING, "News", score=0.03), "not part of the story (0.03)", rule="content"),
        Removal(kept, "Markdown marks of emphasis", (4, 6), "markup"),
        Removal(Block(5, Kind.PARAGRAPH, "Get our newsletter"), "a known phrase", rule="newsletter_line"),
    )
    article = Article(
        "https://a.example/", headline="Open", blocks=(kept, beside, caption, unscored), removals=removals
    )
    with using({"a list item near sure story": 1.1}):
        lines = list(explain_lines(article))
    assert lines == [
        "# Open",
        "# 6 blocks: 4 kept, 1 left out as no part of the story, 1 removed by rules; 8 words in the body",
        "- heading      News    [left out: not part of the story (0.03)]",
        "+ paragraph    The **bridge** is open.    [kept (0.99)]",
        "    - '**'    [removed: markup (Markdown marks of emphasis)]",
        "+ list item    Two lanes    [kept (0.57; a list item near sure story; a box)]",
        "+ caption      The bridge    [kept: the caption of an image, which is not in the body]",
        "+ quote        It is.    [kept]",
        "- paragraph    Get our newsletter    [removed: newsletter line (a known phrase)]",
    ]


def test_the_model_and_the_rules_say_it_of_a_whole_page() -> None:
    newspaper = Newspaper("https://courier.example")
    path = next(iter(newspaper.by_path))
    lines = list(explain_lines(extract(newspaper.answer(path).body, f"https://courier.example{path}")))
    assert any("[left out: not part of the story (0." in line for line in lines)
    assert any("[removed: caption (repeats the caption before it)]" in line for line in lines)
    assert all(line[:2] in ("# ", "+ ", "- ", "  ") for line in lines)
    assert list(explain_lines(strip(Article("https://a.example/")))) == [
        "# (no headline)",
        "# 0 blocks: 0 kept, 0 left out as no part of the story, 0 removed by rules; 0 words in the body",
    ]


FOUND = (
    Candidate("headline", "Bridge is open", "<h1>", "the only <h1>"),
    Candidate("headline", "Bridge \n is open | Courier", "<title>"),
    Candidate("authors", "Ada Lind", "meta author", "the first of these that names a person"),
    Candidate("date published", "soon", "<time>"),
    Candidate("publisher", "Courier", "JSON-LD publisher", "the first of these that can be used"),
    Candidate("language", "en", "<html lang>"),
    Candidate("language", "de", "text", "the text contradicts what is stated"),
    Candidate("free to read", "False", "JSON-LD isAccessibleForFree", "the first of these that can be used"),
)


def test_the_candidates_of_a_field_follow_its_value_and_why_it_was_taken() -> None:
    article = Article(
        "https://a.example/",
        headline="Bridge is open",
        authors=(Person("Ada Lind"),),
        date_modified=datetime(2026, 3, 5, tzinfo=UNSTATED),
        date_modified_raw="5 March 2026",
        publisher=Organization("Courier"),
        in_language="de",
        is_accessible_for_free=False,
        candidates=FOUND,
    )
    assert list(explain_lines(article))[2:] == [
        "# headline: Bridge is open    [the only <h1>]",
        "#   + Bridge is open    [<h1>]",
        "#   - Bridge is open | Courier    [<title>]",
        "# authors: Ada Lind    [the first of these that names a person]",
        "#   + Ada Lind    [meta author]",
        "# date published: (none)    [the page states nothing usable]",
        "#   - soon    [<time>]",
        "# date modified: 2026-03-05    [not of the page, but of what named its address]",
        "# publisher: Courier    [the first of these that can be used]",
        "#   + Courier    [JSON-LD publisher]",
        "# section: (none)    [the page states nothing usable]",
        "# language: de    [the text contradicts what is stated]",
        "#   - en    [<html lang>]",
        "#   + de    [text]",
        "# description: (none)    [the page states nothing usable]",
        "# free to read: no    [the first of these that can be used]",
        "#   + False    [JSON-LD isAccessibleForFree]",
    ]


def test_a_selector_or_page_object_is_the_reason_where_it_gave_the_value() -> None:
    notes = (
        "authors: .who",
        "headline: .none matches nothing usable",
        "page object: a:B (headline, datePublished, inLanguage)",
    )
    article = Article("https://a.example/", headline="Other", candidates=FOUND, overrides=notes)
    reasons = {choice.field: choice.why for choice in choices(article)}
    assert reasons["authors"] == "authors: .who"
    assert reasons["headline"] == reasons["date published"] == reasons["language"] == notes[2]
    taken = {choice.field for choice in choices(article) if any(is_taken for _, is_taken in choice.candidates)}
    assert taken == {"publisher", "free to read"}
