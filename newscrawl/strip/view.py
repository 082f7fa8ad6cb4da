"""Facts about an article that many rules need, each computed once per article and only when a rule asks for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from functools import cached_property

from newscrawl.article import Article, Block, Element, Kind, LeftOut, Removals
from newscrawl.name_pattern import NamePattern
from newscrawl.strip.matches import PhraseMatch, find_phrases
from newscrawl.text import ends_sentence, fold, folded_length

_RUNNING = frozenset({Kind.PARAGRAPH, Kind.QUOTE})
#: Elements whose tag alone says something about what they hold.
_TELLING_TAGS = frozenset(
    {"aside", "nav", "footer", "form", "button", "noscript", "details", "label", "fieldset", "menu", "dialog"}
)
#: A machine-made number inside an id. A box name found among its letters would be chance.
_HASH = re.compile(r"(?=[a-f]{0,9}\d)[\da-f]{10}", re.I)
_TEXT_TAGS = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "a", "span", "strong", "em", "b", "i", "td", "blockquote"}
)


class View:
    """An article as the rules look at it. Sequences run parallel to `article.blocks`.

    folded: each block's text for comparison (`newscrawl.text.fold`, lines kept), folded on first use.
    sizes: each block's number of words (in scripts without spaces, two characters count as a word).
    """

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks = article.blocks
        self.folded: Sequence[str] = _FoldedTexts(article.blocks)
        self.sizes = [folded_length(block.text) for block in article.blocks]

    @cached_property
    def text(self) -> str:
        """The texts of all blocks, one after the other: what is not in it is in none of them."""
        return "\n".join([block.text for block in self.blocks])

    @cached_property
    def headline(self) -> str:
        """The headline, folded; "" if there is none."""
        return fold(self.article.headline or "")

    @cached_property
    def captions(self) -> list[str]:
        """Captions and credits of the images, and caption blocks, folded; none is empty."""
        texts = [text for image in self.article.images for text in (image.caption, image.credit)]
        texts += [block.text for block in self.blocks if block.kind is Kind.CAPTION]
        return list(dict.fromkeys(folded for text in texts if text and (folded := fold(text))))

    @cached_property
    def alt_texts(self) -> Set[str]:
        """Alternative texts of the images, folded; none is empty."""
        return {folded for image in self.article.images if image.alt and (folded := fold(image.alt))}

    @cached_property
    def left_out(self) -> LeftOut:
        """The blocks of the page that were left out as a whole, by `Block.index`, each made when a rule looks at it."""
        removals = self.article.removals
        return (removals if isinstance(removals, Removals) else Removals(removals)).left_out

    @cached_property
    def prose(self) -> list[int]:
        """Indexes of the blocks that read like running text (`is_prose`)."""
        return [i for i, block in enumerate(self.blocks) if is_prose(block, self.sizes[i])]

    @property
    def first_prose(self) -> int:
        """Index of the first block of running text; the number of blocks if there is none."""
        return self.prose[0] if self.prose else len(self.blocks)

    @property
    def last_prose(self) -> int:
        """Index of the last block of running text; -1 if there is none."""
        return self.prose[-1] if self.prose else -1

    @cached_property
    def box_steps(self) -> list[tuple[Element, ...]]:
        """Each block's path below the story's container: the steps that hold at most 0.4 of the running text."""
        held: dict[int, float] = {}
        total = 0.0
        for i in self.prose:
            size = self.sizes[i]
            total += size
            for element in self.blocks[i].path.steps:
                held[id(element)] = held.get(id(element), 0.0) + size
        story = {element for element, size in held.items() if size > 0.4 * total}
        return [_below_story(block.path.steps, story) for block in self.blocks]

    @cached_property
    def boxes(self) -> dict[str, list[int]]:
        """Names of a block's `box_steps`, as one line -> indexes of the blocks there.

        Steps without an id, a class, a role or a telling tag are left out.
        """
        found: dict[str, list[int]] = defaultdict(list)
        for i, steps in enumerate(self.box_steps):
            names = [
                _box_names(e) for e in steps if e.id or e.classes or e.tag in _TELLING_TAGS or "role" in e.attributes
            ]
            if names:
                found[" / ".join(names)].append(i)
        return found

    def inside(self, pattern: re.Pattern[str]) -> Sequence[int]:
        """Indexes of the blocks in a box that has a matching name (tag, id, class or role)."""
        if _name_patterns.add(pattern):
            self.__dict__.pop("_inside", None)
        return self._inside.get(id(pattern), ())

    @cached_property
    def _inside(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for names, indexes in self.boxes.items():
            for pattern in {pattern for name in names.split() for pattern in _name_patterns[name]}:
                found[pattern] += indexes
        return found

    def anywhere_inside(self, pattern: re.Pattern[str]) -> set[int]:
        """Indexes of the blocks whose path has a step with a matching name, the story's own container included."""
        names = _names_of.setdefault(pattern.pattern, NamePattern(pattern))
        known: dict[int, bool] = {}
        return {index for index, block in enumerate(self.blocks) if _any_match(block.path.steps, names, known)}

    @cached_property
    def _phrases(self) -> dict[str, list[PhraseMatch]]:
        return find_phrases(self.article, self.sizes, self.folded)

    @cached_property
    def signs(self) -> Set[str | int]:
        """By which rules may find something: names of rules whose phrases occur, and of boxes (see `register`)."""
        return {kind.partition(".")[0] for kind in self._phrases} | self._inside.keys()

    @property
    def phrase_kinds(self) -> list[str]:
        """The kinds of phrase that occur in the article."""
        return list(self._phrases)

    def phrases(self, kind: str) -> list[PhraseMatch]:
        """Where a phrase of this kind ("share.line") occurs in the article."""
        return self._phrases.get(kind, [])


