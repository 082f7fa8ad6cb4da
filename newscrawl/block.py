"""Blocks: runs of a page's text with their place in the HTML, and the records of what was removed from them.

`newscrawl.article` re-exports every public name here; import from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import overload

from newscrawl.lazy import Lazy


class Kind(Enum):
    """What sort of block a run of text is, judged by the element that contains it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE = "table"
    PREFORMATTED = "preformatted"
    EMBED = "embed"

    # Enum.__hash__ is a Python function, and kinds are looked up for every block of a page
    __hash__ = object.__hash__


#: Kinds whose text belongs to `Article.article_body`.
BODY_KINDS = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE, Kind.PREFORMATTED})


@dataclass(frozen=True, slots=True)
class Element:
    """An HTML element on a block's path, without its content."""

    tag: str
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> str:
        """Tag, id, classes and role, lower-cased and separated by spaces."""
        role = self.attributes.get("role") or ""
        return " ".join((self.tag, self.id, *self.classes, role)).lower()


class Path(Sequence[Element]):
    """The elements from <body> (excluded) down to the one that contains a block's text.

    Takes the elements, or a function that computes them on first access: the paths of most blocks are never needed.
    Equal to any other path or tuple with the same elements.
    """

    __slots__ = ("_make", "_names", "_steps")

    def __init__(self, steps: Sequence[Element] = (), make: Callable[[], tuple[Element, ...]] | None = None) -> None:
        self._steps: tuple[Element, ...] | None = tuple(steps) if make is None else None
        self._make = make
        self._names: str | None = None

    @property
    def steps(self) -> tuple[Element, ...]:
        """The elements as a tuple."""
        if self._steps is None:
            assert self._make is not None
            self._steps, self._make = self._make(), None
        return self._steps

    @property
    def names(self) -> str:
        """`Element.names` of every element, separated by " / "."""
        if self._names is None:
            self._names = " / ".join(element.names for element in self.steps)
        return self._names

    @overload
    def __getitem__(self, index: int) -> Element: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Element, ...]: ...
    def __getitem__(self, index: int | slice) -> Element | tuple[Element, ...]:
        return self.steps[index]

    def __len__(self) -> int:
        return len(self.steps)

    def __eq__(self, other: object) -> bool:
        return self.steps == (other.steps if isinstance(other, Path) else other)

    def __hash__(self) -> int:
        return hash(self.names)

    def __repr__(self) -> str:
        return f"Path({list(self.steps)!r})"


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two block-level boundaries of the page: a paragraph, a heading, a list item ...

    index: position on the page, from 0.
    text: inline text with white space collapsed. In a table, rows are lines and cells are separated by " | ".
    path: the elements from <body> (excluded) down to the one that contains the text.
    words_in_links: how many of the `word_count` words are inside <a>.
    level: 1-6 for headings, otherwise 0.
    score: of the content model, the probability (0..1) that the block belongs to the story; None if it was not scored.
    evidence: what its place and form say besides, by the names of `newscrawl.decision`.
    """

    index: int
    kind: Kind
    text: str
    path: Path = Path()
    words_in_links: int = 0
    level: int = 0
    score: float | None = None
    evidence: tuple[str, ...] = ()

    @property
    def word_count(self) -> int:
        """Number of words separated by white space."""
        return len(self.text.split())

    @property
    def link_density(self) -> float:
        """Share of the words that are inside links, 0..1."""
        return self.words_in_links / (self.word_count or 1) if self.words_in_links else 0.0

    def inside(self, pattern: str) -> bool:
        """Whether `pattern` (a lower-case regular expression) matches a tag, id, class or role on the path.

        It is searched in `Path.names`, where elements are separated by " / ".
        """
        return _compiled(pattern).search(self.path.names) is not None


@dataclass(frozen=True, slots=True)
class Removal:
    """A block, or part of one, that was removed, and why.

    block: the block as it was before the removal.
    reason: an explanation for people.
    span: (start, end) in `block.text` if only that part is removed, otherwise None.
    rule: the name of the rule; filled in by the engine that runs the rules.
    """

    block: Block
    reason: str
    span: tuple[int, int] | None = None
    rule: str = ""


class LeftOut(Mapping[int, Removal]):
    """Removals of whole blocks by the block's index, each made when somebody looks at it: few ever are.

    kinds: of the blocks, by index. make: the removal of a block. may_be_button: as the method of that name, for blocks
    whose removal does not exist. made: removals that exist already.
    """

    __slots__ = ("_made", "_make", "_may_be_button", "kinds")

    def __init__(
        self,
        kinds: Mapping[int, Kind],
        make: Callable[[int], Removal],
        may_be_button: Callable[[int], bool] = lambda index: True,
        made: Mapping[int, Removal] | None = None,
    ) -> None:
        self.kinds, self._make, self._may_be_button, self._made = kinds, make, may_be_button, dict(made or {})

    def __getitem__(self, index: int) -> Removal:
        known = self._made.get(index)
        if known is None:
            if index not in self.kinds:
                raise KeyError(index)
            known = self._made[index] = self._make(index)
        return known

    def __iter__(self) -> Iterator[int]:
        return iter(self.kinds)

    def __len__(self) -> int:
        return len(self.kinds)

    def may_be_button(self, index: int) -> bool:
        """May the block be the text of a button? False only where that is certain; makes nothing."""
        return index in self.kinds and (index in self._made or self._may_be_button(index))

    def with_more(self, more: Mapping[int, Removal]) -> LeftOut:
        """The same with more removals, in place of those of the same blocks."""
        kinds = {**self.kinds, **{index: removal.block.kind for index, removal in more.items()}}
        return LeftOut(kinds, self._make, self._may_be_button, {**self._made, **more})


class Removals(Lazy[Removal]):
    """Removals, of which the first may be computed on first access (see `newscrawl.lazy`)."""

    __slots__ = ("_added", "_first")

    def __init__(self, added: Iterable[Removal] = (), first: LeftOut | None = None) -> None:
        self._first, self._added = first, tuple(added)
        super().__init__(self._added, None if first is None else first.values)

    def __add__(self, more: Iterable[Removal]) -> Removals:
        return Removals((*self._added, *more), self._first)

    @property
    def left_out(self) -> LeftOut:
        """Those of whole blocks, by the block's index; of several for one block, the last."""
        added = {removal.block.index: removal for removal in self._added if removal.span is None}
        first = self._first if self._first is not None else LeftOut({}, added.__getitem__)
        return first.with_more(added) if added else first
