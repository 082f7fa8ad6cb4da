"""Makes dirty pages: a story, dirt and a layout."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from bench.dirty import drawing, story
from bench.dirty.dirt import Piece
from bench.dirty.judging_layouts import JUDGING
from bench.dirty.layouts import LAYOUTS
from bench.dirty.story import Block
from bench.dirty.words import Words, languages


@dataclass
class DirtyPage:
    """A page with its truth. blocks: the story, in order. pieces: the dirt."""

    name: str
    url: str
    language: str
    layout: str
    html: str
    headline: str
    blocks: list[Block]
    pieces: list[Piece]


def make_page(seed: int, language: str, layout: str, judging: bool = False) -> DirtyPage:
    """The page of a seed; the same each time. judging: with other wordings. Raises KeyError for an unknown layout."""
    chance = Random(f"{seed} {language} {layout}")
    words = Words(language, chance, judging)
    written = story.write(words)
    pieces = drawing.draw(words, written, chance.randint(8, 16))
    made = (LAYOUTS | JUDGING)[layout](chance)
    places: dict[str, list[str]] = defaultdict(list)
    amid: dict[int, list[str]] = defaultdict(list)
    under_figure: list[str] = []
    for piece in pieces:
        if piece.spoiled:
            continue
        if piece.spread:
            between = sorted(chance.sample(range(1, len(written.groups)), len(piece.rows)))
            for place, row in zip(between, piece.rows, strict=True):
                amid[place].append(made.row(row))
        elif piece.place == "amid":
            amid[chance.randint(1, len(written.groups) - 1)].append(made.piece(piece))
        elif piece.place == "figure":
            under_figure.append(made.piece(piece))
        else:
            places[piece.place].append(made.piece(piece))
    body = [made.figure(written), *under_figure]
    for index, group in enumerate(written.groups):
        body += amid.get(index, [])
        body.append(made.group(group))
    html = made.page(written, places, body, language, words.site)
    name = f"{seed:04}-{language}-{layout}"
    return DirtyPage(
        name,
        f"https://www.velmora.example/2026/03/14/{seed:04}-story.html",
        language,
        layout,
        html,
        written.headline,
        written.blocks,
        pieces,
    )


def make_pages(count: int, seed: int, judging: bool = False) -> list[DirtyPage]:
    """So many pages, with languages and layouts in turn, in every combination.

    judging: with other wordings and layouts.
    """
    codes, layouts = languages(), list(JUDGING if judging else LAYOUTS)
    pages = []
    for i in range(count):
        turn = i // (len(codes) * len(layouts))
        layout = layouts[(i + turn) % len(layouts)]
        pages.append(make_page(seed + i, codes[i % len(codes)], layout, judging))
    return pages
