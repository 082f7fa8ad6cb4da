"""Which JSON-LD object describes the page's own story: by its address, its headline, and how much it says.

A page may state its related stories, the parts of a series or the entries of a live blog, each as an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from newscrawl.text import fold, words
from newscrawl.urls import split

Node = dict[str, Any]
Weigh = Callable[[Node], int]

#: From this share of common words on, a headline is that of the page's title.
_SAME = 0.6
_VIEWS = re.compile(r"^(?:www|m|amp)\.")


def own_node(candidates: Sequence[Node], pages: Iterable[str], titles: Iterable[str], weigh: Weigh) -> Node:
    """The best of the nodes that may be the page's own; {} if none may.

    pages: the addresses of the page. titles: its titles. weigh: how much a node says. A node with the address of
    another page and a headline that is not the page's is another story.
    """
    keys = {key for address in pages if (key := _key(address))}
    title_words = [set(words(title)) for title in titles]
    best: Node = {}
    best_rank: tuple[int, int, int] | None = None
    for node in candidates:
        place, title = _by_address(node, keys), _by_headline(node, title_words)
        if title < 0 < place and _is_part(node):
            place = 1
        if place < 0 and title <= 0 and (title < 0 or len(candidates) > 1):
            continue
        rank = (place + title, weigh(node), len(node))
        if best_rank is None or rank[0] > best_rank[0] or (rank[0] == best_rank[0] and rank[1] > best_rank[1]):
            best, best_rank = node, rank
    return best


def _by_address(node: Node, pages: set[str]) -> int:
    """2 for the page's address, -1 for that of another page, 0 for none."""
    stated = {key for address in _addresses(node) if (key := _key(address))}
    if not stated or not pages:
        return 0
    return 2 if stated & pages else -1


def _is_part(node: Node) -> bool:
    """Are all addresses of a node those of places in a page, as of the posts of a live blog?"""
    return all("#" in address for address in _addresses(node))


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        for one in value if isinstance(value, list) else [value]:
            for text in (one.get("@id"), one.get("url")) if isinstance(one, dict) else (one,):
                if isinstance(text, str):
                    yield text


def _key(address: str) -> str:
    """Host and path without what names a view; "" for a front page, or what is no address."""
    if not address.startswith(("http://", "https://", "/")):
        return ""
    parts = split(address)
    path = parts.path.rstrip("/").lower()
    return path and f"{_VIEWS.sub('', parts.hostname or '')}{path}?{parts.query}"


def _by_headline(node: Node, titles: list[set[str]]) -> int:
    """1 for the headline of the page's title, -1 for another, 0 where one of them is not stated."""
    stated = node.get("headline") or node.get("name")
    if not isinstance(stated, str) or not titles:
        return 0
    own = set(words(fold(stated)))
    if len(own) < 2:
        return 0
    share = max(len(own & title) / max(1, min(len(own), len(title))) for title in titles)
    return 1 if share >= _SAME else -1
