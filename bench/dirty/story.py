"""An invented story: its true blocks in order, without dirt."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from bench.dirty.words import Words

_SPACELESS = frozenset({"ja", "zh"})
LOOK_ALIKES = (
    "look_newsletter",
    "look_cookies",
    "look_share",
    "look_readmore",
    "look_short",
    "look_correction",
    "look_agency",
)


@dataclass
class Block:
    """One block of the story.

    shape: paragraph, heading, item, row or quote. html: its inner HTML. look: which kind of dirt it looks like, or "".
    """

    shape: str
    text: str
    html: str = ""
    look: str = ""

    def __post_init__(self) -> None:
        self.html = self.html or escape(self.text, quote=False)


@dataclass
class Story:
    """A story with its picture. groups: the blocks; those of one list or table are one group."""

    headline: str
    author: str
    caption: str
    credit: str
    groups: list[list[Block]] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The blocks in order."""
        return [block for group in self.groups for block in group]


def write(words: Words) -> Story:
    """Write a story of ten to fifteen groups or so."""
    chance = words.chance
    story = Story(words.draw("title"), words.draw("person"), words.draw("caption"), words.draw("credit"))
    joint = "" if words.language in _SPACELESS else " "
    budget = 20
    groups: list[list[Block]] = []
    while budget > 1:
        size = min(budget, chance.choice((1, 2, 2, 3)))
        budget -= size
        groups.append([Block("paragraph", joint.join(words.draw("s") for _ in range(size)))])
    for look in chance.sample(LOOK_ALIKES[:-1], chance.choice((1, 2))):
        place = len(groups) if look == "look_correction" else chance.randint(2, len(groups) - 1)
        groups.insert(place, [Block("paragraph", words.draw(look), look=look)])
    if chance.random() < 0.15:
        groups.insert(len(groups) - 1, [Block("paragraph", words.draw("look_agency"), look="look_agency")])
    extras = chance.sample((_heading, _heading, _items, _rows, _interview, _quote), chance.choice((1, 2, 3)))
    for extra in extras:
        place = chance.randint(2, len(groups) - 2)
        groups[place:place] = extra(words)
    story.groups = groups
    return story


def _heading(words: Words) -> list[list[Block]]:
    return [[Block("heading", words.draw("h"))]]


def _items(words: Words) -> list[list[Block]]:
    items = [words.draw("li") for _ in range(words.chance.choice((3, 4)))]
    blocks = []
    for text in items:
        middle = len(text) // 2
        cut = text.find(" ", middle)
        cut = middle if cut < 0 else cut
        start, rest = escape(text[:cut], quote=False), escape(text[cut:], quote=False)
        linked = f'<a href="/topic/{words.chance.randint(100, 999)}">{start}</a>{rest}'
        blocks.append(Block("item", text, linked if words.chance.random() < 0.5 else ""))
    return [blocks]


def _rows(words: Words) -> list[list[Block]]:
    rows = [words.lines("row")]
    for _ in range(3):
        rows.append([words.draw("town"), str(words.chance.randint(2000, 90000)), f"{words.chance.randint(20, 70)} %"])
    return [[Block("row", " | ".join(row), "".join(f"<td>{escape(cell)}</td>" for cell in row)) for row in rows]]


def _interview(words: Words) -> list[list[Block]]:
    person, mark = words.draw("person"), "：" if words.language in _SPACELESS else ": "
    groups = []
    for _ in range(3):
        for speaker, text in ((words.site, words.draw("q")), (person, words.draw("a"))):
            space = " " if mark.endswith(" ") else ""
            html = f"<strong>{escape(speaker + mark.strip())}</strong>{space}{escape(text, quote=False)}"
            groups.append([Block("paragraph", f"{speaker}{mark}{text}", html, "interview")])
    return groups


def _quote(words: Words) -> list[list[Block]]:
    return [[Block("quote", words.draw("quote"))]]
