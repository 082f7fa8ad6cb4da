"""Each rule against its case file: text inside <del> must be removed, all other text must stay.

A case file is tests/strip/rules/NAME.html. It has one or more <article data-headline="…" lang="…">, each a page written
for the rule. Its blocks are read as those of any page, and the rule NAME alone is run on it. Nothing is left out before
that, except elements with `data-left-out`, which stand for blocks that the content model removed.
`python -m newscrawl --explain --format case` writes this form.
"""

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Page, Removal
from newscrawl.read import read_blocks
from newscrawl.strip import RULES, strip
from newscrawl.text import fold

FOLDER = Path(__file__).parent / "rules"
START, END = "\ue000", "\ue001"  # take the place of <del> and </del> while the page is read


def cases():
    for path in sorted(FOLDER.glob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for number, node in enumerate(tree.css("article[data-headline]"), 1):
            name = f"{path.stem}-{node.attributes.get('id') or number}"
            yield pytest.param(path.stem, node.html, node.attributes, id=name)


def read_case(html, attributes):
    """The article of a case, and for each block with a <del> the text that must stay (None: the block must go)."""
    marked = re.sub(r"<del\b[^>]*>", START, html).replace("</del>", END)
    language = attributes.get("lang") or ""
    page = Page("https://news.example/story", f"<html lang='{language}'><body>{marked}</body></html>")
    article = replace(read_blocks(page), headline=attributes["data-headline"] or None)
    expected, blocks = {}, []
    is_inside = False
    for block in article.blocks:
        text, spans, is_inside = without_marks(block.text, is_inside)
        spans = [span for span in spans if text[slice(*span)].strip()]
        if spans and sum(end - start for start, end in spans) >= len(text.strip()) - 1:
            expected[block.index] = None
        elif spans:
            expected[block.index] = "".join(
                letter for i, letter in enumerate(text) if not any(start <= i < end for start, end in spans)
            )
        blocks.append(replace(block, text=text.strip()))
    left_out = [block for block in blocks if any("data-left-out" in step.attributes for step in block.path.steps)]
    article = replace(
        article,
        blocks=tuple(block for block in blocks if block.text and block not in left_out),
        images=tuple(map(without_marks_in_image, article.images)),
        removals=tuple(Removal(block, "left out by the case", rule="content") for block in left_out),
    )
    return article, expected


def without_marks(text, is_inside):
    """The text without marks, the spans inside <del>, and whether a <del> is still open. is_inside: one was open."""
    spans, clean = [], ""
    start = 0 if is_inside else None
    for piece in re.split(f"([{START}{END}])", text):
        if piece == START:
            is_inside, start = True, len(clean)
        elif piece == END:
            is_inside = False
            spans.append((start, len(clean)))
            start = None
        else:
            clean += piece
    if is_inside:
        spans.append((start, len(clean)))
    return clean, spans, is_inside


def without_marks_in_image(image):
    def bare(text):
        return (text and text.replace(START, "").replace(END, "")) or None

    return replace(image, caption=bare(image.caption), credit=bare(image.credit), alt=bare(image.alt))


@pytest.mark.parametrize(("name", "html", "attributes"), list(cases()))
def test_a_rule_removes_what_its_case_marks_and_nothing_else(name, html, attributes):
    article, expected = read_case(html, attributes)
    result = strip(article, without=set(RULES) - {name}, strict=True)
    kept = {block.index: block.text for block in result.blocks}
    wrong = []
    for block in article.blocks:
        wanted, found = expected.get(block.index, block.text), kept.get(block.index)
        if fold(wanted or "") != fold(found or ""):
            should = "should go" if wanted is None else f"should read {wanted!r}"
            wrong.append(f"{should}, but reads {found!r}: {block.text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_a_case_file_with_a_look_alike(name):
    path = FOLDER / f"{name}.html"
    assert path.exists(), f"tests/strip/rules/{name}.html is missing"
    html = path.read_text("utf-8")
    assert "<del" in html, "no case that removes anything"
    spared = re.sub(r"<del\b.*?</del>", "", html, flags=re.S)
    assert re.search(r"<(p|li|h\d|td|blockquote|figcaption)[^>]*>[^<]{5,}", spared), "no look-alike that must stay"


def test_every_case_file_has_its_rule():
    assert {path.stem for path in FOLDER.glob("*.html")} <= set(RULES)


def test_the_docstring_of_a_rule_says_what_it_removes_and_spares():
    for name in RULES:
        module = importlib.import_module(f"newscrawl.strip.rules.{name}")
        assert module.__doc__ and "Removes" in module.__doc__ and "Spares" in module.__doc__, (
            f"{name}: its docstring must say what it removes and what it spares"
        )


def test_every_agency_name_matches_its_example():
    from newscrawl.strip.rules.agency import _lines

    lines = list(_lines())
    assert {section for section, _, _ in lines} == {"names", "source labels"}
    assert not [example for _, expression, example in lines if not re.fullmatch(expression, fold(example))]


def test_the_boxes_of_rules_are_recognised_by_single_names():
    """`View.inside` tries a pattern on one class name at a time, so no pattern may need two."""
    for name in RULES:
        pattern = getattr(importlib.import_module(f"newscrawl.strip.rules.{name}"), "_BOX_NAMES", None)
        assert pattern is None or not re.search(r"\s|/|\\[sSWDB]|\[\^|(?<!\\)\.", pattern.pattern), name
