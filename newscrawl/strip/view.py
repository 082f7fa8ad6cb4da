"""What rules ask of an article again and again, worked out once an article and only when asked. Judges nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from newscrawl.article import BODY_KINDS, Article, Block, Element, Kind
from newscrawl.strip.pieces import Said, find_said
from newscrawl.text import fold, folded_length

_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।")
_RUNNING = frozenset({Kind.PARAGRAPH, Kind.QUOTE})
_TELLING = frozenset(
    {"aside", "nav", "footer", "form", "button", "noscript", "details", "label", "fieldset", "menu", "dialog"}
)

#: A number for a machine, in whose letters names would be found that nobody wrote.
_HASH = re.compile(r"(?=[a-f]{0,9}\d)[\da-f]{10}", re.I)
_TEXTUAL = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "a", "span", "strong", "em", "b", "i", "td", "blockquote"}
)


class View:
    """An article as rules look at it. Sequences run parallel to `article.blocks`.

    folded: text for comparing (`newscrawl.text.fold`, lines kept), folded when asked for. sizes: words (two characters a word
    in scripts without spaces).
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks = article.blocks
        self.folded: Sequence[str] = _Folded(article.blocks)
        self.sizes = [folded_length(block.text) for block in article.blocks]

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
        held: dict[int, float] = {}
        total = 0.0
        for i in self.prose:
            size = self.sizes[i]
            total += size
            for element in self.blocks[i].path.steps:
                held[id(element)] = held.get(id(element), 0.0) + size
        story = {element for element, size in held.items() if size > 0.4 * total}
        return [_behind(block.path.steps, story) for block in self.blocks]

    @cached_property
    def boxes(self) -> dict[str, list[int]]:
        """Names of such steps, one line, with the blocks that stand there; only steps whose tag, id, class or role can tell."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, steps in enumerate(self.steps):
            names = " / ".join(
                _box_names(e) for e in steps if e.id or e.classes or e.tag in _TELLING or "role" in e.attributes
            )
            if names:
                found[names].append(i)
        return found

    def inside(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """Indexes of the blocks that stand in a box one of whose names matches (a tag, an id, a class, a role)."""
        if _patterns.add(pattern):
            self.__dict__.pop("_inside", None)
        return self._inside.get(id(pattern), ())

    @cached_property
    def _inside(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for names, indexes in self.boxes.items():
            for pattern in {pattern for name in names.split() for pattern in _patterns[name]}:
                found[pattern] += indexes
        return found

    def anywhere_inside(self, pattern: re.Pattern[str]) -> set[int]:
        """Indexes of the blocks that have a step, the story's own ones too, whose names match."""
        known: dict[int, bool] = {}  # for a step and all before it
        return {index for index, block in enumerate(self.blocks) if _any_match(block.path.steps, pattern, known)}

    @cached_property
    def _said(self) -> dict[str, list[Said]]:
        return find_said(self.article, self.sizes, self.folded)

    @property
    def kinds(self) -> list[str]:
        """The kinds of the wording that the article says somewhere."""
        return list(self._said)

    def said(self, kind: str) -> list[Said]:
        """Where the article says a phrase of this kind of the wording ("share.line")."""
        return self._said.get(kind, [])


def _box_names(element: Element) -> str:
    """Names of a step; without the ids of headings and paragraphs and without long ones: they are made of what the text says."""
    told = element.tag in _TEXTUAL or element.id.count("-") + element.id.count("_") > 2
    return " ".join(
        (element.tag, "" if told else _HASH.sub("", element.id), *element.classes, element.attributes.get("role") or "")
    ).lower()


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


class _Patterns(dict[str, tuple[int, ...]]):
    """Which of the rules' patterns match a name: asked of all at once, and once a name, because pages share their names."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[int, re.Pattern[str]] = {}

    def add(self, pattern: re.Pattern[str]) -> bool:
        """Take up a pattern; was it new?"""
        if id(pattern) in self.asked:
            return False
        self.asked[id(pattern)] = pattern
        self.clear()
        return True

    def __missing__(self, name: str) -> tuple[int, ...]:
        if len(self) > 50_000:
            self.clear()
        self[name] = found = tuple(number for number, pattern in self.asked.items() if pattern.search(name))
        return found


_patterns = _Patterns()


def _any_match(steps: tuple[Element, ...], pattern: re.Pattern[str], known: dict[int, bool]) -> bool:
    if not steps:
        return False
    last = steps[-1]
    found = known.get(id(last))
    if found is None:
        found = known[id(last)] = pattern.search(last.names) is not None or _any_match(steps[:-1], pattern, known)
    return found


def _behind(steps: tuple[Element, ...], story: set[int]) -> tuple[Element, ...]:
    """The steps behind the last that holds the story: what holds less stands inside of what holds more."""
    for n in range(len(steps), 0, -1):
        if id(steps[n - 1]) in story:
            return steps[n:]
    return steps


def is_prose(block: Block, size: float) -> bool:
    """Running text: a paragraph or quote of some length that ends like a sentence and is not all link."""
    return size >= 15 and block.kind in _RUNNING and ends_sentence(block.text) and block.link_density < 0.5


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
