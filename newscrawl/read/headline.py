"""The headline: the title that the page shows, without the site's name.

It is the visible <h1> that best agrees with the titles that the page states (og:title, JSON-LD, <title> ...). If there
is no such heading, one of the stated titles is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from newscrawl.candidates import Candidate
from newscrawl.read.date_places import is_in_masthead
from newscrawl.read.kicker import without_kicker, without_page
from newscrawl.read.layout import Layout
from newscrawl.read.site_name import (
    before_bar,
    logo_names,
    names_beside,
    site_names,
    without_own_name,
    without_site_name,
)
from newscrawl.read.structured import MAX_VALUE, Node, Structured, item_value
from newscrawl.text import clean, fold, length, words

_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
#: A lone <title> with at most this many words may be nothing but the site's name.
_NAME_WORDS = 4
#: The words that a heading and a title share at least, where one of them says more.
_TITLE_WORDS = 4
#: The size of a short heading at least: in words, and in a script without spaces.
_LEAST_WORDS, _LEAST_WIDE = 2, 2.5
#: Words of which the labels of sections consist.
_SECTIONS = frozenset(
    "news latest breaking top stories story articles article home local world national international regional business"
    " sport sports politics opinion culture science technology health video videos and the of all more our blog press"
    " releases nachrichten lokales aktuelles aktuell politik wirtschaft kultur meinung und panorama actualités"
    " actualité monde économie société politique et noticias actualidad mundo economía política deportes cultura y"
    " notizie cronaca economia esporte esportes notícias".split()
)
#: From this share of linked characters on, a line is a link.
_LINKED = 0.5
#: Why a line was taken that is no <h1>.
_LINE = "the first line that shows a stated title, which no <h1> does"
#: The likeness of a heading that is a title, and of one that is surely none of something else.
_EXACT, _LIKE = 2.0, 0.6


def plain(value: object) -> str:
    """A stated value, or the first of a list, as plain text without entities and tags; "" if it is not text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return ""
    text = unescape(value[:MAX_VALUE])
    return clean(_TAGS.sub("", unescape(text) if "&" in text else text))


class ChosenHeadline(NamedTuple):
    """The headline, another title, the index of the block that shows the headline, and why; what is missing is None.

    taken: the title as it was found, before the site's name and the like were cut off.
    """

    text: str | None
    alternative: str | None = None
    shown: int | None = None
    taken: str = ""
    why: str = ""


def _stated_titles(found: Structured, article: Node) -> list[tuple[str, str]]:
    """The titles that a page states, each after where it does."""
    stated = [
        ("JSON-LD headline", plain(article.get("headline"))),
        ("meta og:title", plain(found.first("og:title"))),
        ("meta twitter:title", plain(found.first("twitter:title"))),
        ("JSON-LD name", plain(article.get("name"))),
        ("<title>", plain(found.title)),
    ]
    return stated + [("microdata headline", item_value(node)) for node in found.items.get("headline", ())[:1]]


def choose_headline(found: Structured, article: Node, layout: Layout, url: str) -> ChosenHeadline:
    """The headline, an alternative headline, and the index of the block that shows the headline; each may be None."""
    names = site_names(found, article, url)
    stated = [title for _, title in _stated_titles(found, article)]
    names |= logo_names(layout, stated)
    bare = {title: before_bar(own) for title in stated if title and (own := without_site_name(title, names, url))}
    titles = [bare[title] for title in stated if title in bare]
    headings = _headings(layout)
    whole = [title for title in stated if title]
    shown, score = _best_heading(headings, titles, whole, names | names_beside(whole))
    why = "the <h1> that agrees best with the stated titles"
    if score < _LIKE and (other := _heading_with_title(layout, titles)) is not None:
        shown, why = other, _LINE
    if shown is None and (shown := _heading_without_title(headings, titles, names)):
        why = "the <h1>, since no title of the story is stated"
    if shown is None and titles and (shown := _line_with_title(layout, titles)):
        why = _LINE
    if shown is None and titles and (shown := _lone_heading(headings, names)):
        why = "the only <h1>, which is too long for a label"
    if shown is None and (shown := _short_heading(layout, headings, titles, names)):
        why = "the only <h1>, which stands above the story and is no label"
    if shown is not None:
        index, line = shown
        own = without_own_name(line, names)
        own = before_bar(own) if line in whole else own
        headline = without_page(without_kicker(own, titles, names))
        return ChosenHeadline(headline, _alternative(headline, titles), index, line, why)
    most = _most_stated(titles)
    headline = without_page(most or "")
    if not headline:
        return ChosenHeadline(None)
    taken = next(title for title, own in bare.items() if own == most)
    why = "no line shows a title, and this one is stated most often, or first"
    return ChosenHeadline(headline, _alternative(headline, titles), None, taken, why)


