"""Cards of other stories: the same small box repeated, each with a linked heading and at most a line or two.

Removes four or more such boxes if their container comes after the story and outside the element that holds its
paragraphs, and the heading above them; and as many headings in a row with no text between them.
Spares a round-up: cards with no story before them, cards within the story, and cards with more text than a teaser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter

from newscrawl.article import Article, Block, Element, Kind, Removal
from newscrawl.strip.scores import is_sure_story
from newscrawl.strip.view import View, view_of
from newscrawl.text import folded_length

#: Share of links from which on a card's heading leads elsewhere.
LINK_DENSITY = 0.8
#: Most words of a card, fewest cards of a container, and words of running text after which the story counts as begun.
CARD_WORDS, MIN_CARDS, STORY_WORDS = 45, 4, 80


def removals(article: Article) -> Iterator[Removal]:
    """The cards, and the heading above them."""
    view = view_of(article)
    after = _after_story_begins(view)
    yield from _headings_in_a_row(view, after)
    story_holder = _story_holder(view, after)
    if sum(story_holder not in map(id, block.path.steps) for block in view.blocks[after:]) < MIN_CARDS:
        return
    in_cards: set[int] = set()
    for container, cards in _containers(view, view.blocks[after].index, view.blocks[-1].index):
        if story_holder in map(id, container):
            continue
        in_cards.update(block.index for card in cards for block in card)
    for number in range(after, len(view.blocks)):
        block = view.blocks[number]
        if block.index in in_cards:
            yield Removal(block, "a card of another story")
        elif (
            number + 1 < len(view.blocks)
            and view.blocks[number + 1].index in in_cards
            and block.kind is Kind.HEADING
            and view.sizes[number] <= 6
        ):
            yield Removal(block, "a heading above cards of other stories")


def _headings_in_a_row(view: View, after: int) -> Iterator[Removal]:
    """Headings with no text between them, once the story has begun: each is that of another story."""
    for kind, group in groupby(view.blocks[after:], key=attrgetter("kind")):
        row = list(group)
        if kind is Kind.HEADING and len(row) >= MIN_CARDS and not any(map(is_sure_story, row)):
            for block in row:
                yield Removal(block, "one of several headings without text between them")


def _after_story_begins(view: View) -> int:
    """Position of the first block with `STORY_WORDS` of running text before it; the number of blocks if none has."""
    words = 0.0
    for number in view.prose:
        words += view.sizes[number]
        if words >= STORY_WORDS:
            return number + 1
    return len(view.blocks)


def _story_holder(view: View, end: int) -> int:
    """`id` of the element that is the parent of most paragraphs before `end`; 0 if there are none."""
    counts = Counter(
        id(steps[-2]) for number in view.prose if number < end and len(steps := view.blocks[number].path.steps) > 1
    )
    return counts.most_common(1)[0][0] if counts else 0


def _page_part(view: View, first: int, last: int, kind: Kind | None = None) -> list[Block]:
    """All blocks of the page from index `first` to `last`, in order; only those of a kind, if one is given.

    Includes those that were left out of the story, because cards consist of them too.
    """
    own = {block.index: block for block in view.blocks if first <= block.index <= last}
    found = {index: block for index, block in own.items() if kind in (None, block.kind)}
    for index, its_kind in view.left_out.kinds.items():
        if kind in (None, its_kind) and first <= index <= last and index not in own:
            found[index] = view.left_out[index].block
    return [found[index] for index in sorted(found)]


def _containers(view: View, first: int, last: int) -> Iterator[tuple[tuple[Element, ...], list[list[Block]]]]:
    """Each container of cards from one block to another: the path to it, and its cards in order, each as its blocks."""
    headings = [
        block
        for block in _page_part(view, first, last, Kind.HEADING)
        if block.words_in_links > 1 and block.link_density >= LINK_DENSITY
    ]
    if len(headings) < MIN_CARDS:
        return
    blocks = _page_part(view, first, last)
    found: dict[int, dict[int, list[Block]]] = {}
    paths: dict[int, tuple[Element, ...]] = {}
    for one, other in pairwise(headings):
        a, b = one.path.steps, other.path.steps
        depth = _shared_steps(a, b)
        if 0 < depth < min(len(a), len(b)) and _are_alike(a[depth], b[depth]):
            paths[id(a[depth - 1])] = a[:depth]
            found.setdefault(id(a[depth - 1]), {}).update({id(a[depth]): [], id(b[depth]): []})
    for container, boxes in found.items():
        if len(boxes) < MIN_CARDS:
            continue
        for block in blocks:
            for step in block.path.steps:
                if id(step) in boxes:
                    boxes[id(step)].append(block)
                    break
        cards = list(boxes.values())
        inside = {block.index for card in cards for block in card}
        between = [block for block in blocks if min(inside) < block.index < max(inside) and block.index not in inside]
        if (
            not between
            and sum(len(card) > 1 for card in cards) >= 0.8 * len(cards)
            and all(sum(folded_length(block.text) for block in card) <= CARD_WORDS for card in cards)
        ):
            yield paths[container], cards


def _shared_steps(one: tuple[Element, ...], other: tuple[Element, ...]) -> int:
    """How many steps the two paths have in common from the top."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a is not b:
            break
        count += 1
    return count


def _are_alike(one: Element, other: Element) -> bool:
    """Have the two elements the same tag, and the same classes or one in common?"""
    return one.tag == other.tag and (one.classes == other.classes or bool(set(one.classes) & set(other.classes)))
