"""Tells data tables from tables that only lay out the page, and reads their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.text import clean

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def data_rows(table: LexborNode, max_characters: int) -> list[str] | None:
    """The rows of a data table, with cells separated by " | "; None if the table only lays out the page.

    max_characters: no further row is read once the rows are longer than this together.
    """
    # css() also matches through ancestors: "table table" would match in any table that is inside another one
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
            max_characters -= len(rows[-1])
            if max_characters < 0:
                break
    if len(rows) < 2 or widest < 2 or words > 25 * cells:
        return None
    return rows
