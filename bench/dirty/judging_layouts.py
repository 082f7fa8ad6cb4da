"""Four more layouts, which the rules were not made with, for `python -m bench.dirty --judge`."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.dirty.dirt import Piece
from bench.dirty.layout import Layout
from bench.dirty.story import Block

_LETTERS = "abcdefghkmnpqrstuvwxyzABCDEFG0123456789"


class Utility(Layout):
    """Utility classes: they say how a thing looks and not what it is."""

    _LOOKS = (
        *("flex", "grid", "mt-4", "my-6", "px-4", "text-sm", "text-gray-500", "font-bold", "rounded-lg", "border"),
        *("bg-white", "md:w-1/2", "space-y-2", "leading-7"),
    )

    def name(self, kind: str) -> str:
        chance = Random(f"{self.salt}{kind}")
        return " ".join(chance.sample(self._LOOKS, chance.randint(2, 5)))

    def group(self, blocks: list[Block]) -> str:
        html = super().group(blocks)
        return html.replace("<p>", '<p class="mb-4 leading-7 text-lg">', 1) if blocks[0].shape == "paragraph" else html


class Modules(Layout):
    """CSS modules: names of components with a hash, and a wrapper around every group."""

    def name(self, kind: str) -> str:
        chance = Random(f"{self.salt}{kind}")
        component = kind.title().replace("_", "").replace(" ", "")
        base = chance.choice(("Box", "Stack", "Card", "Unit", "Slot", component))
        part = chance.choice(("root", "wrapper", "inner"))
        return f"{base}_{part}__{''.join(chance.choices(_LETTERS, k=5))}"

    def group(self, blocks: list[Block]) -> str:
        attributes = f'data-component="{blocks[0].shape}-block" class="{self.name("text")}"'
        return f"<div {attributes}>{super().group(blocks)}</div>"


class Portal(Layout):
    """An old portal: nested tables, one for every piece, and <p> without classes."""

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        return super().opened(kind, tag, attribute) if attribute else f"<{tag}>"

    def piece(self, piece: Piece) -> str:
        inner = super().piece(piece)
        table = '<table width="100%" cellpadding="4" bgcolor="#eeeeee">'
        return inner if piece.loose else f"{table}<tr><td>{inner}</td></tr></table>"


class Components(Layout):
    """Custom elements, in the manner of AMP: the elements have names, the classes hardly any."""

    def box(self) -> str:
        return self.chance.choice(("div", "x-block", "section", "x-slot"))

    def name(self, kind: str) -> str:
        return "" if self.chance.random() < 0.5 else f"i-{Random(f'{self.salt}{kind}').randint(10, 99)}"


JUDGING: dict[str, Callable[[Random], Layout]] = {
    "utility": Utility,
    "modules": Modules,
    "portal": Portal,
    "components": Components,
}