def _box_names(element: Element) -> str:
    """Names of a step. Ids of text elements, and long ids, are left out: sites make them from the text's own words."""
    ignore_id = element.tag in _TEXT_TAGS or element.id.count("-") + element.id.count("_") > 2
    box_id = "" if ignore_id else _HASH.sub("", element.id)
    return " ".join((element.tag, box_id, *element.classes, element.attributes.get("role") or "")).lower()


class _FoldedTexts(Sequence[str]):
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


class _NamePatterns(dict[str, tuple[int, ...]]):
    """Name -> ids of the rules' patterns that match it.

    Each name is tried once, against all patterns: the pages of a site share their names.
    """

    def __init__(self) -> None:
        super().__init__()
        self._patterns: dict[int, re.Pattern[str]] = {}

    def add(self, pattern: re.Pattern[str]) -> bool:
        """Include a pattern from now on. Returns whether it was new."""
        if id(pattern) in self._patterns:
            return False
        self._patterns[id(pattern)] = pattern
        self.clear()
        return True

    def __missing__(self, name: str) -> tuple[int, ...]:
        if len(self) > 50_000:
            self.clear()
        self[name] = found = tuple(number for number, pattern in self._patterns.items() if pattern.search(name))
        return found


_name_patterns = _NamePatterns()


def register(pattern: re.Pattern[str]) -> int:
    """Look for a pattern among the names of boxes from now on. Returns the number by which `View.signs` names it."""
    _name_patterns.add(pattern)
    return id(pattern)


_names_of: dict[str, NamePattern] = {}


def _any_match(steps: tuple[Element, ...], names: NamePattern, known: dict[int, bool]) -> bool:
    """Has a step a matching name? known: the answer for a step and all above it, by its `id`."""
    found, new = False, []
    for step in reversed(steps):
        if id(step) in known:
            found = known[id(step)]
            break
        new.append(step)
    for step in reversed(new):
        if not found:
            role = step.attributes.get("role") or ""
            found = any(names.matches(name.lower()) for name in (step.tag, step.id, role, *step.classes))
        known[id(step)] = found
    return found


def _below_story(steps: tuple[Element, ...], story: set[int]) -> tuple[Element, ...]:
    """The steps after the last one that holds the story. story: `id` of each element that does."""
    for n in range(len(steps), 0, -1):
        if id(steps[n - 1]) in story:
            return steps[n:]
    return steps


def is_prose(block: Block, words: float) -> bool:
    """Is the block running text: a paragraph or quote of at least 15 words, not mostly links, that ends a sentence?"""
    return words >= 15 and block.kind in _RUNNING and ends_sentence(block.text) and block.link_density < 0.5


_last: list[View] = []


def view_of(article: Article) -> View:
    """The view of an article. The last one is kept, because the rules ask for the same article one after another.

    `forget_view` drops it once they are done: it would keep the article, and all of its page, until the next one.
    """
    if _last and _last[0].article is article:
        return _last[0]
    made = View(article)
    _last[:] = [made]
    return made


def forget_view() -> None:
    """Keep no view."""
    _last.clear()
