"""From which probability on a page is an article, and what it is otherwise, by the name that a person would give it."""

from __future__ import annotations

from newscrawl.article import BODY_KINDS, Article, Kind
from newscrawl.text import ends_sentence, length
from newscrawl.urls import split

#: A page whose probability of being an article is lower is refused.
LEAST_PROBABILITY = 0.08
#: The same of a page that states that it shows one of these, and of verses, unless it says that it is an article.
STATED_PROBABILITY, _STATED = 0.8, frozenset({"product", "event", "music", "video"})
VERSE_PROBABILITY = 0.6
#: The same of a page whose URL says that it is no article.
URL_PROBABILITY = 0.4
#: What a page says it shows -> the reason of its refusal, and its name.
_NAMES = {
    "product": ("OtherPage", "a product or another offer"),
    "business": ("OtherPage", "a service or a business"),
    "event": ("OtherPage", "a notice of an event or a programme"),
    "music": ("OtherPage", "a song"),
    "recipe": ("OtherPage", "a recipe"),
    "forum": ("OtherPage", "a thread of a forum or a page of questions"),
    "video": ("VideoPage", "a video or a broadcast"),
    "listing": ("SectionPage", "a list of pages"),
}
#: Steps of a URL -> what the page shows.
_STEPS = {
    step: kind
    for kind, steps in {
        "product": "product products produkt produkte shop store",
        "event": "event events seminar seminars seminare termine veranstaltungen programme schedule",
        "forum": "forum forums thread threads discussion questions",
        "video": "video videos watch mediathek",
        "music": "lyrics songs songtexte",
    }.items()
    for step in steps.split()
}
#: Words of the longest verse, how many verses make a song, and their share of all lines.
_VERSE_WORDS, _LEAST_VERSES, _MOSTLY = 12, 6, 0.7
_RUNNING = frozenset({Kind.PARAGRAPH, Kind.QUOTE, Kind.PREFORMATTED})


def least_probability(article: Article, says_article: bool) -> float:
    """The least probability with which this page is an article. says_article: its metadata call it one."""
    if says_article:
        return LEAST_PROBABILITY
    if article.page_type in _STATED:
        return STATED_PROBABILITY
    if _is_verse(article):
        return VERSE_PROBABILITY
    return URL_PROBABILITY if _shown_by_url(article) else LEAST_PROBABILITY


def _shown_by_url(article: Article) -> str | None:
    """What a step of the URL says that the page shows."""
    steps = split(article.url).path.lower().split("/")
    return next((_STEPS[step] for step in steps if step in _STEPS), None)


def name_of(article: Article, has_many_links: bool) -> tuple[str, str]:
    """Reason and name of a page that is no article, from what it or its URL says it shows, its verses and its links.

    has_many_links: there are more words in links than half of those of the story.
    """
    shown = article.page_type or _shown_by_url(article)
    if shown in _NAMES:
        return _NAMES[shown]
    if _is_verse(article):
        return "OtherPage", "a song or a poem"
    if has_many_links:
        return "SectionPage", "a page of links"
    return "OtherPage", "a page of another kind"


def _is_verse(article: Article) -> bool:
    """Is the text made of short lines that end without a full stop, and that are no list?"""
    blocks = [block for block in article.blocks if block.kind in BODY_KINDS]
    lines = [(block.kind in _RUNNING, line) for block in blocks for line in block.text.split("\n") if line.strip()]
    verses = sum(runs and length(line) <= _VERSE_WORDS and not ends_sentence(line) for runs, line in lines)
    return verses >= _LEAST_VERSES and verses > _MOSTLY * len(lines)


def links(article: Article) -> int:
    """Words inside links, in the blocks that are not story."""
    return sum(removal.block.words_in_links for removal in article.removals if removal.span is None)


def links_in_story(article: Article) -> int:
    """Words inside links, in the blocks of the story."""
    return sum(block.words_in_links for block in article.blocks)
