"""The headline: the title that the page shows, without the site's name.

It is the visible <h1> that best agrees with the titles that the page states (og:title, JSON-LD, <title> ...). If there
is no such heading, one of the stated titles is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from newscrawl.read.kicker import MAX_TITLE, without_kicker, without_page
from newscrawl.read.layout import Layout
from newscrawl.read.structured import MAX_VALUE, Node, Structured, item_value
from newscrawl.text import clean, fold, words
from newscrawl.urls import split

#: What separates a title from the site's name.
_SEPARATOR = re.compile(
    r"\s{1,9}(?:[-–—|•·»«~]|::|\|\||//|>|<|/)\s{1,9}"
    r"|\s{0,9}[|•»｜ㅣ]\s{0,9}"
    r"|(?<=\w):\s{1,9}(?=\S+$)"
    # Chinese, Japanese and Korean titles do without spaces
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af…」』！？])\s?[-_–]\s?(?=[\u3040-\u9fff\uac00-\ud7af])"
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
#: A lone <title> with at most this many words may be nothing but the site's name.
_NAME_WORDS = 4
#: The words that a heading and a title share at least, where one of them says more.
_TITLE_WORDS = 4


def site_names(found: Structured, article: Node, url: str) -> set[str]:
    """The names by which the site calls itself, and its host; folded, without spaces and signs."""
    names = [
        *found.meta.get("og:site_name", ()),
        *found.meta.get("application-name", ()),
        *found.meta.get("apple-mobile-web-app-title", ()),
    ]
    publisher = article.get("publisher")
    for node in [publisher, *found.of_type("website", "newsmediaorganization", "organization")]:
        if isinstance(node, dict):
            names += [v for v in (node.get("name"), node.get("alternateName")) if isinstance(v, str)]
    names += [host for host in split(url).netloc.lower().removeprefix("www.").split(":")[:1] if host]
    return {"".join(words(name)) for name in names if name}


def without_site_name(title: str, names: Iterable[str], url: str) -> str:
    """Remove leading and trailing parts of a title that are the site's name or resemble its domain."""
    if len(title) > MAX_TITLE:
        return title
    host = re.sub(r"[^a-z0-9]", "", split(url).netloc.lower().removeprefix("www."))
    known = set(names)

    def is_site(part: str) -> bool:
        key = "".join(words(part))
        if not key:
            return True
        ascii_key = re.sub(r"[^a-z0-9]", "", key)
        if any(len(word) >= 5 and word.isascii() and word in host for word in words(part)) and len(words(part)) <= 5:
            return True  # "Velmora Courier" at courier.example
        return (
            key in known
            or (len(ascii_key) >= 3 and host.startswith(ascii_key))
            or any(
                len(n) >= 5 and (key.startswith(n) or (key.endswith(n) and len(key) < 2 * len(n) + 6)) for n in known
            )
        )

    head, colon, tail = title.partition(": ")
    if colon and "".join(words(head)) in known and len(words(tail)) > 2:
        title = tail.strip()
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        last, first = cuts[-1], cuts[0]
        if is_site(title[last.end() :]) and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif is_site(title[: first.start()]) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title


#: A title of Chinese or Japanese signs, and the channel and the site after it.
_CHINESE_TITLE = re.compile(r"([^_]{0,200}[\u3040-\u9fff][^_]{0,200})_[^_]{1,40}(?:_[^_]{1,40}){0,3}")
_CHINESE_TITLE_SIGNS = 8


def _before_bar(title: str) -> str:
    """The title up to the last " | ", or the first "_" of a Chinese one: what follows is the site or a section."""
    chinese = _CHINESE_TITLE.fullmatch(title)
    if chinese and len(chinese[1]) >= _CHINESE_TITLE_SIGNS:
        return chinese[1].strip()
    head, bar, tail = title.rpartition(" | ")
    return head.strip() if bar and len(words(head)) >= 3 and len(words(tail)) <= 5 else title


#: Names of elements that hold the site's name.
_LOGO = re.compile(r"(?<![a-z])(?:logo|brand|site-?(?:logo|name|title)|blog-?(?:name|title))(?![a-z])")
#: Blocks of a page that are searched for the site's name, and its most words.
_LOGO_BLOCKS, _LOGO_WORDS = 40, 6


