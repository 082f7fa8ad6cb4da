"""Document -> Layout: the page's text as blocks, each with its place in the tree. Judges nothing.

A block is the text between two block-level boundaries: the start or end of a block-level element, or two <br> in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from newscrawl._native import tree_twin, twin
from newscrawl.read.block_kinds import set_kinds
from newscrawl.read.layout import STEPS, Indexes, Layout
from newscrawl.read.walk import walk as walk_in_python
from newscrawl.text import folded_length

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode


#: Read both ways before the compiled walk is used: a page with what it tells apart.
_TRIAL = """<body class=a id><nav><ul><li><a href=/x>One</a> <a href=/y>two</a>, three</ul></nav><article>
<h1 data-x="&amp;">Caf\u00e9<!-- no --></h1><p><span class=dropcap>T</span>he first<br><br>line &amp;amp; <b>more</b>
<table><tr><th>a<td>b<tr><td>1<td>2</table><picture><source srcset=/s.webp><img src=/i.jpg alt="T"></picture>
<x-y z>text</x-y><pre>a  b
c</pre><math alttext="x"><mi>x</mi></math><svg><a xlink:href=q>no</a></svg></article><p hidden>\u2003 end"""


def _reads_alike(compiled: Callable[[Layout, LexborNode], None]) -> bool:
    """Does the compiled walk read the trial page as the Python one does?"""
    layouts = []
    for walk in (walk_in_python, compiled):
        body, layout = LexborHTMLParser(_TRIAL).body, Layout()
        assert body is not None
        walk(layout, body)
        layouts.append((layout.tags, layout.parents, layout.attributes, layout.opens, layout.closes, layout.texts))
    return layouts[0] == layouts[1]


walk = tree_twin(walk_in_python, _reads_alike)


def lay_out(tree: LexborHTMLParser) -> Layout:
    """Read the blocks of a page in document order."""
    layout, body = Layout(), tree.body
    if body is not None:
        walk(layout, body)
        layout.up = steps_up(layout)
        layout.class_of, layout.class_names = class_numbers(layout)
        set_kinds(layout)
        layout.sizes = list(map(folded_length, layout.texts))
    return layout


@twin
def class_numbers(layout: Layout) -> tuple[Indexes, list[str | None]]:
    """The number of each element's class attribute, and the attributes by number, of which the first is None."""
    numbers: dict[str | None, int] = {None: 0}
    of = [numbers.setdefault(attributes.get("class"), len(numbers)) for attributes in layout.attributes]
    return np.array(of, dtype=np.intp), list(numbers)


@twin
def steps_up(layout: Layout) -> Indexes:
    """The element of each block, its parent, and so on up to <body>, which repeats."""
    parents = np.array(layout.parents)
    parents[0] = 0
    up = np.empty((STEPS, len(layout.places)), dtype=np.intp)
    up[0] = layout.places
    for step in range(1, STEPS):
        up[step] = parents[up[step - 1]]
    return up
