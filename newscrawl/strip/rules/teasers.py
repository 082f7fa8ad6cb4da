"""Cards of other stories: the same small box again and again, each with a linked heading and at most a line or two.

Strikes four or more such boxes of one container that stands behind the story and outside of what holds its paragraphs, and the heading over them.
Spares a round-up: cards with no story before them or amid it, and cards whose texts are more than a teaser.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from newscrawl.article import Article, Block, Element, Kind, Removal
from newscrawl.strip.view import View, view
from newscrawl.text import folded_length

#: Words of linked text in its heading from which on a box leads elsewhere; words of a teaser; cards in a container; words of story before them.
_LINKED, _TEASER, _CARDS, _STORY = 0.8, 45, 4, 80


def removals(article: Article) -> Iterator[Removal]:
    """The cards, and what stands over them."""
    seen = view(article)
    behind = _behind_story(seen)
    holds_story = _holder(seen, behind)
    if sum(all(id(step) != holds_story for step in block.path.steps) for block in seen.blocks[behind:]) < _CARDS:
        return
    struck: set[int] = set()
    for container, cards in _containers(_all_from(article, seen.blocks[behind].index, seen.blocks[-1].index)):
        if any(id(step) == holds_story for step in container):
            continue
        struck.update(block.index for card in cards for block in card)
    for number in range(behind, len(seen.blocks)):
        block = seen.blocks[number]
        if block.index in struck:
            yield Removal(block, "a card of another story")
        elif (
            number + 1 < len(seen.blocks)
            and seen.blocks[number + 1].index in struck
            and block.kind is Kind.HEADING
            and seen.sizes[number] <= 6
        ):
            yield Removal(block, "stands over cards of other stories")


def _behind_story(seen: View) -> int:
    """Number of the first block with so much running text before it that the story has begun."""
    words = 0.0
    for number in seen.prose:
        words += seen.sizes[number]
        if words >= _STORY:
            return number + 1
    return len(seen.blocks)


def _holder(seen: View, behind: int) -> int:
    """The element (its `id`) that holds most paragraphs of the story."""
    counts = Counter(
        id(steps[-2]) for number in seen.prose if number < behind and len(steps := seen.blocks[number].path.steps) > 1
    )
    return counts.most_common(1)[0][0] if counts else 0


def _all_from(article: Article, first: int, last: int) -> list[Block]:
    """All blocks of that part of the page, in order: those that were not taken for story belong to the cards, too."""
    others = [
        removal.block for removal in article.removals if removal.span is None and first <= removal.block.index <= last
    ]
    return sorted(
        {block.index: block for block in (*others, *article.blocks) if first <= block.index <= last}.values(),
        key=lambda block: block.index,
    )


def _containers(blocks: list[Block]) -> Iterator[tuple[tuple[Element, ...], list[list[Block]]]]:
    """Each container, as the path to it, with its cards, one after the other, each as its blocks."""
    heads = [
        block
        for block in blocks
        if block.kind is Kind.HEADING and block.words_in_links > 1 and block.link_density >= _LINKED
    ]
    if len(heads) < _CARDS:
        return
    found: dict[int, dict[int, list[Block]]] = {}
    paths: dict[int, tuple[Element, ...]] = {}
    for one, other in pairwise(heads):
        a, b = one.path.steps, other.path.steps
        depth = _common(a, b)
        if 0 < depth < min(len(a), len(b)) and _alike(a[depth], b[depth]):
            paths[id(a[depth - 1])] = a[:depth]
            found.setdefault(id(a[depth - 1]), {}).update({id(a[depth]): [], id(b[depth]): []})
    for container, boxes in found.items():
        if len(boxes) < _CARDS:
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
            and all(sum(folded_length(block.text) for block in card) <= _TEASER for card in cards)
        ):
            yield paths[container], cards


def _common(one: tuple[Element, ...], other: tuple[Element, ...]) -> int:
    """How many steps two paths share."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a is not b:
            break
        count += 1
    return count


def _alike(one: Element, other: Element) -> bool:
    return one.tag == other.tag and (one.classes == other.classes or bool(set(one.classes) & set(other.classes)))
