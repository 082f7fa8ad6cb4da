"""Pages made of others, for what the collected pages lack: very long stories, and several stories on one page.

A made page is a collected one with paragraphs of other stories put in: into the midst of its own story, as part of it,
or as units of their own (a linked heading, a date, a few paragraphs) after it, which are no part. The blocks that were
on the page before keep their labels.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.train.corpus import Example, example_of
from newscrawl.article import Kind

#: How many paragraphs are put into a story.
LENGTHS = (20, 60, 150, 400, 1000)
#: Class names of units beside a story, as sites have them; "" for none, "=" for that of the story's own container.
_CLASSES = ("post", "entry", "hentry", "item", "card", "teaser", "story", "article-item", "x1f", "", "=", "=")
_MARK = "newscrawl-made-page-mark"


def made_pages(
    pages: Sequence[Example], html: dict[tuple[str, str], bytes], long: int, units: int
) -> Iterator[Example]:
    """long: pages with long stories. units: pages with other stories. html: the collected pages, by set and id."""
    usable = [page for page in pages if page.known.all() and _paragraphs(page)]
    made = random.Random(7)
    for number in range(long + units):
        page = made.choice(usable)
        others = [other for other in usable if other.site != page.site and other.language == page.language]
        if not others:
            continue
        is_long = number < long
        new = _long(page, others, html, made) if is_long else _with_units(page, others, html, made)
        if new is not None:
            yield replace(new, id=f"{page.id} {'long' if is_long else 'units'} {number}", set="made")


def _paragraphs(page: Example) -> list[int]:
    """The blocks of the story that are paragraphs of some length."""
    kinds, sizes = page.layout.kinds, page.rows[:, 0]
    return [i for i, share in enumerate(page.shares) if share >= 0.5 and kinds[i] is Kind.PARAGRAPH and sizes[i] >= 8]


def _texts(others: Sequence[Example], count: int, made: random.Random) -> list[str]:
    """Paragraphs of stories of other sites, those of a story in a row."""
    found: list[str] = []
    while len(found) < count:
        other = made.choice(others)
        found += [other.layout.texts[i] for i in _paragraphs(other)]
    return found[:count]


def _nodes(tree: LexborHTMLParser, page: Example) -> list[LexborNode]:
    """The <p> elements of the story's paragraphs, in order, of the element that has the most of them."""
    wanted = {page.layout.texts[i] for i in _paragraphs(page)}
    found = [node for node in tree.css("p") if " ".join(node.text().split()) in wanted and node.parent is not None]
    if not found:
        return []
    parents = Counter(node.parent.mem_id for node in found if node.parent is not None)
    best = parents.most_common(1)[0][0]
    return [node for node in found if node.parent is not None and node.parent.mem_id == best]


def _tag(node: LexborNode) -> str:
    """The start tag of an element, with its class alone."""
    name = node.attributes.get("class")
    return f'<{node.tag} class="{escape(name)}">' if name else f"<{node.tag}>"


def _long(
    page: Example, others: Sequence[Example], html: dict[tuple[str, str], bytes], made: random.Random
) -> Example | None:
    tree = LexborHTMLParser(html[page.set, page.id])
    nodes = _nodes(tree, page)
    if len(nodes) < 4:
        return None
    texts = _texts(others, made.choice(LENGTHS), made)
    node = nodes[len(nodes) // 2]
    inserted = "".join(f"{_tag(node)}{escape(text)}</p>" for text in texts)
    node.insert_after(_MARK)
    return _read(page, (tree.html or "").replace(_MARK, inserted), set(texts), 1.0)


def _with_units(
    page: Example, others: Sequence[Example], html: dict[tuple[str, str], bytes], made: random.Random
) -> Example | None:
    tree = LexborHTMLParser(html[page.set, page.id])
    nodes = _nodes(tree, page)
    if len(nodes) < 3:
        return None
    container = nodes[0].parent
    for _ in range(made.choice((0, 0, 1, 2))):
        if container is not None and container.parent is not None and container.parent.tag not in ("body", "html"):
            container = container.parent
    if container is None or container.tag in ("body", "html"):
        return None
    name = made.choice(_CLASSES)
    name = (container.attributes.get("class") or "") if name == "=" else name
    tag, level = made.choice(("div", "div", "article", "section", "li")), made.choice(("h2", "h2", "h3", "h4"))
    few, has_date, has_more = made.choice((1, 1, 2, 3, 6)), made.random() < 0.5, made.random() < 0.4
    texts: set[str] = set()
    units = []
    for _ in range(made.choice((2, 3, 5, 8, 12))):
        other = made.choice(others)
        own = [other.layout.texts[i] for i in _paragraphs(other)][:few]
        title = str(other.extra["row"].get("title") or own[0][:60])
        parts = [f'<{level}><a href="/x">{escape(title)}</a></{level}>']
        parts += ["<p class='date'>12 March 2026</p>"] if has_date else []
        parts += [f"{_tag(nodes[0])}{escape(text)}</p>" for text in own]
        parts += ['<p><a href="/x">Read full article</a></p>'] if has_more else []
        texts.update(own, [title, "12 March 2026", "Read full article"])
        units.append(f'<{tag} class="{escape(name)}">{"".join(parts)}</{tag}>')
    (container if made.random() < 0.7 else nodes[-1]).insert_after(_MARK)
    return _read(page, (tree.html or "").replace(_MARK, "".join(units)), texts, 0.0)


def _read(page: Example, html: str, inserted: set[str], label: float) -> Example | None:
    """The example of the new page: inserted texts have the label, the others those that they had."""
    new = example_of("made", {**page.extra["row"], "text": page.truth}, html.encode("utf-8", "replace"))
    if new is None:
        return None
    before: dict[str, list[float]] = {}
    for text, share in zip(page.layout.texts, page.shares, strict=True):
        before.setdefault(text, []).append(float(share))
    for index, text in enumerate(new.layout.texts):
        own = before.get(text)
        if own:
            new.shares[index] = own.pop(0) if len(own) > 1 else own[0]
        else:
            new.shares[index] = label if text in inserted else 0.0
            new.known[index] = text in inserted
    return new
