"""Document -> Layout: the page's text as blocks, each with its place in the tree. Judges nothing.

A block is the text between two block-level boundaries: the start or end of a block-level element, or two <br> in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newscrawl.read.block_kinds import set_kinds
from newscrawl.read.layout import STEPS, Layout
from newscrawl.read.walk import walk
from newscrawl.text import folded_length

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


def lay_out(tree: LexborHTMLParser) -> Layout:
    """Read the blocks of a page in document order."""
    layout, body = Layout(), tree.body
    if body is not None:
        walk(layout, body)
        layout.up = _steps_up(layout)
        numbers: dict[str | None, int] = {None: 0}
        layout.class_of = np.array(
            [numbers.setdefault(attributes.get("class"), len(numbers)) for attributes in layout.attributes]
        )
        layout.class_names = list(numbers)
        set_kinds(layout)
        layout.sizes = list(map(folded_length, layout.texts))
    return layout


def _steps_up(layout: Layout) -> NDArray[np.intp]:
    parents = np.array(layout.parents)
    parents[0] = 0
    up = np.empty((STEPS, len(layout.places)), dtype=np.intp)
    up[0] = layout.places
    for step in range(1, STEPS):
        up[step] = parents[up[step - 1]]
    return up
