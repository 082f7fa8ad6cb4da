"""Each rule against its case file: what stands in <del> goes, what stands outside of it stays.

A case file is tests/strip/rules/NAME.html. It holds one or more <article data-headline="…" lang="…">, each a page written for
the purpose: its blocks are read as any page's, with nothing left out but what stands in an element with `data-left-out`
(as if the content model had), and the rule NAME alone is run on it.
`python -m newscrawl --explain --format case` writes the same form.
"""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.article import Article, Kind, Page, Removal
from newscrawl.read import read_blocks
from newscrawl.strip import RULES, strip
from newscrawl.strip.wording import languages, phrases
from newscrawl.text import fold

FOLDER = Path(__file__).parent / "rules"
START, END = "\ue000", "\ue001"  # stand for <del> and </del> while the page is read


def cases():
    for path in sorted(FOLDER.glob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for number, node in enumerate(tree.css("article[data-headline]"), 1):
            yield pytest.param(
                path.stem, node.html, node.attributes, id=f"{path.stem}-{node.attributes.get('id') or number}"
            )


def read_case(html, attributes):
    """The article of a case, and by block the spans that its <del>s mark (None: the whole block)."""
    marked = re.sub(r"<del\b[^>]*>", START, html).replace("</del>", END)
    article = read_blocks(
        Page("https://news.example/story", f"<html lang='{attributes.get('lang') or ''}'><body>{marked}</body></html>")
    )
    article = _with(article, headline=attributes["data-headline"] or None)
    removed, blocks = {}, []
    inside = False
    for block in article.blocks:
        text, spans, clean = block.text, [], ""
        start = 0 if inside else None
        for piece in re.split(f"([{START}{END}])", text):
            if piece == START:
                inside, start = True, len(clean)
            elif piece == END:
                inside = False
                spans.append((start, len(clean)))
                start = None
            else:
                clean += piece
        if inside:
            spans.append((start, len(clean)))
        bare = clean.strip()
        spans = [s for s in spans if clean[s[0] : s[1]].strip()]
        if spans and sum(e - s for s, e in spans) >= len(bare) - 1:
            removed[block.index] = None
        elif spans:
            removed[block.index] = "".join(c for i, c in enumerate(clean) if not any(s <= i < e for s, e in spans))
        blocks.append(_with(block, text=bare))
    left_out = [b for b in blocks if any("data-left-out" in step.attributes for step in b.path.steps)]
    return _with(
        article,
        blocks=tuple(b for b in blocks if b.text and b not in left_out),
        images=_clean_images(article),
        removals=tuple(Removal(b, "left out by the case", rule="content") for b in left_out),
    ), removed


def _clean_images(article):
    def bare(text):
        return (text and text.replace(START, "").replace(END, "")) or None

    return tuple(
        _with(image, caption=bare(image.caption), credit=bare(image.credit), alt=bare(image.alt))
        for image in article.images
    )


def _with(value, **changes):
    from dataclasses import replace

    return replace(value, **changes)


@pytest.mark.parametrize(("name", "html", "attributes"), list(cases()))
def test_case(name, html, attributes):
    article, removed = read_case(html, attributes)
    result = strip(article, without=set(RULES) - {name}, strict=True)
    kept = {block.index: block.text for block in result.blocks}
    wrong = []
    for block in article.blocks:
        want = removed.get(block.index, block.text) if block.index in removed else block.text
        got = kept.get(block.index)
        if fold(want or "") != fold(got or ""):
            wrong.append(
                f"{'should go' if want is None else 'should read ' + repr(want)}, but reads {got!r}: {block.text!r}"
            )
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_has_its_case_file(name):
    path = FOLDER / f"{name}.html"
    assert path.exists(), f"tests/strip/rules/{name}.html is missing"
    html = path.read_text("utf-8")
    assert "<del" in html, "no case that removes anything"
    spared = re.sub(r"<del\b.*?</del>", "", html, flags=re.S)
    assert re.search(r"<(p|li|h\d|td|blockquote|figcaption)[^>]*>[^<]{5,}", spared), "no look-alike that is spared"


def test_every_case_file_has_its_rule():
    assert {path.stem for path in FOLDER.glob("*.html")} <= set(RULES)


def test_a_rule_says_what_it_does():
    import importlib

    for name in RULES:
        module = importlib.import_module(f"newscrawl.strip.rules.{name}")
        assert module.__doc__ and "Removes" in module.__doc__ and "Spares" in module.__doc__, (
            f"{name}: its docstring must say what it removes and what it spares"
        )


@pytest.mark.parametrize("language", languages())
def test_every_phrase_matches_its_example(language):
    wrong = [
        f"{kind}: {phrase!r} does not match {example!r}"
        for kind, lines in phrases(language).items()
        for phrase, example in lines
        if not re.search(phrase, fold(example))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_agency_name_matches_its_example():
    from newscrawl.strip.rules.agency import _lines

    lines = list(_lines())
    assert {section for section, _, _ in lines} == {"names", "source labels"}
    assert not [example for _, expression, example in lines if not re.fullmatch(expression, fold(example))]


def test_a_rule_that_raises_costs_its_own_removals_only(monkeypatch, caplog):
    from newscrawl.article import Block

    def broken(article):
        raise RuntimeError("broken on purpose")

    monkeypatch.setitem(RULES, "breadcrumb", broken)
    article = Article(
        "https://news.example/a", headline="A title of three", blocks=(Block(0, Kind.PARAGRAPH, "**Bold** words."),)
    )
    assert strip(article).article_body == "Bold words."
    assert "breadcrumb" in caplog.text
    with pytest.raises(RuntimeError):
        strip(article, strict=True)


def test_engine_stamps_the_rule_and_names_unknown_ones():
    from newscrawl.article import Block

    article = Article("https://news.example/a", headline="T", blocks=(Block(0, Kind.PARAGRAPH, "**Bold** words."),))
    removals = strip(article).removals
    assert {r.rule for r in removals} == {"markup"} and all(isinstance(r, Removal) for r in removals)
    with pytest.raises(ValueError, match="nonsense"):
        strip(article, without=["nonsense"])


def test_an_entity_for_a_space_leaves_a_space():
    from newscrawl.article import Block

    article = Article(
        "https://news.example/a",
        headline="T",
        blocks=(Block(0, Kind.PARAGRAPH, "The council&nbsp;of Vel**mora** voted."),),
    )
    assert strip(article).article_body == "The council of Velmora voted."


def _expressions():
    import importlib

    for name in RULES:
        module = importlib.import_module(f"newscrawl.strip.rules.{name}")
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{key}", value
    for language in languages():
        for kind, lines in phrases(language).items():
            for phrase, _ in lines:
                yield f"{language}: {kind}", re.compile(phrase)


def test_no_expression_is_super_linear():
    """Twice the text may cost about twice the time: what backtracks without bound takes minutes here, not a second."""
    import time

    texts = [unit * 4000 for unit in ("a", "a ", "(", "[a", "<p ", "**", "- ", "photo: ", "&", "\"'", "read ", "a.")]
    for name, expression in _expressions():
        started = time.process_time()
        for text in texts:
            sum(1 for _ in zip(expression.finditer(text), range(3), strict=False))
        assert time.process_time() - started < 5, name


@pytest.mark.parametrize("language", languages())
def test_every_phrase_begins_with_a_word(language):
    from newscrawl.strip.wording import phrase_key

    for kind, lines in phrases(language).items():
        assert all(phrase_key(phrase) for phrase, _ in lines), kind


@pytest.mark.parametrize("language", languages())
def test_the_letters_of_a_phrase_are_in_every_match(language):
    from newscrawl.strip.wording import sure_letters

    for kind, lines in phrases(language).items():
        for phrase, example in lines:
            match = re.search(phrase, fold(example))
            letters, opening = sure_letters(phrase)
            assert letters in match[0] and match[0].startswith(opening), f"{kind}: {phrase!r}"


@pytest.mark.parametrize(
    ("phrase", "letters"),
    [
        ("read more", ("read more", "read more")), ("to (?:read|see) the full story", (" the full story", "to ")), ("foo? bar", (" bar", "fo")), ("abc{0,2}def", ("def", "ab")),
        ("ab+cd", ("ab", "ab")), ("[xy]z the (?:a|b)?", ("z the ", "")), (r"\d{1,3} shares?", (" share", "")), ("one|two", ("", "")), ("(?:one|two)", ("", "")), (r"a\.b", ("a", "a")),
    ],
)  # fmt: skip
def test_letters_that_every_match_has(phrase, letters):
    from newscrawl.strip.wording import sure_letters

    assert sure_letters(phrase) == letters


def test_the_boxes_of_rules_are_known_by_single_names():
    """Patterns are tried on one name at a time (`View.inside`): none may need two."""
    import importlib

    for name in RULES:
        pattern = getattr(importlib.import_module(f"newscrawl.strip.rules.{name}"), "_BOX_NAMES", None)
        assert pattern is None or not re.search(r"\s|/|\\[sSWDB]|\[\^|(?<!\\)\.", pattern.pattern), name


def test_filling_leaves_one_space_between_words_and_none_within_or_at_the_ends():
    html = "<p>\u200b&nbsp;The council&amp;nbsp; voted after five&#8203; ho&#8203;urs&nbsp;&amp;nbsp;of talk.&amp;nbsp;</p><p>&#8203;&nbsp;</p>"
    [block] = strip(read_blocks(Page("", f"<article>{html}</article>"))).blocks
    assert block.text == "The council voted after five hours of talk."
