"""What a page gives for a field, and the choice among it: the first that can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from newscrawl.candidates import Candidate

T = TypeVar("T")

#: Why a statement was taken.
FIRST = "the first of these that can be used"


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """One statement of a page about a field.

    source: where it stands: "JSON-LD publisher", "meta og:locale" ...
    raw: as the page has it.
    value: what it means; None where it cannot be used.
    """

    source: str
    raw: str
    value: T | None


def first_usable(statements: Iterable[Stated[T]]) -> Stated[T] | None:
    """The statement that is taken; None if none can be used."""
    return next((one for one in statements if one.value is not None), None)


def listed(
    field: str, statements: Iterable[Stated[T]], chosen: Stated[T] | None, why: str = FIRST
) -> Iterator[Candidate]:
    """The statements as candidates of a field, each once. chosen: the one that was taken, for the reason `why`."""
    is_taken = False
    for source, raw in dict.fromkeys((one.source, one.raw) for one in statements if one.raw):
        taken = not is_taken and chosen is not None and (source, raw) == (chosen.source, chosen.raw)
        is_taken = is_taken or taken
        yield Candidate(field, raw, source, why if taken else "")
