"""Which tables of a page hold data, and what they say; the others only lay out the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def data_rows(table: LexborNode, letters: int) -> list[str] | None:
    """The rows of a table of data, cells parted by " | "; None when the table only lays out the page.

    letters: those from which on no further row is read.
    """
    # a selector sees the elements around the table too: "table table" would match in every table that a table lays out
    if (
        table.attributes.get("role") == "presentation"
        or len(table.css("table")) > 1
        or table.css_first("form, h1, article, img, iframe") is not None
    ):
        return None
    rows, widest, words, cells = [], 0, 0, 0
    for tr in table.css("tr"):
        row = [clean(cell.text(separator=" ")) for cell in tr.iter() if cell.tag in ("td", "th")]
        widest = max(widest, len(row))
        filled = [cell for cell in row if cell]
        if filled:
            rows.append(" | ".join(filled))
            words += sum(len(cell.split()) for cell in filled)
            cells += len(filled)
            letters -= len(rows[-1])
            if letters < 0:
                break
    if len(rows) < 2 or widest < 2 or words > 25 * cells:
        return None
    return rows