def headline_candidates(
    found: Structured, article: Node, layout: Layout, chosen: ChosenHeadline
) -> Iterator[Candidate]:
    """All titles that a page states or shows in an <h1>. chosen: what `choose_headline` made of them."""
    stated = [one for one in _stated_titles(found, article) if one[1]]
    shown = {index: ("<h1>", text) for index, text in _headings(layout)}
    if chosen.shown is None:
        taken = next((one for one in stated if one[1] == chosen.taken), None)
    else:
        taken = shown.setdefault(chosen.shown, (f"<{layout.tags[layout.places[chosen.shown]]}>", chosen.taken))
    for source, title in dict.fromkeys([*shown.values(), *stated]):
        yield Candidate("headline", title, source, chosen.why if (source, title) == taken else "")


def _headings(layout: Layout) -> list[tuple[int, str]]:
    """(index, text) of the visible <h1> blocks."""
    return [
        (i, layout.texts[i].replace("\n", " "))
        for i, level in enumerate(layout.levels)
        if level == 1 and _is_shown(layout, i)
    ]


def _line_with_title(layout: Layout, titles: list[str]) -> tuple[int, str] | None:
    """(index, line) of the first block whose first line is one of the titles.

    Headings take precedence; other blocks need at least three words.
    """
    keys = {fold(title) for title in titles}
    longest = max(map(len, keys)) + 20
    lines = [
        (i, text.split("\n")[0])
        for i, text in enumerate(layout.texts)
        if len(text) <= longest or "\n" in text[: longest + 1] or layout.levels[i]
    ]
    same = [(i, line) for i, line in lines if len(line) <= longest and fold(line) in keys]
    headings = (one for one in same if layout.levels[one[0]] > 1 and len(words(one[1])) > 1)
    return (
        next(headings, None)
        or next((one for one in same if len(words(one[1])) > 2), None)
        or next((one for one in lines if layout.levels[one[0]] in (2, 3) and _has_title(one[1], titles)), None)
    )


def _heading_with_title(layout: Layout, titles: list[str]) -> tuple[int, str] | None:
    """(index, text) of the first heading below <h1> that is a stated title of some length."""
    keys = {fold(title) for title in titles if len(words(title)) >= _TITLE_WORDS}
    return next(
        ((i, layout.texts[i]) for i, level in enumerate(layout.levels) if level > 1 and fold(layout.texts[i]) in keys),
        None,
    )


def _lone_heading(headings: list[tuple[int, str]], names: set[str]) -> tuple[int, str] | None:
    """The <h1>, if the page has one alone, and it is too long to be a label."""
    if len({text for _, text in headings}) != 1 or "".join(words(headings[0][1])) in names:
        return None
    return headings[0] if len(words(headings[0][1])) > _TITLE_WORDS else None


