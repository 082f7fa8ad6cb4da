"""The code blocks of README.md and of every page under docs/, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE = re.compile(
    r"(?:<!-- not run: (?P<why>[^\n]*?) -->\n+)?"
    r'^(?P<indent> *)```(?P<language>[a-z]*)(?: title="(?P<title>[^"]+)")?[^\n]*\n(?P<text>.*?)^(?P=indent)```$',
    re.M | re.S,
)


@dataclass(frozen=True)
class Block:
    """A code block.

    page: its path below the checkout. line: of its first line. language: what the fence says. title: the file that it
    is, or "". why: why it is not run, or "".
    """

    page: str
    line: int
    language: str
    title: str
    text: str
    why: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.language or 'text'}"


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks_of(page: Path) -> list[Block]:
    """All blocks of a page."""
    text = page.read_text("utf-8")
    found = []
    for match in _FENCE.finditer(text):
        indent = match["indent"]
        inner = "".join(line.removeprefix(indent) for line in match["text"].splitlines(keepends=True))
        line = text.count("\n", 0, match.start("text")) + 1
        block = Block(name_of(page), line, match["language"], match["title"] or "", inner, match["why"] or "")
        found.append(block)
    return found
