"""A piece of dirt as data: what it says, in which rows, and where it is. How it is marked up depends on the layout."""

from __future__ import annotations

from dataclasses import dataclass

#: Places of pieces: the top of the page, below the headline, amid the story, right after it, below it, beside it, and
#: the bottom of the page.
PLACES = ("top", "head", "amid", "end", "below", "side", "bottom")


@dataclass
class Row:
    """One line of a piece.

    shape: head, line, link (a paragraph that is one link), linked (a label and a link), item (a linked list item),
    bare (a list item without link), button, run (inline text), bold (a paragraph in bold). label: that of a linked row.
    """

    shape: str
    text: str
    label: str = ""


@dataclass
class Piece:
    """One piece of dirt.

    place: one of PLACES, or "figure", below the story's picture. attribute: the attribute that hides it, if any.
    loose: among the paragraphs, without a box of its own. spoiled: for dirt inside a story block, the text of that
    block as the page shows it. spread: each row is in a different place of the story.
    """

    kind: str
    rows: list[Row]
    place: str = "amid"
    attribute: str = ""
    loose: bool = False
    spoiled: str = ""
    spread: bool = False

    @property
    def texts(self) -> list[str]:
        """The lines that the page shows."""
        return [self.spoiled] if self.spoiled else [f"{row.label} {row.text}".strip() for row in self.rows]
