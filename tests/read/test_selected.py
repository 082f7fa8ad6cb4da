"""A page that is read with a person's own selectors."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from newscrawl import Article, Person, extract, make_selectors

WORDS = "The council met in the old town hall and spoke of the harbour for three long hours before it voted."
PAGE = f"""<!doctype html><html lang="de"><head><title>Site</title><meta name="who" content="Ada Lind"></head><body>
<div class="top">Herald of the Coast</div>
<h1>Ask the editors</h1><p class="t">Harbour wall is to be raised</p>
<div class="by">Von <a href="/p/1">Per Anders</a> und <a href="/p/2">Di Wu</a></div>
<span class="when">04.03.2026, 10:30 Uhr</span><time datetime="2026-03-05T08:00:00+01:00">gestern</time>
<div class="story"><h1>Harbour wall is to be raised</h1>
<p>First: {WORDS}</p><div class="promo">Buy our <a href="/shop">calendar</a> now, says the shop of the paper.</div>
<p>Second: {WORDS} <i class="ad">Anzeige!</i></p></div>
<div class="more"><p>Elsewhere: {WORDS}</p><p>And elsewhere: {WORDS}</p></div></body></html>"""
BERLIN = timezone(timedelta(hours=1))


def read(**selectors: str | list[str]) -> Article:
    return extract(PAGE, "https://a.example/1", selectors=make_selectors(**selectors))


def test_the_body_is_what_is_selected_and_nothing_else() -> None:
    article = read(headline=".t", body=".story", strip=[".promo", ".ad"])
    assert article.article_body == f"First: {WORDS}\n\nSecond: {WORDS}"
    assert article.overrides[1:] == ("strip: .promo (1 removed)", "strip: .ad (1 removed)", "body: .story (3 blocks)")


def test_what_is_struck_is_told_as_a_removal() -> None:
    struck = [one for one in read(strip=".promo").removals if one.rule == "selector"]
    assert [one.block.text for one in struck] == ["Buy our calendar now, says the shop of the paper."]
    assert ".promo" in struck[0].reason


def test_the_first_selector_that_matches_counts() -> None:
    assert read(headline=[".none", ".t", "h1"]).headline == "Harbour wall is to be raised"
    assert "Elsewhere" not in read(body=[".none", ".story"]).article_body
    assert "First" not in read(body=[".more", ".story"]).article_body


def test_each_selected_element_is_one_author_as_written() -> None:
    assert read(authors=".by a").authors == (
        Person("Per Anders", "https://a.example/p/1"),
        Person("Di Wu", "https://a.example/p/2"),
    )
    assert read(authors="meta[name=who]").authors == (Person("Ada Lind"),)
    assert read(authors="meta[name=who]::attr(content)").authors == (Person("Ada Lind"),)


def test_a_line_of_several_names_is_taken_apart() -> None:
    assert len(read(authors=".by").authors) == 2


def test_a_date_is_read_in_the_language_of_the_page() -> None:
    shown = read(date=".when").date_published
    assert shown is not None and (shown.month, shown.day, shown.hour) == (3, 4, 10)
    assert read(date="time").date_published == datetime(2026, 3, 5, 8, tzinfo=BERLIN)
    assert read(date="time::attr(datetime)").date_published_raw == "2026-03-05T08:00:00+01:00"


def test_a_selector_that_matches_nothing_changes_nothing_and_is_told() -> None:
    plain, other = extract(PAGE, "https://a.example/1"), read(headline="h9", body=".none", date=".t", authors=".none")
    assert (other.headline, other.article_body, other.authors) == (plain.headline, plain.article_body, plain.authors)
    assert other.date_published == plain.date_published
    assert other.overrides == (
        "headline: h9 matches nothing usable",
        "authors: .none matches nothing usable",
        "date: .t matches nothing usable",
        "body: .none matches no text",
    )


def test_the_whole_page_is_never_struck() -> None:
    assert "First" in read(strip="body", body=".story").article_body
