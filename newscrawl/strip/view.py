"""What rules ask of an article again and again, worked out once an article and only when asked. Judges nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from newscrawl.article import BODY_KINDS, Article, Block, Element, Kind
from newscrawl.strip.pieces import Said, find_said
from newscrawl.text import fold, length

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_TELLING = frozenset({"aside", "nav", "footer", "form", "button", "noscript", "details", "label", "fieldset", "menu", "dialog"})

_TEXTUAL = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "a", "span", "strong", "em", "b", "i", "td", "blockquote"})


class View:
    """An article as rules look at it. Sequences run parallel to `article.blocks`.

    folded: text for comparing (`newscrawl.text.fold`, lines kept), folded when asked for. names: tag, id, classes and role
    of every step of the path, in lower case, one line. sizes: words (two characters a word in scripts without spaces).
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks = article.blocks
        self.folded: Sequence[str] = _Folded(article.blocks)
        self.sizes = [length(block.text) for block in article.blocks]

    @cached_property
    def names(self) -> list[str]:
        """`Path.names` of every block."""
        return [block.path.names for block in self.blocks]

    @cached_property
    def headline(self) -> str:
        """The headline, folded; "" if there is none."""
        return fold(self.article.headline or "")

    @cached_property
    def captions(self) -> list[str]:
        """Captions and credits of the images, and caption blocks, folded; without empty ones."""
        texts = [text for image in self.article.images for text in (image.caption, image.credit)]
        texts += [block.text for block in self.blocks if block.kind is Kind.CAPTION]
        return list(dict.fromkeys(folded for text in texts if text and (folded := fold(text))))

    @cached_property
    def alternatives(self) -> list[str]:
        """Alternative texts of the images, folded; without empty ones."""
        return list(dict.fromkeys(folded for image in self.article.images if image.alt and (folded := fold(image.alt))))

    @cached_property
    def prose(self) -> list[int]:
        """Indexes of the blocks that read like running text."""
        return [i for i, block in enumerate(self.blocks) if is_prose(block, self.sizes[i])]

    @property
    def first_sentences(self) -> int:
        """Index of the first block that reads like running text; the number of blocks when none does."""
        return self.prose[0] if self.prose else len(self.blocks)

    @property
    def last_sentences(self) -> int:
        """Index of the last block that reads like running text; -1 when none does."""
        return self.prose[-1] if self.prose else -1

    @cached_property
    def steps(self) -> list[tuple[Element, ...]]:
        """The steps of every block's path that tell it from the story: those that hold less than four tenths of the running text."""
        held: dict[int, float] = defaultdict(float)
        total = 0.0
        for i in self.prose:
            total += self.sizes[i]
            for element in self.blocks[i].path.steps:
                held[id(element)] += self.sizes[i]
        limit = 0.4 * total
        return [tuple(e for e in block.path.steps if held[id(e)] <= limit) for block in self.blocks]

    @cached_property
    def boxes(self) -> dict[str, list[int]]:
        """Names of such steps, one line, with the blocks that stand there; only steps whose tag, id, class or role can tell."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, steps in enumerate(self.steps):
            names = " / ".join(_box_names(e) for e in steps if e.id or e.classes or e.tag in _TELLING or "role" in e.attributes)
            if names:
                found[names].append(i)
        return found

    def inside(self, pattern: re.Pattern[str]) -> Iterator[int]:
        """Indexes of the blocks that stand in a box whose names match."""
        for names, indexes in self.boxes.items():
            if _matches(pattern, names):
                yield from indexes

    @cached_property
    def _said(self) -> dict[str, list[Said]]:
        return find_said(self.article, self.sizes)

    def said(self, kind: str) -> list[Said]:
        """Where the article says a phrase of this kind of the wording ("share.line")."""
        return self._said.get(kind, [])


def _box_names(element: Element) -> str:
    """Names of a step; without the ids of headings and paragraphs and without long ones: they are made of what the text says."""
    told = element.tag in _TEXTUAL or element.id.count("-") + element.id.count("_") > 2
    return " ".join((element.tag, "" if told else element.id, *element.classes, element.attributes.get("role") or "")).lower()


class _Folded(Sequence[str]):
    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._known: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        known = self._known.get(index)
        if known is None:
            text = self._blocks[index].text
            known = self._known[index] = "\n".join(map(fold, text.split("\n"))) if "\n" in text else fold(text)
        return known


@lru_cache(maxsize=16384)
def _matches(pattern: re.Pattern[str], names: str) -> bool:
    return pattern.search(names) is not None


def is_prose(block: Block, size: float) -> bool:
    """Running text: a paragraph or quote of some length that ends like a sentence and is not all link."""
    return block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and size >= 15 and ends_sentence(block.text) and block.link_density < 0.5


def ends_sentence(text: str) -> bool:
    """Does the text end like a sentence (a full stop, question or exclamation mark, quotes and brackets behind it)?"""
    return text.rstrip("\"'”’»)] ").endswith(_ENDS)


def is_body(block: Block) -> bool:
    """Does the block's text belong to the body?"""
    return block.kind in BODY_KINDS


_last: list[View] = []


def view(article: Article) -> View:
    """The view of an article; asked for again by the next rule, it is the same one."""
    if _last and _last[0].article is article:
        return _last[0]
    made = View(article)
    _last[:] = [made]
    return made
