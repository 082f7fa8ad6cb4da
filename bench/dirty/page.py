"""Makes a dirty page: story, dirt and layout put together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from bench.dirty import dirt, story
from bench.dirty.dirt import Piece
from bench.dirty.judging_layouts import JUDGING
from bench.dirty.layouts import LAYOUTS
from bench.dirty.story import Told
from bench.dirty.words import Words, languages


@dataclass
class DirtyPage:
    """A page with its truth. blocks: the story, in order; pieces: the dirt."""

    name: str
    url: str
    language: str
    layout: str
    html: str
    headline: str
    blocks: list[Told]
    pieces: list[Piece]


def make_page(seed: int, language: str, layout: str, judging: bool = False) -> DirtyPage:
    """The page of a seed; the same each time. judging: in other wordings. Raises KeyError for an unknown layout."""
    chance = Random(f"{seed} {language} {layout}")
    words = Words(language, chance, judging)
    told = story.write(words)
    pieces = dirt.draw(words, told, chance.randint(8, 16))
    made = (LAYOUTS | JUDGING)[layout](chance)
    places: dict[str, list[str]] = defaultdict(list)
    amid: dict[int, list[str]] = defaultdict(list)
    under_figure: list[str] = []
    for piece in pieces:
        if piece.spoiled:
            continue
        if piece.spread:
            for place, row in zip(
                sorted(chance.sample(range(1, len(told.groups)), len(piece.rows))), piece.rows, strict=True
            ):
                amid[place].append(made.row(row))
        elif piece.place == "amid":
            amid[chance.randint(1, len(told.groups) - 1)].append(made.piece(piece))
        elif piece.place == "figure":
            under_figure.append(made.piece(piece))
        else:
            places[piece.place].append(made.piece(piece))
    body = [made.figure(told), *under_figure]
    for index, group in enumerate(told.groups):
        body += amid.get(index, [])
        body.append(made.told(group))
    html = made.page(told, places, body, language, words.site)
    name = f"{seed:04}-{language}-{layout}"
    return DirtyPage(
        name,
        f"https://www.velmora.example/2026/03/14/{seed:04}-story.html",
        language,
        layout,
        html,
        told.headline,
        told.blocks,
        pieces,
    )


def make_pages(count: int, seed: int, judging: bool = False) -> list[DirtyPage]:
    """So many pages; languages and layouts by turns, so that they meet in every pairing. judging: in other wordings and layouts."""
    tongues, makes = languages(), list(JUDGING if judging else LAYOUTS)
    return [
        make_page(
            seed + i, tongues[i % len(tongues)], makes[(i + i // (len(tongues) * len(makes))) % len(makes)], judging
        )
        for i in range(count)
    ]
