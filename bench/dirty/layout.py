"""What the layouts of dirty pages have in common: how a story and its dirt become HTML.

A layout has a frame, `frames/NAME.html`: the content of <body>. Lines that begin with a space continue the line before.
Its slots are the places of dirt ({top}, {head}, ...), {body}, {headline}, {salt}, and {class NAME} for a class of the
layout's own making.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from random import Random

from bench.dirty.dirt import PLACES, Piece, Row
from bench.dirty.story import Block, Story

_FRAMES = Path(__file__).with_name("frames")
_SLOT = re.compile(r"\{(class )?(\w+)\}")
#: The element of a piece's box, where it does not depend on the layout.
_ELEMENTS = {
    "navigation": "nav",
    "footer": "footer",
    "comment_form": "form",
    "skip_link": "div",
    "noscript": "noscript",
}


@cache
def _frame(name: str) -> str:
    return re.sub(r"\n +", "", (_FRAMES / f"{name}.html").read_text("utf-8").removesuffix("\n"))


class Layout:
    """One kind of site: the names of boxes, the elements of lines, and the page around. Each page has variations."""

    paragraph, heading = "p", "h2"

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.salt = chance.randint(100, 999)

    # -- names and boxes ------------------------------------------------------------------------

    def name(self, kind: str) -> str:
        """The class of a box for a kind of dirt."""
        return kind.replace(" ", "-").replace("_", "-")

    def box(self) -> str:
        """The element of a box."""
        return self.chance.choice(("div", "div", "aside", "section"))

    def opened(self, kind: str, tag: str = "div", attribute: str = "") -> str:
        """The start tag of a box."""
        name = self.name(kind)
        if attribute.startswith("class="):
            return f"<{tag} {attribute}>"
        named = f' class="{name}"' if name else ""
        return f"<{tag}{named}{' ' + attribute if attribute else ''}>"

    # -- the story ------------------------------------------------------------------------------

    def group(self, blocks: list[Block]) -> str:
        """A group of blocks: those of one list or table, or a single one."""
        first = blocks[0]
        if first.shape == "item":
            return "<ul>" + "".join(f"<li>{block.html}</li>" for block in blocks) + "</ul>"
        if first.shape == "row":
            return "<table><tbody>" + "".join(f"<tr>{block.html}</tr>" for block in blocks) + "</tbody></table>"
        if first.shape == "quote":
            return f"<blockquote><p>{first.html}</p></blockquote>"
        tag = self.heading if first.shape == "heading" else self.paragraph
        return f"<{tag}>{first.html}</{tag}>"

    def figure(self, story: Story) -> str:
        """The story's picture."""
        caption = escape(story.caption)
        picture = f'<img src="/img/lead-{self.salt}.jpg" width="1200" height="800" alt="{caption}">'
        return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"

    # -- dirt -----------------------------------------------------------------------------------

    def link(self, text: str) -> str:
        """A link to another story."""
        return f'<a href="/2026/03/story-{self.chance.randint(1000, 9999)}.html">{escape(text, quote=False)}</a>'

    def row(self, row: Row) -> str:
        """One row of a piece."""
        text = escape(row.text, quote=False)
        if row.shape == "head":
            tag = self.chance.choice(("h2", "h3", "h4", "div", "p"))
            return f"<{tag}>{text}</{tag}>"
        if row.shape == "button":
            return f'<button type="button">{text}</button>'
        if row.shape == "run":
            return f"<span>{text}</span>"
        return f"<{self.paragraph}>{self._inner(row, text)}</{self.paragraph}>"

    def _inner(self, row: Row, text: str) -> str:
        if row.shape == "link":
            link = self.link(row.text)
            return self.chance.choice((link, f"<strong>{link}</strong>"))
        if row.shape == "linked":
            label = escape(row.label, quote=False)
            label = f"<strong>{label}</strong>" if self.chance.random() < 0.5 else label
            return f"{label} {self.link(row.text)}"
        return f"<strong>{text}</strong>" if row.shape == "bold" else text

    def piece(self, piece: Piece) -> str:
        """A piece of dirt with its box."""
        parts: list[str] = []
        items: list[str] = []
        for row in piece.rows:
            if row.shape in ("item", "bare"):
                text = self.link(row.text) if row.shape == "item" else escape(row.text, quote=False)
                items.append(f"<li>{text}</li>")
                continue
            if items:
                parts.append(f"<ul>{''.join(items)}</ul>")
                items = []
            parts.append(self.row(row))
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
        inner = "\n".join(parts)
        if piece.loose and not piece.attribute:
            return inner
        box = self.box()
        tag = _ELEMENTS.get(piece.kind, box)
        return f"{self.opened(piece.kind, tag, piece.attribute)}\n{inner}\n</{tag}>"

    # -- the page -------------------------------------------------------------------------------

    def head(self, story: Story, site: str) -> str:
        """The <head>; half of the pages have JSON-LD."""
        headline = escape(story.headline)
        data = ""
        if self.chance.random() < 0.5:
            data = (
                '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
                f'"headline":"{story.headline}","author":{{"@type":"Person","name":"{story.author}"}},'
                '"datePublished":"2026-03-14T09:30:00+00:00"}</script>'
            )
        return (
            f'<head><meta charset="utf-8"><title>{headline} - {site}</title>'
            f'<meta property="og:title" content="{headline}"><meta property="og:type" content="article">'
            f'<meta property="og:site_name" content="{site}">{data}</head>'
        )

    def page(self, story: Story, places: dict[str, list[str]], body: Iterable[str], language: str, site: str) -> str:
        """The whole page. places: pieces as HTML by their place; body: the story with the pieces amid it."""
        values = {place: "\n".join(places.get(place, ())) for place in PLACES}
        values |= {"body": "\n".join(body), "headline": escape(story.headline), "salt": str(self.salt)}
        frame = _SLOT.sub(
            lambda slot: self.name(slot[2]) if slot[1] else values[slot[2]], _frame(type(self).__name__.lower())
        )
        direction = ' dir="rtl"' if language == "ar" else ""
        head = self.head(story, site)
        return f'<!DOCTYPE html>\n<html lang="{language}"{direction}>{head}\n<body>\n{frame}\n</body></html>'
