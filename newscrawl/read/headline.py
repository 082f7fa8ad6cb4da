"""The headline: what the page shows as its title, without the site's name.

The visible <h1> that the page's own statements (og:title, JSON-LD, <title>) agree with comes first; a page
without such a heading is titled by its statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.read.structured import MAX_VALUE, Node, Structured, item_value
from newscrawl.text import clean, fold, words

if TYPE_CHECKING:
    from newscrawl.read.blocks import Layout

_SEPARATOR = re.compile(
    r"\s{1,9}(?:[-–—|•·»«~]|::|\|\||//|>|<|/)\s{1,9}|\s{0,9}[|•»｜ㅣ]\s{0,9}|(?<=\w):\s{1,9}(?=\S+$)|(?<=[\u3040-\u9fff\uac00-\ud7af…」』！？])\s?[-_–]\s?(?=[\u3040-\u9fff\uac00-\ud7af])"
)
#: Characters of a title from which on it is none, and no site's name is looked for.
MAX_TITLE = 1000
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")

#: Words of a lone <title> up to which it may be the site's name alone.
_NAME_WORDS = 4


def site_names(found: Structured, article: Node, url: str) -> set[str]:
    """Folded names by which the site calls itself, its domain's first label among them."""
    names = [
        *found.meta.get("og:site_name", ()),
        *found.meta.get("application-name", ()),
        *found.meta.get("apple-mobile-web-app-title", ()),
    ]
    publisher = article.get("publisher")
    for node in [publisher, *found.of_type("website", "newsmediaorganization", "organization")]:
        if isinstance(node, dict):
            names += [v for v in (node.get("name"), node.get("alternateName")) if isinstance(v, str)]
    names += [host for host in urlsplit(url).netloc.lower().removeprefix("www.").split(":")[:1] if host]
    return {"".join(words(name)) for name in names if name}


def without_site_name(title: str, names: Iterable[str], url: str) -> str:
    """Drop a leading or trailing part that is the site's name or reads like its domain; the rest stays as it is."""
    if len(title) > MAX_TITLE:
        return title
    host = re.sub(r"[^a-z0-9]", "", urlsplit(url).netloc.lower().removeprefix("www."))
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


def _before_bar(title: str) -> str:
    """What stands before the last bar: behind it stands the site or a section, by whatever name."""
    head, bar, tail = title.rpartition(" | ")
    return head.strip() if bar and len(words(head)) >= 3 and len(words(tail)) <= 5 else title


def plain(value: object) -> str:
    """A stated title as text: entities resolved, tags gone; "" for what is no text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return ""
    from html import unescape

    text = unescape(value[:MAX_VALUE])
    return clean(_TAGS.sub("", unescape(text) if "&" in text else text))


def choose_headline(
    found: Structured, article: Node, layout: Layout, url: str
) -> tuple[str | None, str | None, int | None]:
    """Headline, alternative headline, and the index of the block that shows the headline (None if none does)."""
    names = site_names(found, article, url)
    stated = [
        plain(article.get("headline")),
        plain(found.first("og:title")),
        plain(found.first("twitter:title")),
        plain(article.get("name")),
        plain(found.title),
    ]
    stated += [item_value(node) for node in found.items.get("headline", ())[:1]]
    bare = [without_site_name(s, names, url) for s in stated if s]
    bare = [_before_bar(b) for b in bare if b]
    headings = [
        (i, layout.texts[i].replace("\n", " "))
        for i, level in enumerate(layout.levels)
        if level == 1 and _is_shown(layout, i)
    ]
    shown = _best_heading(headings, bare, names)
    if shown is None and bare:
        keys = {fold(b) for b in bare}
        longest = max(map(len, keys)) + 20
        lines = [
            (i, text.split("\n")[0])
            for i, text in enumerate(layout.texts)
            if len(text) <= longest or "\n" in text[: longest + 1]
        ]
        same = [(i, line) for i, line in lines if len(line) <= longest and fold(line) in keys]
        shown = next((s for s in same if layout.levels[s[0]] > 1 and len(words(s[1])) > 1), None) or next(
            (s for s in same if len(words(s[1])) > 2), None
        )
    if shown is not None:
        index, headline = shown
        headline = _without_kicker(headline, bare)
        return headline, _alternative(headline, bare), index
    title = _agreed(bare)
    return title, _alternative(title, bare) if title else None, None


def _is_shown(layout: Layout, index: int) -> bool:
    element, steps = layout.places[index], 0
    while element > 0 and steps < 6:
        attributes = layout.attributes[element]
        if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", ""):
            return False
        element = layout.parents[element]
        steps += 1
    return True


def _best_heading(headings: list[tuple[int, str]], bare: list[str], names: set[str]) -> tuple[int, str] | None:
    """The <h1> that the statements support most; a lone one needs little support, the site's name never wins."""
    best, best_score = None, 0.0
    statements = [words(statement) for statement in dict.fromkeys(bare)]
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
        not bare or (len(headings) == len(bare) == 1 and len(words(bare[0])) <= _NAME_WORDS < len(words(lone[0][1])))
    ):
        return lone[0]  # a short title that has nothing of the one heading is the site's name
    return None


def _without_kicker(headline: str, bare: list[str]) -> str:
    """A heading that holds its kicker too ("Storm: Harbour closed"), less what the page's statements leave away before it."""
    own = words(headline)
    for statement in bare:
        told = words(statement)
        extra = len(own) - len(told)
        if len(told) >= 4 and 0 < extra <= 6 and own[extra:] == told:
            return statement
    return headline


def _agreed(bare: list[str]) -> str | None:
    """The statement that most others share; the first when none is shared."""
    if not bare:
        return None
    folded = [fold(b) for b in bare]
    return max(bare, key=lambda b: (folded.count(fold(b)), -bare.index(b)))


def _alternative(headline: str, bare: list[str]) -> str | None:
    for statement in bare:
        if fold(statement) != fold(headline) and len(words(statement)) > 2:
            return statement
    return None
