"""Shows which blocks of a page were kept or removed, and why: as lines for a terminal, and as a test case for a rule.

Takes an article that has been stripped; decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from newscrawl.article import Article, Block, Element, Kind, Removal
from newscrawl.units import counted

#: The rule of blocks that the content model leaves out, before any rule of `newscrawl.strip` sees them.
LEFT_OUT = "content"


def blocks_with_removals(article: Article) -> list[tuple[Block, list[Removal]]]:
    """Every block of the page in page order, with its removals: none, one of the whole block, or one for each span."""
    removals: dict[int, list[Removal]] = {}
    blocks = {block.index: block for block in article.blocks}
    for removal in article.removals:
        removals.setdefault(removal.block.index, []).append(removal)
        blocks[removal.block.index] = removal.block  # the block before any span was removed from it
    return [(blocks[index], removals.get(index, [])) for index in sorted(blocks)]


def why_removed(removal: Removal) -> str:
    """In words: "left out: not part of the story (0.03)", "removed: read also (a known phrase)"."""
    if removal.rule == LEFT_OUT:
        return f"left out: {removal.reason}"
    return f"removed: {removal.rule.replace('_', ' ')} ({removal.reason})"


def why_kept(block: Block) -> str:
    """In words; the number is the probability (0..1) that the block is part of the story."""
    if block.kind is Kind.CAPTION:
        return "kept: the caption of an image, which is not in the body"
    if block.score is None:
        return "kept"
    beside = ": it goes with the blocks around it" if block.score < 0.5 else ""
    return f"kept{beside} ({block.score:.2f})"


def counts_line(blocks: Sequence[tuple[Block, list[Removal]]], words: int) -> str:
    """How many blocks were kept, left out and removed, and the words of the body."""
    whole = [next((r for r in removals if r.span is None), None) for _, removals in blocks]
    left_out = sum(1 for removal in whole if removal is not None and removal.rule == LEFT_OUT)
    removed = sum(1 for removal in whole if removal is not None) - left_out
    return (
        f"{counted(len(blocks), 'block')}: {len(blocks) - left_out - removed} kept, {left_out} left out as no part of "
        f"the story, {removed} removed by rules; {counted(words, 'word')} in the body"
    )


def explain_lines(article: Article) -> Iterator[str]:
    """One line per block: "+" (kept) or "-" (left out or removed), its kind and text, and why.

    Before them are the headline and the counts, after "#". Spans removed from a block follow it on indented lines.
    """
    blocks = blocks_with_removals(article)
    yield f"# {article.headline or '(no headline)'}"
    yield f"# {counts_line(blocks, article.word_count)}"
    for block, removals in blocks:
        whole = next((r for r in removals if r.span is None), None)
        text = _short(block.text.replace("\n", " / "))
        why = why_removed(whole) if whole is not None else why_kept(block)
        yield f"{'+' if whole is None else '-'} {block.kind.value:<12} {text}    [{why}]"
        for removal in removals if whole is None else ():
            start, end = removal.span or (0, 0)
            yield f"    - {_short(block.text[start:end])!r}    [{why_removed(removal)}]"


def _short(text: str, width: int = 150) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def case_file(article: Article) -> str:
    """The page as a test case for a rule: its blocks as HTML, with removed text inside <del title="rule">.

    To turn a mistake of a rule into a failing test, correct the <del>s and put the file under tests/strip/rules/.
    """
    lines = [f'<article data-headline="{escape(article.headline or "")}">']
    for block, removals in blocks_with_removals(article):
        inner = _with_removals(block, removals).replace("\n", "<br>")
        lines.append(_nested(block.path, inner))
    lines.append("</article>")
    return "\n".join(lines) + "\n"


def _with_removals(block: Block, removals: Sequence[Removal]) -> str:
    whole = next((r for r in removals if r.span is None), None)
    if whole is not None:
        return _deleted(block.text, whole.rule)
    inner, at = "", 0
    for removal in sorted((r for r in removals if r.span), key=lambda r: r.span or (0, 0)):
        start, end = removal.span or (0, 0)
        if start < at:  # overlaps the span before
            continue
        inner += escape(block.text[at:start], quote=False) + _deleted(block.text[start:end], removal.rule)
        at = end
    return inner + escape(block.text[at:], quote=False)


def _deleted(text: str, rule: str) -> str:
    return f'<del title="{escape(rule)}">{escape(text, quote=False)}</del>'


def _nested(path: Sequence[Element], inner: str) -> str:
    """`inner` inside the last four elements of the path."""
    if not path:
        return f"<p>{inner}</p>"
    elements = path[-4:]
    opening = "".join(map(_start_tag, elements))
    return opening + inner + "".join(f"</{element.tag}>" for element in reversed(elements))


def _start_tag(element: Element) -> str:
    parts = [element.tag]
    if element.id:
        parts.append(f'id="{escape(element.id)}"')
    if element.classes:
        parts.append(f'class="{escape(" ".join(element.classes))}"')
    return f"<{' '.join(parts)}>"
