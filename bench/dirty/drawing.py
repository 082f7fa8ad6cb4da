"""Which pieces of dirt a page gets: some are on every page, the others are drawn by their weights."""

from __future__ import annotations

from bench.dirty import makers, spoilers
from bench.dirty.dirt import Piece
from bench.dirty.makers import Maker, simple, titles
from bench.dirty.story import Story
from bench.dirty.words import Words

#: On every page.
ALWAYS = (
    simple("navigation", "nav", "i", "top"),
    simple("footer", "footer", "i", "bottom"),
    makers.byline,
    simple("date_line", "date_line", "l", "head", loose=0.2),
)

#: Makers and their weights.
DRAWN: tuple[tuple[Maker, float], ...] = (
    (simple("breadcrumb", "breadcrumb", "i", "top", "head"), 1),
    (simple("kicker", "kicker", "l", "head"), 1),
    (simple("reading_time", "reading_time", "l", "head"), 1),
    (simple("audio_player", "audio_player", "br", "head", "amid"), 1),
    (simple("share", "share", "la", "head", "end", "amid"), 2),
    (simple("print_mail", "print_mail", "a", "head", "end"), 1),
    (simple("font_size", "font_size", "b", "head"), 1),
    (makers.read_also_link, 1.5),
    (makers.read_also_label, 1.5),
    (makers.read_also_capitals, 0.8),
    (makers.read_also_list, 1),
    (spoilers.read_also_bracket, 1),
    (titles("related", "related", "amid", "end", "below"), 1.5),
    (titles("most_read", "most_read", "side", "below", "amid"), 1),
    (makers.recommendation, 1),
    (simple("newsletter_box", "newsletter_box", "hllb", "amid", "end", "below"), 1.2),
    (simple("newsletter_line", "newsletter_line", "l", "amid", "end", loose=0.7), 1),
    (simple("app_promotion", "app_promotion", "lb", "amid", "end", loose=0.4), 1),
    (simple("follow_us", "follow_us", "la", "amid", "end", loose=0.5), 1),
    (simple("advertisement label", "ad", "l", "amid", "amid", "end", loose=0.4), 1.5),
    (simple("sponsored", "sponsored", "rhl", "amid", "end"), 1),
    (simple("embed_consent", "embed", "hlb", "amid"), 1),
    (simple("consent", "cookie", "hlb", "top", "bottom"), 1),
    (simple("paywall", "paywall", "hlb", "end"), 1),
    (simple("donation", "donation", "hlb", "end", "amid"), 1),
    (makers.author_box, 1),
    (makers.tags, 1),
    (simple("categories", "categories", "l", "end", "head"), 1),
    (simple("copyright", "copyright", "l", "end", "bottom", loose=0.4), 1),
    (simple("agency", "agency", "l", "end", loose=0.7), 1),
    (simple("previous_next", "previous", "la", "below", "end"), 0.7),
    (simple("previous_next", "next", "la", "below", "end"), 0.7),
    (simple("reactions", "reactions", "lb", "end"), 1),
    (simple("poll", "poll", "hnnb", "amid", "end"), 1),
    (simple("rating", "rating", "lb", "end"), 1),
    (simple("error_report", "error_report", "l", "end", loose=0.5), 1),
    (simple("comment_form", "comment_form", "hlb", "below"), 1),
    (simple("comments", "comments", "hrl", "below"), 1.2),
    (simple("video_player", "video_player", "lb", "amid", "head"), 1),
    (simple("video_title", "video_title", "a", "amid", loose=0.5), 1),
    (simple("gallery counter", "gallery", "l", "amid", "head"), 1),
    (makers.caption, 1.5),
    (makers.hidden, 1.2),
    (simple("skip_link", "skip", "a", "top"), 1),
    (simple("noscript", "noscript", "l", "top", "amid"), 0.7),
    (makers.table_of_contents, 0.8),
    (makers.pull_quote, 1),
    (spoilers.markdown, 0.6),
    (makers.markdown_line, 0.6),
    (spoilers.entities, 0.6),
    (spoilers.broken_tags, 0.6),
    (makers.placeholder, 1),
    (makers.live, 0.4),
    (simple("source line", "source_line", "l", "end", loose=0.7), 0.5),
)


def draw(words: Words, story: Story, count: int) -> list[Piece]:
    """The pieces of one page: those of every page, and `count` others of different makers."""
    weights = [weight for _, weight in DRAWN]
    pieces = [make(words, story) for make in ALWAYS]
    chosen: list[int] = []
    while len(chosen) < count:
        index = words.chance.choices(range(len(DRAWN)), weights)[0]
        if index not in chosen:
            chosen.append(index)
    return pieces + [DRAWN[index][0](words, story) for index in chosen]
