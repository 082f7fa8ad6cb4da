"""The compiled part reads like the Python that it stands for: texts, written pages, and pages with random faults."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bench.both_ways import PIECES, TEXT_FUNCTIONS, differences, mutated, pages, same
from newscrawl import _native
from newscrawl.read.structured import _AUTHOR_PARTS, _selector
from newscrawl.read.trees import Trees

pytestmark = pytest.mark.skipif(_native.CORE is None, reason=_native.state())
#: Characters that `clean`, `fold`, `words` and the lengths treat in ways of their own, among others.
SPECIAL = st.sampled_from(
    " \n\t\u00a0\u2003\x1c\x85\x00\u00ad\u200b\u2060\ufeff\u180e\ud800\uffff’“«–ßİΣ한中あก_-9½٣a.Z"
)
TEXTS = st.lists(st.one_of(SPECIAL, st.characters()), max_size=40).map("".join)


@pytest.mark.parametrize("name", TEXT_FUNCTIONS)
@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_text_has_the_same_result(name: str, text: str) -> None:
    assert getattr(_native.CORE, name)(text) == _native.REFERENCES[name](text)


@given(
    html=st.one_of(
        st.binary(), TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")), st.text().map(str.encode)
    )
)
@settings(max_examples=500, deadline=None)
def test_bytes_are_scanned_the_same(html: bytes) -> None:
    for page in (
        html,
        html + b"<" + html,
        b"<Template" + html + b"<FrameSet>",
        b"a" * 9 + html + b"\xf4",
        html[1:] * 3,
    ):
        for name in ("is_utf8", "tag_signs"):
            assert getattr(_native.CORE, name)(page) == _native.REFERENCES[name](page)


@pytest.mark.parametrize("first", range(0xBE, 0xF6))
def test_every_second_byte_of_a_character_is_told_apart(first: int) -> None:
    for second in range(0x7E, 0xC2):
        for rest in (b"", b"\x80", b"\x80\x80", b"\xbf\xbf\xbf", b"\x80a"):
            page = bytes((first, second)) + rest
            assert _native.CORE.is_utf8(page) == _native.REFERENCES["is_utf8"](page), page  # type: ignore[union-attr]


@given(texts=st.lists(TEXTS, min_size=1, max_size=12), data=st.data())
@settings(max_examples=200, deadline=None)
def test_the_measures_of_texts_are_the_same(texts: list[str], data: st.DataObject) -> None:
    clean = [text for text in map(_native.REFERENCES["clean"], texts) if text]
    names = data.draw(st.lists(st.sampled_from([*clean, "the"]), max_size=3))
    for function, arguments in (
        ("text_columns", [clean]),
        ("group_counts", [clean]),
        ("forms", [clean]),
        ("squeezed_texts", [clean]),
        ("echoed", [[*clean, *(text + " and so on, as it was said before" for text in clean)]]),
        ("named", [clean, names]),
        ("title_overlap", [clean, {word for name in names for word in name.lower().split()}]),
    ):
        if clean:
            both = _native.REFERENCES[function], getattr(_native.CORE, function)
            assert same(*(one(*arguments) for one in both)), function


@pytest.mark.parametrize(("name", "html"), [pytest.param(*page, id=page[0]) for page in pages(None)])
def test_a_page_is_read_the_same(name: str, html: bytes) -> None:
    assert differences(html) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_page_with_faults_is_read_the_same(seed: int) -> None:
    chance = random.Random(seed)
    name, html = chance.choice(list(pages(None)))
    for _ in range(8):
        page = mutated(html, chance)
        assert differences(page) == [], name


@pytest.mark.parametrize("piece", [piece for piece in PIECES if piece not in (b"\x00", b"\xff\xfe")])
def test_hard_markup_is_read_the_same(piece: bytes) -> None:
    page = b"<body><article><h1>A headline of a page</h1><p>One line of text" + piece + b" and what follows it."
    assert differences(page) == []
    assert differences(page + piece * 40 + b"<p>The end of it.") == []


def test_the_bounds_of_a_page_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<body>" + b"<div class=a><p>Some <a href=x>words</a> of it<br><br>more<img src=a>" * 30
    for bound, value in (
        ("MAX_NODES", 100),
        ("MAX_BLOCKS", 7),
        ("MAX_ELEMENTS", 40),
        ("MAX_IMAGES", 3),
        ("MAX_DEPTH", 5),
        ("MAX_BLOCK", 6),
        ("MAX_TEXT", 50),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"newscrawl.read.walk.{bound}", value)
            assert differences(page) == [], bound


def test_texts_that_all_begin_alike_are_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    # comparing each with all others would take the square of their number
    texts = [f"the same beginning of text {number:04}, which is a longer one" for number in range(2000)]
    echoed, asked = _native.REFERENCES["echoed"], []
    monkeypatch.setitem(_native.REFERENCES, "echoed", lambda texts: asked.append(texts) or echoed(texts))
    assert same(_native.CORE.echoed(texts[:20]), echoed(texts[:20])) and not asked  # type: ignore[union-attr]
    assert same(_native.CORE.echoed(texts), echoed(texts)) and asked == [texts]  # type: ignore[union-attr]


@pytest.mark.parametrize("trees", [1, 7, 8, 9, 127, 128, 129, 300])
@pytest.mark.parametrize("rows", [0, 1, 31, 33])
def test_the_leaves_of_trees_are_added_in_the_order_of_numpy(trees: int, rows: int) -> None:
    chance = np.random.default_rng(trees)
    model = Trees(
        chance.integers(0, 5, (trees, 7)),
        chance.normal(size=(trees, 7)).astype(np.float32),
        chance.normal(size=(trees, 8)).astype(np.float32),
    )
    values = np.asfortranarray(chance.normal(size=(rows, 5)).astype(np.float32))
    assert same(_native.REFERENCES["log_odds"](model, values), _native.CORE.log_odds(model, values))  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["/aut/a", "/by/b", "/profile/c", "/other", "x/reporters/y?z=/people/"])
@pytest.mark.parametrize("place", ["<p>{}", "<div itemprop=author>{}</div>", "<template>{}</template><b>", "<svg>{}"])
def test_links_to_authors_are_found_as_by_the_whole_selector(path: str, place: str) -> None:
    tree = LexborHTMLParser(f"<body>{place.format(f'<a title=a href={path}>Jane Roe</a><a href=/b>b</a>')}<a>end")
    parts = _native.CORE.parts_of_links(tree.root, _AUTHOR_PARTS)  # type: ignore[union-attr]
    found = [node.mem_id for node in tree.css(_selector(parts))]
    assert found == [node.mem_id for node in tree.css(_selector(_AUTHOR_PARTS))]
    assert len(parts) < len(_AUTHOR_PARTS)


def test_every_compiled_function_is_in_use() -> None:

    sources = Path(_native.__file__).parent.glob("*.p*x*")
    names = [
        line.split("(")[0].split()[-1]
        for path in sources
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("def ", "cpdef "))
    ]
    assert set(names) - {"connect", "is_exact"} == set(_native.REFERENCES)
