"""Made pages for the page model: what is no article, and the articles that look like it.

The collected pages have few or no lyrics, notices of events, programmes, video shells and bare shop pages. These are
made of the invented words of `bench.dirty` and `other_pages.txt`, in the layouts of dirty pages and as plain pages. So
are articles with verses, recipes, prices or a video, and briefs: a page of each kind stands in every layout, and the
model learns from what it says and how that is built.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from random import Random

from bench.dirty import drawing, story
from bench.dirty.layouts import LAYOUTS
from bench.dirty.words import Words
from bench.train import made_bodies
from bench.train.made_bodies import Made

#: Far from the seeds of other made pages.
SEED = 900_000
_HEAD = re.compile(r"<head>.*?</head>", re.S)


@lru_cache(maxsize=1)
def wordings() -> dict[str, dict[str, list[str]]]:
    """Language -> kind -> wordings of `other_pages.txt`."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for line in Path(__file__).with_name("other_pages.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, texts = line.partition("\t")
            language, _, kind = name.partition(" ")
            found[language][kind] = texts.split(" ¦ ")
    return found


def made_kinds(count: int) -> Iterator[tuple[float, bytes, str, str]]:
    """So many pages: label (1: article), HTML, URL and site. Those of one layout are of one site."""
    languages, kinds = sorted(wordings()), [*made_bodies.KINDS, *made_bodies.HARD]
    for number in range(count):
        chance = Random(f"{SEED + number}")
        language = chance.choice(languages)
        words = Words(language, chance)
        made = made_bodies.KINDS[kinds[number % len(kinds)]](made_bodies.Writer(words, wordings()[language]))
        layout = chance.choice((*LAYOUTS, *["plain"] * 5))
        html = _plain(made, words) if layout == "plain" else _in_layout(made, words, layout)
        site = f"made {layout} {number % 3}" if layout == "plain" else f"made {layout}"
        yield made.label, html.encode(), f"https://site.example{made.path}" if chance.random() < 0.9 else "", site


def _head(made: Made, site: str) -> str:
    og = f'<meta property="og:type" content="{made.og}">' if made.og else ""
    data = json.dumps({"@context": "https://schema.org", **made.data}) if made.data else ""
    stated = f'<script type="application/ld+json">{data}</script>' if data else ""
    return f'<head><meta charset="utf-8"><title>{escape(made.title)} - {site}</title>{og}{stated}</head>'


def _plain(made: Made, words: Words) -> str:
    chance = words.chance
    tag = chance.choice(("article", "main", "div"))
    links = "".join(f"<li><a href='/{n}'>{escape(words.draw('title'))}</a></li>" for n in range(chance.randint(0, 6)))
    foot = f"<aside><ul>{links}</ul></aside>" if links else chance.choice(("", "<footer>2026</footer>"))
    return (
        f'<html lang="{words.language}">{_head(made, words.site)}<body><nav><a href="/">{words.site}</a></nav>'
        f"<{tag}><h1>{escape(made.title)}</h1>{made.body}</{tag}>{foot}</body></html>"
    )


def _in_layout(made: Made, words: Words, name: str) -> str:
    written = story.write(words)
    written.headline = made.title
    layout = LAYOUTS[name](words.chance)
    places: dict[str, list[str]] = defaultdict(list)
    for piece in drawing.draw(words, written, words.chance.randint(4, 12)):
        if not piece.spoiled and not piece.spread and piece.place not in ("amid", "figure"):
            places[piece.place].append(layout.piece(piece))
    html = layout.page(written, places, [made.body], words.language, words.site)
    return _HEAD.sub(lambda _: _head(made, words.site), html, count=1)
