"""Layouts that the rules were not made with: four more ways of marking up, for `python -m bench.dirty --judge`."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from bench.dirty.layouts import Layout
from bench.dirty.story import Story, Told


class Utility(Layout):
    """Classes that say how a thing looks and never what it is."""

    _LOOKS = (
        "flex",
        "grid",
        "mt-4",
        "my-6",
        "px-4",
        "text-sm",
        "text-gray-500",
        "font-bold",
        "rounded-lg",
        "border",
        "bg-white",
        "md:w-1/2",
        "space-y-2",
        "leading-7",
    )

    def name(self, kind: str) -> str:
        chance = Random(f"{self.salt}{kind}")
        return " ".join(chance.sample(self._LOOKS, chance.randint(2, 5)))

    def told(self, group: list[Told]) -> str:
        text = super().told(group)
        return text.replace("<p>", '<p class="mb-4 leading-7 text-lg">', 1) if group[0].shape == "paragraph" else text

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<div class="min-h-screen bg-white"><div class="sticky top-0 z-50 border-b">{at["top"]}</div><div class="mx-auto max-w-7xl grid grid-cols-12 gap-8">
<div class="col-span-8"><h1 class="text-4xl font-bold">{escape(story.headline)}</h1><div class="flex text-sm text-gray-500">{at["head"]}</div>
<div class="mt-6 max-w-prose">{body}
{at["end"]}</div><div class="mt-12">{at["below"]}</div></div><div class="col-span-4">{at["side"]}</div></div><div class="bg-gray-900 py-12">{at["bottom"]}</div></div>"""


class Modules(Layout):
    """Names of components with a hash behind; each piece with wrappers of its own."""

    def name(self, kind: str) -> str:
        chance = Random(f"{self.salt}{kind}")
        base = chance.choice(("Box", "Stack", "Card", "Unit", "Slot", kind.title().replace("_", "").replace(" ", "")))
        return f"{base}_{chance.choice(('root', 'wrapper', 'inner'))}__{''.join(chance.choices('abcdefghkmnpqrstuvwxyzABCDEFG0123456789', k=5))}"

    def told(self, group: list[Told]) -> str:
        return f'<div data-component="{group[0].shape}-block" class="{self.name("text")}">{super().told(group)}</div>'

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        n = self.name
        return f"""<div id="app"><div class="{n("z1")}">{at["top"]}</div><main class="{n("z2")}"><article class="{n("z3")}"><div class="{n("z4")}"><h1 class="{n("z5")}">
{escape(story.headline)}</h1>{at["head"]}</div><section class="{n("z6")}">{body}</section><section class="{n("z7")}">{at["end"]}</section></article>
<section class="{n("z8")}">{at["below"]}</section><section class="{n("z9")}">{at["side"]}</section></main><div class="{n("z0")}">{at["bottom"]}</div></div>"""


class Portal(Layout):
    """An old portal: nested tables, every piece a table of its own, <p> without classes."""

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        return super().opened(kind, tag, attribute) if attribute else f"<{tag}>"

    def piece(self, piece):  # type: ignore[no-untyped-def]
        """A piece in a table cell, if it has a box."""
        inner = super().piece(piece)
        return (
            inner
            if piece.loose
            else f'<table width="100%" cellpadding="4" bgcolor="#eeeeee"><tr><td>{inner}</td></tr></table>'
        )

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<center><table width="960"><tr><td colspan="2">{at["top"]}</td></tr><tr valign="top"><td width="660"><h1>{escape(story.headline)}</h1>{at["head"]}
<table width="100%"><tr><td class="news">{body}
{at["end"]}</td></tr></table>{at["below"]}</td><td width="300">{at["side"]}</td></tr><tr><td colspan="2" align="center">{at["bottom"]}</td></tr></table></center>"""


class Components(Layout):
    """Custom elements in the manner of AMP: tags tell, classes hardly."""

    def box(self) -> str:
        return self.chance.choice(("div", "x-block", "section", "x-slot"))

    def name(self, kind: str) -> str:
        return "" if self.chance.random() < 0.5 else f"i-{Random(f'{self.salt}{kind}').randint(10, 99)}"

    def frame(self, story: Story, at: dict[str, str], body: str) -> str:
        return f"""<x-header>{at["top"]}</x-header><x-story id="s{self.salt}"><h1>{escape(story.headline)}</h1><x-meta>{at["head"]}</x-meta>
<x-body>{body}</x-body><x-after>{at["end"]}</x-after></x-story><x-more>{at["below"]}</x-more><x-rail>{at["side"]}</x-rail><x-footer>{at["bottom"]}</x-footer>"""


JUDGING: dict[str, Callable[[Random], Layout]] = {
    "utility": Utility,
    "modules": Modules,
    "portal": Portal,
    "components": Components,
}
