"""The names by which a site calls itself, and titles without them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.name_pattern import NamePattern
from newscrawl.read.kicker import MAX_TITLE
from newscrawl.read.layout import Layout
from newscrawl.read.structured import Node, Structured
from newscrawl.text import words
from newscrawl.urls import split

#: What separates a title from the site's name.
_SEPARATOR = re.compile(
    r"\s{1,9}(?:[-–—|•·»«~]|::|\|\||//|>|<|/)\s{1,9}"
    r"|\s{0,9}[|•»｜ㅣ]\s{0,9}"
    r"|(?<=\w):\s{1,9}(?=\S+$)"
    # Chinese, Japanese and Korean titles do without spaces
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af…」』！？])\s?[-_–]\s?(?=[\u3040-\u9fff\uac00-\ud7af])"
    r"|(?<=[」』])[:：](?=\w)"
)


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
        if not key or key == "blogarchive":  # of WordPress
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
        whole = next((cut for cut in cuts[:-1] if "".join(words(title[cut.end() :])) in known), None)
        if whole is not None and title[: whole.start()].strip():
            title = title[: whole.start()].strip()
        elif is_site(title[last.end() :]) and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif is_site(title[: first.start()]) and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            return title


#: The words of a name that stands in a title at most, and the letters of the host that it shows at least.
_NAME_WORDS, _HOST_LETTERS = 5, 4


def name_in_title(title: str, url: str) -> str:
    """The last or first part of a page's <title>, if it is named like the host: "Bridge open | Velmora Courier"."""
    parts = [part.strip() for part in _SEPARATOR.split(title[:MAX_TITLE])]
    host = re.sub(r"[^a-z0-9.]", "", (split(url).hostname or "").removeprefix("www."))
    for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
        key = "".join(words(part))
        if len(words(part)) <= _NAME_WORDS and len(key) >= _HOST_LETTERS and key in (host, *host.split(".")):
            return part
    return ""


def names_beside(titles: list[str]) -> set[str]:
    """What stands beside a stated title in another, and is no longer than it, as the site's name is.

    "Isle Post" of "Bridge is open" and "Isle Post: Bridge is open".
    """
    keys = {title: words(title) for title in titles}
    beside = set()
    for longer in keys.values():
        for shorter in keys.values():
            if 1 < len(shorter) < len(longer) <= 2 * len(shorter):
                if longer[-len(shorter) :] == shorter:
                    beside.add("".join(longer[: -len(shorter)]))
                elif longer[: len(shorter)] == shorter:
                    beside.add("".join(longer[len(shorter) :]))
    return beside


def without_own_name(heading: str, names: set[str]) -> str:
    """A heading without the site's name after it, where it is exactly that: "Bridge open – Velmora Courier"."""
    cuts = list(_SEPARATOR.finditer(heading[:MAX_TITLE]))
    is_name = bool(cuts) and "".join(words(heading[cuts[-1].end() :])) in names
    return heading[: cuts[-1].start()].strip() or heading if is_name else heading


#: A title of Chinese or Japanese signs, and the channel and the site after it.
_CHINESE_TITLE = re.compile(r"([^_]{0,200}[\u3040-\u9fff][^_]{0,200})_[^_]{1,40}(?:_[^_]{1,40}){0,3}")
#: The same with the name of a medium after a hyphen.
_CHINESE_SITE = re.compile(
    r"(.{0,200}[\u3040-\u9fff].{0,200}[\u3040-\u9fff…」』！？])[-–—][\u3040-\u9fff]{1,6}(?:网|網|报|報|社|新闻|新聞|在线|ニュース)"
)
_CHINESE_TITLE_SIGNS = 8


def before_bar(title: str) -> str:
    """The title up to the last " | ", or the first "_" of a Chinese one: what follows is the site or a section."""
    chinese = _CHINESE_TITLE.fullmatch(title) or _CHINESE_SITE.fullmatch(title)
    if chinese and len(chinese[1]) >= _CHINESE_TITLE_SIGNS:
        return chinese[1].strip()
    head, bar, tail = title.rpartition(" | ")
    return head.strip() if bar and len(words(head)) >= 3 and len(words(tail)) <= 5 else title


#: Names of elements that hold the site's name.
_LOGO = NamePattern(r"(?<![a-z])(?:logo|brand|site-?(?:logo|name|title)|blog-?(?:name|title))(?![a-z])")
#: Blocks of a page that are searched for the site's name, and its most words.
_LOGO_BLOCKS, _LOGO_WORDS = 40, 6


def logo_names(layout: Layout, stated: list[str]) -> set[str]:
    """The names in the page's logo; and its only <h1>, where the title has the name beside what a heading shows."""
    titles = {"".join(words(title)) for title in stated}
    parts = [["".join(words(part)) for part in _SEPARATOR.split(title)] for title in stated if len(title) <= MAX_TITLE]
    split_lines = [words(text) for text in layout.texts[:_LOGO_BLOCKS]]
    lines = ["".join(line) for line in split_lines]
    shown = titles | {line for line, level in zip(lines, layout.levels, strict=False) if level}
    # the site's name is the last part of a title, or the first of two
    beside = {few[-1]: few[:-1] for few in parts if len(few) > 1} | {few[0]: few[1:] for few in parts if len(few) == 2}
    beside |= {"".join(few[1:]): few[:1] for few in parts if len(few) > 2}  # a name that has the separator in it
    names = set()
    for index, line in enumerate(lines):
        if not line or line in titles or len(split_lines[index]) > _LOGO_WORDS:
            continue
        is_name = layout.levels[index] == 1 and any(other in shown - {line, ""} for other in beside.get(line, ()))
        if is_name or _LOGO.matches(_names_of(layout, index)):
            names.add(line)
    return names


def _names_of(layout: Layout, index: int) -> str:
    """Class and id of a block's element and of the one above it."""
    element = layout.places[index]
    near = [layout.attributes[one] for one in (element, layout.parents[element]) if one > 0]
    return " ".join(f"{one.get('class') or ''} {one.get('id') or ''}" for one in near).lower()