def _short_heading(
    layout: Layout, headings: list[tuple[int, str]], titles: list[str], names: set[str]
) -> tuple[int, str] | None:
    """The only <h1>, above the story, where what is stated may be the site's name, and the heading is no label."""
    if len({text for _, text in headings}) != 1 or any(_size(title) > _NAME_WORDS for title in titles):
        return None
    index, text = headings[0]
    own = words(text)
    least = _LEAST_WORDS if len(own) == len(text.split()) > 1 else _LEAST_WIDE
    is_name = any(name.startswith("".join(own)) for name in names)  # one is that of the host
    if _size(text) < least or is_name or not set(own).difference(_SECTIONS) or is_in_masthead(layout, index, None):
        return None
    links = [fold(layout.texts[i]) for i in range(index) if layout.link_shares[i] >= _LINKED]
    is_label = layout.link_shares[index] >= _LINKED or any(fold(text) in link for link in links)
    is_above = sum(map(len, layout.texts[:index])) < sum(map(len, layout.texts[index + 1 :]))
    return headings[0] if is_above and not is_label else None


def _size(text: str) -> float:
    """The length of a title in words; two signs of a script without spaces are one."""
    return max(len(words(text)), length(text) - 1)


def _has_title(heading: str, titles: list[str]) -> bool:
    """Does a title begin with a heading, or a heading end with a title? Each has at least four words."""
    own = words(heading)
    for title in titles:
        stated = words(title)
        least = min(len(own), len(stated))
        if least >= _TITLE_WORDS and (stated[:least] == own or own[-least:] == stated):
            return True
    return False


def _is_shown(layout: Layout, index: int) -> bool:
    element, steps = layout.places[index], 0
    while element > 0 and steps < 6:
        attributes = layout.attributes[element]
        if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", ""):
            return False
        element = layout.parents[element]
        steps += 1
    return True


def _best_heading(
    headings: list[tuple[int, str]], titles: list[str], whole: list[str], names: set[str]
) -> tuple[tuple[int, str] | None, float]:
    """The <h1> that is most similar to a stated title, and how similar. The only <h1> of a page needs little.

    headings: (index of the block, text).
    titles: stated titles, without the site's name. whole: the same with it.
    names: of the site; a heading that is one of them is never chosen.
    """
    best: tuple[int, str] | None = None
    best_score, best_length = 0.0, 0
    statements = [words(statement) for statement in dict.fromkeys(titles)]
    exact = [words(statement) for statement in set(whole).difference(titles)]
    for index, text in headings[:60]:
        own = words(text)
        if "".join(own) in names or not own:
            continue
        score = _EXACT if own in exact else 0.0
        for statement in statements:
            if statement == own:
                score = _EXACT
                break
            common = len(set(own) & set(statement))
            score = max(
                score, common / len(set(own) | set(statement)), 0.9 * common / len(set(own)) if len(own) > 2 else 0.0
            )
        if (score, len(own)) > (best_score, best_length) if score >= _EXACT else score > best_score:
            best, best_score, best_length = (index, text), score, len(own)
    is_like = best_score >= 0.35 or (len(headings) == 1 and best_score >= 0.15)
    return (best, best_score) if is_like else (None, 0.0)


def _heading_without_title(
    headings: list[tuple[int, str]], titles: list[str], names: set[str]
) -> tuple[int, str] | None:
    """The first <h1>, where no title is stated; the only one, where what is stated must be the site's name."""
    lone = [(i, t) for i, t in headings if "".join(words(t)) not in names and len(words(t)) > 2]
    if lone and (
        not titles
        or (len(headings) == len(titles) == 1 and len(words(titles[0])) <= _NAME_WORDS < len(words(lone[0][1])))
    ):
        return lone[0]  # the stated title is short and unlike the only heading, so it is the site's name
    return None


def _most_stated(titles: list[str]) -> str | None:
    """The title that is stated most often; the first of several such titles."""
    if not titles:
        return None
    folded = [fold(title) for title in titles]
    return max(titles, key=lambda title: (folded.count(fold(title)), -titles.index(title)))


def _alternative(headline: str, titles: list[str]) -> str | None:
    for title in titles:
        if fold(title) != fold(headline) and len(words(title)) > 2:
            return title
    return None
