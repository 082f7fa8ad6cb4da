"""The line that says who wrote the story, and when: authors and dates have their fields.

Strikes a short block before the first running text, or right behind the last, that is an author's name with hardly a word
beside it but a label, a date, a time ("By Jane Roe, 3 May 2026"), and what opens with "By" and goes on with names alone.
Spares a speaker's label, a sentence in which the author is named, and names inside the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.view import view
from newscrawl.strip.wording import pattern
from newscrawl.text import words

#: Words of a byline at most, and words in it that are neither a name's, a date's, nor its label's.
LONGEST, BESIDE = 22, 4
_NAMES = re.compile(
    r"^(?:(?<![\w.'’-])[^\W\d_a-zà-ÿ][\w.'’-]*[\s,&/|]*(?:(?:and|und|et|y|e|en|og|och|ve|i|и)\s+)?){1,8}$"
)


def removals(article: Article) -> Iterator[Removal]:
    """Bylines at the edges of the story."""
    seen = view(article)
    names = {word for person in article.authors for word in words(person.name)}
    opening = pattern("byline.word", article)
    for index, block in enumerate(seen.blocks):
        if (
            seen.first_sentences < index < seen.last_sentences
            or seen.sizes[index] > LONGEST
            or block.kind in (Kind.HEADING, Kind.CAPTION)
        ):
            continue
        folded = seen.folded[index]
        own = words(folded)
        beside = [word for word in own if word not in names and not word[0].isdigit()]
        named = len([word for word in own if word in names])
        label = opening.match(folded)
        if named >= 2 and len(beside) <= BESIDE and not block.text.rstrip().endswith((".", "!", "?", ":", "”", '"')):
            yield Removal(block, "names the author, and hardly anything else")
        elif (
            label
            and index < seen.first_sentences
            and _NAMES.match(re.sub(r"[,|·•(-]?\s{0,9}\d.{0,400}$", "", block.text[label.end() :]).strip())
        ):
            yield Removal(block, "opens like a byline and goes on with names")
