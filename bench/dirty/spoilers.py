"""Makers of dirt inside a story block: text that is appended to it, and markup that is shown as text."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bench.dirty.dirt import Piece
from bench.dirty.makers import plain_paragraphs
from bench.dirty.story import Story
from bench.dirty.words import Words


def _spoil(kind: str, story: Story, words: Words, change: Callable[[str], tuple[str, str]]) -> Piece:
    """Spoil one paragraph. change: from its text to the text that is shown, and the inner HTML."""
    unchanged = [block for block in plain_paragraphs(story) if block.html == escape(block.text, quote=False)]
    block = words.chance.choice(unchanged[1:])
    shown, block.html = change(block.text)
    return Piece(kind, [], spoiled=shown)


def read_also_bracket(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        tail = words.draw("also_bracket")
        linked = f'<a href="/story-{words.chance.randint(100, 999)}.html">{escape(tail, quote=False)}</a>'
        return f"{text} {tail}", f"{escape(text, quote=False)} {linked}"

    return _spoil("read_also bracket", story, words, change)


def markdown(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        word = max(text.split()[:8], key=len) if " " in text else text[:4]
        mark = words.chance.choice(("**", "__", "**"))
        shown = text.replace(word, f"{mark}{word}{mark}", 1)
        if words.chance.random() < 0.3:
            shown = text.replace(word, f"[{word}](https://www.velmora.example/story)", 1)
        return shown, escape(shown, quote=False)

    return _spoil("markdown", story, words, change)


def entities(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        at = text.find(" ", len(text) // 3) if " " in text else len(text)
        shown = f"{text[:at]}&nbsp;{text[at + 1 :]}"
        return shown, escape(shown, quote=False)

    return _spoil("entities", story, words, change)


def broken_tags(words: Words, story: Story) -> Piece:
    def change(text: str) -> tuple[str, str]:
        shown = text + words.chance.choice(("</p>", "<br />", "</strong>", "</div>"))
        return shown, escape(shown, quote=False)

    return _spoil("broken tags", story, words, change)