def _logo_names(layout: Layout, stated: list[str]) -> set[str]:
    """The names in the page's logo; and its only <h1>, where the title has the name beside what a heading shows."""
    titles = {"".join(words(title)) for title in stated}
    parts = [["".join(words(part)) for part in _SEPARATOR.split(title)] for title in stated if len(title) <= MAX_TITLE]
    lines = ["".join(words(text)) for text in layout.texts[:_LOGO_BLOCKS]]
    shown = titles | {line for line, level in zip(lines, layout.levels, strict=False) if level}
    # the site's name is the last part of a title, or the first of two
    beside = {few[-1]: few[:-1] for few in parts if len(few) > 1} | {few[0]: few[1:] for few in parts if len(few) == 2}
    names = set()
    for index, line in enumerate(lines):
        if not line or line in titles or len(words(layout.texts[index])) > _LOGO_WORDS:
            continue
        is_name = layout.levels[index] == 1 and any(other in shown - {line, ""} for other in beside.get(line, ()))
        if is_name or _LOGO.search(_names_of(layout, index)):
            names.add(line)
    return names


def _names_of(layout: Layout, index: int) -> str:
    """Class and id of a block's element and of the one above it."""
    element = layout.places[index]
    near = [layout.attributes[one] for one in (element, layout.parents[element]) if one > 0]
    return " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in near).lower()


def plain(value: object) -> str:
    """A stated value, or the first of a list, as plain text without entities and tags; "" if it is not text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return ""
    text = unescape(value[:MAX_VALUE])
    return clean(_TAGS.sub("", unescape(text) if "&" in text else text))


def choose_headline(
    found: Structured, article: Node, layout: Layout, url: str
) -> tuple[str | None, str | None, int | None]:
    """The headline, an alternative headline, and the index of the block that shows the headline; each may be None."""
    names = site_names(found, article, url)
    stated = [
        plain(article.get("headline")),
        plain(found.first("og:title")),
        plain(found.first("twitter:title")),
        plain(article.get("name")),
        plain(found.title),
    ]
    stated += [item_value(node) for node in found.items.get("headline", ())[:1]]
    names |= _logo_names(layout, stated)
    titles = [without_site_name(title, names, url) for title in stated if title]
    titles = [_before_bar(title) for title in titles if title]
    headings = [
        (i, layout.texts[i].replace("\n", " "))
        for i, level in enumerate(layout.levels)
        if level == 1 and _is_shown(layout, i)
    ]
    shown = _best_heading(headings, titles, names)
    if shown is None and titles:
        shown = _line_with_title(layout, titles) or _lone_heading(headings, names)
    if shown is not None:
        index, headline = shown
        headline = without_page(without_kicker(headline, titles, names))
        return headline, _alternative(headline, titles), index
    title = without_page(_most_stated(titles) or "") or None
    return title, _alternative(title, titles) if title else None, None


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


def _lone_heading(headings: list[tuple[int, str]], names: set[str]) -> tuple[int, str] | None:
    """The <h1>, if the page has one alone, and it is too long to be a label."""
    if len({text for _, text in headings}) != 1 or "".join(words(headings[0][1])) in names:
        return None
    return headings[0] if len(words(headings[0][1])) > _TITLE_WORDS else None


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


def _best_heading(headings: list[tuple[int, str]], titles: list[str], names: set[str]) -> tuple[int, str] | None:
    """The <h1> that is most similar to a stated title. The only <h1> of a page needs little similarity.

    headings: (index of the block, text).
    titles: stated titles, without the site's name.
    names: of the site; a heading that is one of them is never chosen.
    """
    best, best_score = None, 0.0
    statements = [words(statement) for statement in dict.fromkeys(titles)]
    for index, text in headings[:60]:
        own = words(text)
        if "".join(own) in names or not own:
            continue
        score = 0.0
        for statement in statements:
            if statement == own:
                score = 2.0
                break
            common = len(set(own) & set(statement))
            score = max(
                score, common / len(set(own) | set(statement)), 0.9 * common / len(set(own)) if len(own) > 2 else 0.0
            )
        if score > best_score:
            best, best_score = (index, text), score
    if best is not None and (best_score >= 0.35 or (len(headings) == 1 and best_score >= 0.15)):
        return best
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
