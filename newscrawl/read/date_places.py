"""Where a date stands: in a sentence, in the masthead, or after a label; each says something about what it dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from newscrawl.dates import dates_in
from newscrawl.name_pattern import NamePattern
from newscrawl.read.layout import Layout
from newscrawl.text import words

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: Words that a sentence has beside its date at least; lines that say when a story came out have fewer.
_SENTENCE = 7
_SENTENCE_END = re.compile(r"[.!?。！？]['\"”»)]?\s{0,9}$")
_PUBLICATION = re.compile(
    r"publi|posted|updat|modif|erstellt|veröffent|erschienen|stand:|pubbl|geplaatst|\bby\b|\bvon\b|\bpar\b", re.I
)
#: Names of what is above every page of a site: its masthead, with today's date.
_MASTHEAD = NamePattern(
    r"(?<![a-z])(?:masthead|site-?header|page-?header|main-?header|global-?header|top-?bar|top-?header|header-?top"
    r"|nav-?bar|navigation|todays?(?:-?date)?|(?:current|now|local|live)-?date|date-?(?:today|now))(?![a-z])"
)
#: The same, where it is right in <body> or in an element around the whole page.
_TOP = NamePattern(r"(?<![\w-])(?:header|top|head)(?![\w-])")
_WHOLE_PAGE = re.compile(r"(?<![a-z])(?:page|wrapper|wrap|container|site|layout)(?![a-z])")
#: Characters of a label before a date that are read.
_LABEL = 60
#: Elements before a date that are looked at.
_STEPS = 20


def is_in_sentence(text: str, raw: str) -> bool:
    """Is a date part of a sentence, so that it dates what the sentence tells?"""
    rest = text.replace(raw, " ", 1)
    return len(words(rest)) >= _SENTENCE and _SENTENCE_END.search(text) is not None and not _PUBLICATION.search(rest)


def is_in_masthead(layout: Layout, index: int, headline: int | None) -> bool:
    """Is a block in the site's masthead: in an element that is called so, or in a page's header, above the headline?"""
    if headline is not None and index > headline:
        return False
    element = layout.places[index]
    while element > 0:
        if headline is not None and layout.closes[element] > headline:
            return False
        attributes = layout.attributes[element]
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        parent = layout.parents[element]
        if (
            _MASTHEAD.matches(names)
            or layout.tags[element] == "nav"
            or (layout.tags[element] == "header" and not parent)
            or (_TOP.matches(names) and _is_whole_page(layout, parent))
        ):
            return True
        element = parent
    return False


def _is_whole_page(layout: Layout, element: int) -> bool:
    """Is an element <body>, or one in it that is named after the whole page?"""
    if element <= 0:
        return True
    attributes = layout.attributes[element]
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return layout.parents[element] == 0 and _WHOLE_PAGE.search(names) is not None and layout.tags[element] == "div"


def is_of_masthead(node: LexborNode) -> bool:
    """The same for an element of the tree: is it in a masthead that has no heading of a story?"""
    parent: LexborNode | None = node
    while parent is not None and parent.tag != "body":
        names = f"{parent.attributes.get('class') or ''} {parent.attributes.get('id') or ''}".lower()
        is_page_header = parent.tag == "header" and parent.parent is not None and parent.parent.tag == "body"
        if (is_page_header or _MASTHEAD.matches(names)) and parent.css_first("article, main, h2, .entry-title") is None:
            heading = parent.css_first("h1")
            return heading is None or heading.css_first("a[href='/']") is not None
        parent = parent.parent
    return False


def label_before(node: LexborNode) -> str:
    """The text between an element and the date before it, in the same parent."""
    label, before, steps = "", node.prev, 0
    while before is not None and before.tag != "time" and len(label) < _LABEL and steps < _STEPS:
        steps += 1
        label = (before.text_content or before.text() or "") + label
        before = before.prev
    return label[-_LABEL:].strip()


#: Sentences with which blogs sign a story: "This entry was posted on Saturday, 5 March 2026 and is filed under".
_SENTENCES_OF_BLOGS = [
    r"this (?:entry|post|article|story) was (?:first |originally )?(?:posted|published|written|created)",
    r"dieser (?:beitrag|artikel|eintrag|text) (?:wurde|ist|erschien)",
    r"(?:cet article|ce billet|cette entrée) a été (?:publiée?|écrit|posté)",
    r"(?:esta entrada|este artículo|esta noticia) (?:fue|ha sido|se) (?:publicad[oa]|publicó|escrit[oa])",
    r"(?:este artigo|esta entrada|este post|esta notícia) foi (?:publicad[oa]|escrit[oa])",
    r"(?:questo articolo|questa voce|questo post) è stat[oa] (?:pubblicat[oa]|scritt[oa])",
    r"(?:dit bericht|dit artikel) (?:is|werd) ",
    r"(?:ten wpis|ten artykuł) został opublikowany",
    r"(?:запись|эта запись была|статья) опубликована",
    r"(?:detta inlägg|denna artikel) (?:publicerades|skrevs|postades)",
    r"bu (?:yazı|haber)",
]
#: Sentences below the story that say when the page was changed.
_SENTENCES_OF_CHANGE = [
    r"\bthis (?:page|article|entry|post) was last\b|^\W{0,9}last (?:edited|modified|changed|updated)\b",
    r"\bdiese (?:seite|version) wurde zuletzt\b",
    r"\bla dernière modification de cette page\b|\bcette page a été modifiée pour la dernière fois\b",
    r"\besta página se editó por última vez\b|\besta página foi editada pela última vez\b",
    r"\bquesta pagina è stata modificata per l'ultima volta\b",
    r"\bdeze pagina is voor het laatst\b|\btę stronę ostatnio\b|\bsidan redigerades senast\b",
    r"\bэта страница в последний раз\b",
]
_CHANGED = re.compile("|".join(_SENTENCES_OF_CHANGE), re.I)
#: Characters of a text that has such a sentence at most, and blocks at the end of a page that may be one.
_LONGEST_CHANGE, _LAST = 200, 60
_OF_BLOGS = re.compile(rf"^\W{{0,9}}(?:{'|'.join(_SENTENCES_OF_BLOGS)})", re.I)
#: How far from its beginning such a sentence has the date at most.
_DATE_WITHIN = 120
#: A date at the beginning of a text, and what follows it there: "BERLIN, 5 March 2026 – The harbour".
_DATELINE = 60
_IN_SENTENCE = re.compile(r"[.!?]\s")
#: What follows a date that is a sentence of its own: "5 March 2026. The harbour".
_AFTER_DATE = re.compile(r"\.\s[^\W\d_a-z]")
_AFTER_DATELINE = re.compile(r"\s{0,3}(?:[|–—:)\]]|--?\s|/[^/]{2,30}/)")


def dates_after_story(texts: list[str]) -> Iterator[str]:
    """The dates in the sentences with which blogs sign a story, the last of them first."""
    for text in reversed(texts):
        if _OF_BLOGS.match(text):
            yield from islice(dates_in(text[:_DATE_WITHIN]), 1)


def changes_after_story(texts: list[str]) -> Iterator[str]:
    """The dates in the sentences that say when the page was changed, the last of them first."""
    for text in reversed(texts[-_LAST:]):
        if len(text) <= _LONGEST_CHANGE and "20" in text and (found := _CHANGED.search(text)):
            yield from islice(dates_in(text[found.start() :]), 1)


def dateline(text: str) -> Iterator[str]:
    """The date at the beginning of a paragraph, which is that of a message or a press release."""
    start = text[: 2 * _DATELINE]
    for raw in islice(dates_in(start), 1):
        at = start.find(raw)
        is_line = 0 <= at <= _DATELINE and _AFTER_DATELINE.match(start, at + len(raw))
        if (is_line and not _IN_SENTENCE.search(start[:at])) or (at == 0 and _AFTER_DATE.match(start, len(raw))):
            yield raw
