"""Reads a page with a person's own selectors (`newscrawl.selectors`) in place of newscrawl's judgement.

A selector that matches nothing changes nothing. What each did is said in `Article.overrides`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.article import Article, Block, Element, Kind, Path, Person, Removal, Removals
from newscrawl.read import read_document
from newscrawl.read.byline_wording import OPENING
from newscrawl.read.content import score_blocks
from newscrawl.read.date_parsing import dates_in, parse_date
from newscrawl.read.document import Document, open_document
from newscrawl.read.evidence import Evidence
from newscrawl.read.layout import Layout
from newscrawl.read.names import names_in
from newscrawl.selectors import Selectors, split_selector
from newscrawl.text import clean, fold

#: Attribute that marks the elements of the story, in a tree of its own.
_MARK = "data-newscrawl-story"
#: Elements that one selector may match.
_MOST = 1000
#: Name of the rule that stands for a person's own selectors.
RULE = "selector"


def read_selected(document: Document, selectors: Selectors) -> Article:
    """Read the article of a page with these selectors. Raises UnreadablePage."""
    if not selectors:
        return read_document(document)
    document = open_document(document.page)  # the tree is changed, and others still need the page as it is
    fields, notes = _fields(document, selectors)
    struck = list(_strike(document.tree, selectors.strip, notes))
    article = _read_body(document, selectors.body, notes)
    if "headline" in fields and article.blocks and fold(article.blocks[0].text) == fold(fields["headline"]):
        struck.insert(0, Removal(article.blocks[0], "the headline, which has its own field", rule="headline"))
        article = replace(article, blocks=article.blocks[1:])
    removals = article.removals if isinstance(article.removals, Removals) else Removals(article.removals)
    return replace(article, **fields, removals=removals + struck, overrides=(*article.overrides, *notes))


def _read_body(document: Document, wanted: Sequence[str], notes: list[str]) -> Article:
    for text in wanted:
        nodes = document.tree.css(split_selector(text)[0])[:_MOST]
        for node in nodes:
            node.attrs[_MARK] = ""
        if not nodes:
            continue
        article = read_document(document, _score_marked)
        inside = tuple(block for block in article.blocks if _is_marked(block))
        if inside:
            outside = [block for block in article.blocks if not _is_marked(block)]
            count = len(inside)
            notes.append(f"body: {text} ({count} block{'' if count == 1 else 's'})")
            reason = f"outside the story that {text} selects"
            left = [Removal(block, reason, rule=RULE) for block in outside]
            before = article.removals if isinstance(article.removals, Removals) else Removals(article.removals)
            return replace(article, blocks=inside, removals=before + left, is_partial=False)
        for node in nodes:
            del node.attrs[_MARK]
    if wanted:
        notes.append(f"body: {', '.join(wanted)} matches no text")
    return read_document(document)


def _score_marked(layout: Layout, evidence: Evidence) -> list[float]:
    """The blocks of marked elements are the story, except the headline; nothing else is."""
    scores = [0.0] * len(layout.texts)
    for element, attributes in enumerate(layout.attributes):
        if _MARK in attributes:
            start, stop = layout.opens[element], layout.closes[element]
            scores[start:stop] = [1.0] * (stop - start)
    if not any(scores):
        return list(score_blocks(layout, evidence))
    if evidence.shown is not None and layout.kinds[evidence.shown] is Kind.HEADING:
        scores[evidence.shown] = 0.0
    return scores


def _is_marked(block: Block) -> bool:
    return any(_MARK in element.attributes for element in block.path)


def _strike(tree: LexborHTMLParser, selectors: Sequence[str], notes: list[str]) -> Iterator[Removal]:
    """Take the selected elements out of the tree; yields them as removals."""
    for text in selectors:
        nodes = tree.css(split_selector(text)[0])[:_MOST]
        nodes = [node for node in nodes if node.tag not in ("html", "body")]
        notes.append(f"strip: {text} ({len(nodes)} removed)")
        for node in nodes:
            words = clean(node.text(separator=" "))
            element = Element(node.tag or "", node.attributes.get("id") or "")
            if words:
                block = Block(-1, Kind.PARAGRAPH, words, Path((element,)))
                yield Removal(block, f"{text} is selected to be removed", rule=RULE)
        for node in nodes:
            node.decompose()


def _fields(document: Document, selectors: Selectors) -> tuple[dict[str, Any], list[str]]:
    """Fields of `Article` that are selected, and what the selectors did."""
    fields: dict[str, Any] = {}
    notes: list[str] = []
    for name, wanted in (("headline", selectors.headline), ("authors", selectors.authors), ("date", selectors.date)):
        for text in wanted:
            found = _found(document, name, text)
            if found:
                fields.update(found)
                notes.append(f"{name}: {text}")
                break
        else:
            if wanted:
                notes.append(f"{name}: {', '.join(wanted)} matches nothing usable")
    return fields, notes


def _found(document: Document, name: str, selector: str) -> dict[str, Any]:
    css, attribute = split_selector(selector)
    values = [(node, value) for node in document.tree.css(css)[:_MOST] if (value := _value(node, name, attribute))]
    if not values:
        return {}
    if name == "headline":
        return {"headline": values[0][1]}
    if name == "authors":
        return {"authors": tuple(dict.fromkeys(_persons(document, values)))}
    language = (root.attributes.get("lang") if (root := document.tree.css_first("html")) is not None else None) or None
    for _, value in values:
        for text in (value, *dates_in(value)):
            moment = parse_date(text, language, document.page.fetched_at)
            if moment is not None:
                return {"date_published": moment, "date_published_raw": text}
    return {}


def _value(node: LexborNode, name: str, attribute: str | None) -> str:
    """What an element says: the attribute that is asked for; else its `content` or `datetime`, or its text."""
    if attribute is not None:
        return clean(node.attributes.get(attribute) or "")
    if node.tag == "meta":
        return clean(node.attributes.get("content") or "")
    stated = node.attributes.get("datetime") if name == "date" and node.tag == "time" else None
    return clean(stated or node.text(separator=" "))


def _without_opening(name: str) -> str:
    """A name without "By"; "Per Anders" and "Di Wu" begin with no such word."""
    rest = OPENING.sub("", name)
    return rest if len(rest.split()) > 1 else name


def _persons(document: Document, values: list[tuple[LexborNode, str]]) -> Iterator[Person]:
    for node, value in values:
        is_one = len(values) > 1 or node.tag == "a"  # then each element is one author, and no list of them
        names = (not is_one and names_in(value, is_byline=True)) or [_without_opening(value)]
        href = node.attributes.get("href") if node.tag == "a" and len(names) == 1 else None
        yield from (Person(name, document.absolute(href)) for name in names)
