"""What a page states or shows as the value of a field, and which of it was taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value that a page gives for a field.

    field: "headline", "authors", "date published", "date modified", "publisher", "section", "language", "description"
        or "free to read".
    value: as the page has it; for authors the names, after what is no name was cut off.
    source: where it stands: "JSON-LD headline", "meta og:title", "byline" ...
    why: the reason why it was taken; "" where another was.
    """

    field: str
    value: str
    source: str
    why: str = ""
