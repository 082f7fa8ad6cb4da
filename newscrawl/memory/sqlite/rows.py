"""Rows of the tables from and to the data classes of the memory."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from newscrawl.memory.interface import ArticleState, FeedState, HostState, ListingState, Waiting

Row = tuple[Any, ...]

#: The columns of `waiting` in the order in which `waiting_of` takes them.
WAITING = "key, site, around, visit, attempts, not_before"

# the columns of these tables are the fields of their data classes, in the same order
_LISTING = attrgetter(*(one.name for one in fields(ListingState)[1:]))
_ARTICLE = attrgetter(*(one.name for one in fields(ArticleState)[1:]))
_FEED = attrgetter(*(one.name for one in fields(FeedState)))
_HOST = attrgetter(*(one.name for one in fields(HostState)))


def marks(data_class: type) -> str:
    """The parameter marks of an INSERT of all fields of a data class."""
    return ", ".join("?" * len(fields(data_class)))


def signed(key: int) -> int:
    """A 64-bit key as SQLite's integer, which is signed."""
    return key - 2**64 if key >= 2**63 else key


def _unsigned(key: int) -> int:
    return key + 2**64 if key < 0 else key


def packed(record: Mapping[str, Any]) -> bytes:
    """A record as compressed JSON. Values that a project added and JSON does not know, such as dates, become text."""
    return zlib.compress(json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace"), 3)


def unpacked(data: bytes) -> dict[str, Any]:
    """The record that `packed` compressed."""
    found: dict[str, Any] = json.loads(zlib.decompress(data))
    return found


def waiting_row(one: Waiting) -> Row:
    """A row of `waiting`."""
    visit = json.dumps(one.visit, ensure_ascii=False)
    return (signed(one.key), one.site, one.around, one.attempts, one.not_before, visit)


def waiting_of(row: Row) -> Waiting:
    """The visit of a row with the columns `WAITING`."""
    return Waiting(_unsigned(row[0]), row[1], row[2], json.loads(row[3]), row[4], row[5])


def listing_row(one: ListingState) -> Row:
    """A row of `listing`."""
    return (signed(one.key), *_LISTING(one))


def listing_of(row: Row) -> ListingState:
    """The listing of a row."""
    state = ListingState(_unsigned(row[0]), *row[1:])
    state.absent = bool(state.absent)
    return state


def article_row(one: ArticleState) -> Row:
    """A row of `article`."""
    return (signed(one.key), *_ARTICLE(one))


def article_of(row: Row) -> ArticleState:
    """The article of a row."""
    state = ArticleState(_unsigned(row[0]), *row[1:])
    state.removed = bool(state.removed)
    return state


def feed_row(one: FeedState) -> Row:
    """A row of `feed`."""
    return tuple(_FEED(one))


def feed_of(row: Row) -> FeedState:
    """The output of a row."""
    state = FeedState(*row)
    state.at_end, state.overwrite = bool(state.at_end), bool(state.overwrite)
    return state


def host_row(one: HostState) -> Row:
    """A row of `host`."""
    return tuple(_HOST(one))


def host_of(row: Row) -> HostState:
    """The host of a row."""
    state = HostState(*row)
    state.distrusted = bool(state.distrusted)
    return state
