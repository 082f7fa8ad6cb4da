"""The line that says who wrote the story and when. Authors and dates have fields of their own.

Removes a short block before the first or after the last running text that is an author's name with little else but a
label, a date or a time ("By Jane Roe, 3 May 2026"); and one before the first that opens with a word such as "By" and
goes on with names alone. After the last, removes the author's name with an e-mail address, and a last paragraph that
begins with the author's name.
Spares a speaker's label, a sentence that mentions the author, and names inside the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.article import Article, Kind, Removal
from newscrawl.strip.scores import is_unjudged
from newscrawl.strip.view import View, view_of
from newscrawl.strip.wording import pattern
from newscrawl.text import fold, words

#: Most words of a byline, and most of those that are neither a name nor a number.
MAX_WORDS, OTHER_WORDS = 22, 4
#: Most words of a paragraph about the author.
ABOUT_WORDS = 80
#: Most words of a line with the author's address.
CONTACT_WORDS = 16
_EMAIL = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.\w")
_NAMES = re.compile(
    r"^(?:(?<![\w.'’-])[^\W\d_a-zà-ÿ][\w.'’-]*[\s,&/|]*(?:(?:and|und|et|y|e|en|og|och|ve|i|и)\s+)?){1,8}$"
)


def removals(article: Article) -> Iterator[Removal]:
    """Bylines at the edges of the story."""
    view = view_of(article)
    names = {word for person in article.authors for word in words(person.name)}
    authors = tuple(fold(person.name) for person in article.authors if len(words(person.name)) > 1)
    opening = pattern("byline.word", article)
    for index, block in enumerate(view.blocks):
        if (
            view.first_prose < index < view.last_prose
            or view.sizes[index] > ABOUT_WORDS
            or block.kind in (Kind.HEADING, Kind.CAPTION)
        ):
            continue
        folded = view.folded[index]
        is_short = view.sizes[index] <= MAX_WORDS
        own = words(folded) if is_short and names else []
        others = [word for word in own if word not in names and not word[0].isdigit()]
        named = len([word for word in own if word in names])
        if (
            named >= 2
            and len(others) <= OTHER_WORDS
            and not block.text.rstrip().endswith((".", "!", "?", ":", "”", '"'))
        ):
            yield Removal(block, "the author's name and little else")
        elif index >= view.last_prose and _is_about_author(view, index, authors):
            yield Removal(block, "about the author")
        elif named and index > view.last_prose and view.sizes[index] <= CONTACT_WORDS and _EMAIL.search(block.text):
            yield Removal(block, "the author's name and address")
        elif (
            is_short
            and index < view.first_prose
            and (label := opening.match(folded))
            and _NAMES.match(re.sub(r"[,|·•(-]?\s{0,9}\d.{0,400}$", "", block.text[label.end() :]).strip())
        ):
            yield Removal(block, "opens like a byline and goes on with names")


def _is_about_author(view: View, index: int, authors: tuple[str, ...]) -> bool:
    """Does the last block, as far as the content model has judged it, begin with an author's name?"""
    block = view.blocks[index]
    if index < len(view.blocks) - 1 or not index or is_unjudged(block):
        return False
    return bool(authors) and view.folded[index].startswith(authors)
