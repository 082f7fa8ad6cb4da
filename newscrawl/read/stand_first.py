"""The stand-first: the sentences between the headline and the story that say what it is about. Part of the story.

The content model doubts it, since some publishers' texts begin without it, and cards of other stories look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Kind
from newscrawl.read.layout import STEPS, Layout
from newscrawl.text import ends_sentence, fold, words

#: Blocks after the headline among which it is looked for, and most blocks from there to the story: of one that is named
#: as a stand-first, of a sentence, and of a sub-heading right under the headline.
_NAMED, _SENTENCE, _SUBHEADING = (8, 30), (5, 10), (1, 8)
_LEAST_WORDS, _MOST_WORDS = 5, 90
#: A sentence has so many words at least.
_SENTENCE_WORDS = 8
#: A block that shares so many of its words with the headline repeats it.
_SAME_WORDS = 0.5
_NAMES = re.compile(
    r"(?<![a-z])(?:stand-?first|strap-?(?:line)?|dek|deck|lede?|leads?|lead-?text|lead-?in|intro(?:duction)?"
    r"|sub-?(?:title|head|headline|heading|deck|line)s?|excerpt|summary|abstract|chapo|chapeau|vorspann|teaser-?text"
    r"|teaser|anriss|entradilla|bajada|copete|epigraph|sommario|occhiello|catenaccio|ingress|manchete?|sapo|underrubrik"
    r"|article-?desc\w*|post-?subtitle)(?![a-z])"
)
#: A text with a date or time and no more words than this is a line about the story.
_DATED_WORDS = 14
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DATED = re.compile(r"(?:19|20)\d\d|\d[:h.]\d\d|年|\d\s?min", re.I)
_ELSEWHERE = frozenset({"nav", "aside", "footer", "form", "figure", "figcaption", "button", "blockquote", "time"})
_KINDS = (Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE, Kind.LIST_ITEM)


def stand_first(
    layout: Layout, story: set[int], headline: int | None, description: str | None
) -> Iterator[tuple[int, str]]:
    """What speaks for a stand-first: the index of a block and the name of the evidence.

    story: the blocks that are story by their scores. headline: the block that shows it, if any.
    """
    if headline is None or not story:
        return
    first = min((index for index in story if index > headline), default=None)
    if first is None or first - headline > _NAMED[1]:
        return
    summary = fold(description or "")
    before = headline - 1
    if before >= 0 and _may_be(layout, before) and _is_named(layout, before) and ends_sentence(layout.texts[before]):
        yield before, "named as a stand-first, above the headline"
    for index in range(headline + 1, min(first, headline + 1 + _NAMED[0])):
        if not _may_be(layout, index) or _repeats(layout.texts[index], layout.texts[headline]):
            continue
        is_named = _is_named(layout, index)
        if not is_named and "li" in _tags_above(layout, index):
            continue
        if is_named:
            yield index, "named as a stand-first"
        elif _says(layout.texts[index], summary):
            yield index, "says what the page's description says"
        elif _is_sentence(layout, index, headline, first):
            yield index, "a sentence between the headline and the story"
        elif _is_subheading(layout, index, headline, first):
            yield index, "a sub-heading under the headline"


def _may_be(layout: Layout, index: int) -> bool:
    if layout.kinds[index] not in _KINDS or layout.link_shares[index] > 0.2:
        return False
    if not _LEAST_WORDS <= layout.sizes[index] <= _MOST_WORDS:
        return False
    if layout.sizes[index] <= _DATED_WORDS and _DATED.search(layout.texts[index]):
        return False
    return _ELSEWHERE.isdisjoint(_tags_above(layout, index))


def _tags_above(layout: Layout, index: int) -> set[str]:
    return {layout.tags[element] for element in layout.up[:, index].tolist()}


def _repeats(text: str, headline: str) -> bool:
    own, other = set(words(text)), set(words(headline))
    return len(own & other) > _SAME_WORDS * min(len(own), len(other))


def _is_sentence(layout: Layout, index: int, headline: int, first: int) -> bool:
    near, before = _SENTENCE
    return (
        index - headline <= near
        and first - index <= before
        and layout.sizes[index] >= _SENTENCE_WORDS
        and layout.link_shares[index] == 0
        and ends_sentence(layout.texts[index])
        and _DATED.search(layout.texts[index]) is None
    )


def _is_subheading(layout: Layout, index: int, headline: int, first: int) -> bool:
    near, before = _SUBHEADING
    return (
        layout.kinds[index] is Kind.HEADING
        and index - headline <= near
        and first - index <= before
        and _DATED.search(layout.texts[index]) is None
    )


def _says(text: str, summary: str) -> bool:
    """Does the page's own description say the same, or begin so?"""
    own = fold(text)
    return len(summary) >= 20 and len(own) >= 20 and (summary.startswith(own[:60]) or own.startswith(summary[:60]))


def _is_named(layout: Layout, index: int) -> bool:
    """Is one of the three elements around it named as a stand-first?"""
    for element in layout.up[: min(3, STEPS), index].tolist():
        attributes = layout.attributes[element]
        names = " ".join(attributes.get(name) or "" for name in ("class", "id", "itemprop"))
        if _NAMES.search(_CAMEL.sub("-", names).lower()):
            return True
    return False
