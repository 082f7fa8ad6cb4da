"""What became of each block of a page, for a person: as lines of a terminal, and as a rule's case file.

Reads an Article that was stripped; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from newscrawl.article import Article, Block, Element, Removal


def fates(article: Article) -> list[tuple[Block, list[Removal]]]:
    """Every block of the page in page order, each with what was taken of it (nothing, the whole, or spans)."""
    taken: dict[int, list[Removal]] = {}
    blocks = {block.index: block for block in article.blocks}
    for removal in article.removals:
        taken.setdefault(removal.block.index, []).append(removal)
        blocks[removal.block.index] = removal.block  # the block as it was before a span went
    return [(blocks[index], taken.get(index, [])) for index in sorted(blocks)]


def explain_lines(article: Article) -> Iterator[str]:
    """One line a block: "+" kept or "-" gone, its kind, its text, and which rule took it, why."""
    yield f"# {article.headline or '(no headline)'}"
    for block, removals in fates(article):
        whole = next((r for r in removals if r.span is None), None)
        text = block.text.replace("\n", " / ")
        if whole is not None:
            yield f"- {block.kind.value:<12} {_short(text)}    [{whole.rule}: {whole.reason}]"
            continue
        score = f"  (score {block.score:.2f})" if block.score is not None else ""
        yield f"+ {block.kind.value:<12} {_short(text)}{score}"
        for removal in removals:
            start, end = removal.span or (0, 0)
            yield f"    - {_short(block.text[start:end])!r}    [{removal.rule}: {removal.reason}]"


def _short(text: str, width: int = 150) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def case_file(article: Article) -> str:
    """The page as a case of a rule: its blocks as HTML, what was struck inside <del title="rule">.

    Correct the <del>s, put it under tests/rules/, and a misfire has become a failing test.
    """
    lines = [f'<article data-headline="{escape(article.headline or "")}">']
    for block, removals in fates(article):
        whole = next((r for r in removals if r.span is None), None)
        if whole is not None:
            inner = f'<del title="{escape(whole.rule)}">{escape(block.text, quote=False)}</del>'
        else:
            inner, at = "", 0
            for removal in sorted((r for r in removals if r.span), key=lambda r: r.span or (0, 0)):
                start, end = removal.span or (0, 0)
                if start < at:
                    continue
                inner += (
                    escape(block.text[at:start], quote=False)
                    + f'<del title="{escape(removal.rule)}">{escape(block.text[start:end], quote=False)}</del>'
                )
                at = end
            inner += escape(block.text[at:], quote=False)
        lines.append(_nested(block.path, inner.replace("\n", "<br>")))
    lines.append("</article>")
    return "\n".join(lines) + "\n"


def _nested(path: Sequence[Element], inner: str) -> str:
    if not path:
        return f"<p>{inner}</p>"
    steps = path[-4:]
    opened = "".join(_opened(step) for step in steps)
    return opened + inner + "".join(f"</{step.tag}>" for step in reversed(steps))


def _opened(step: Element) -> str:
    parts = [step.tag]
    if step.id:
        parts.append(f'id="{escape(step.id)}"')
    if step.classes:
        parts.append(f'class="{escape(" ".join(step.classes))}"')
    return f"<{' '.join(parts)}>"
