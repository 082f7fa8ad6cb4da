"""Shows which blocks of a page were kept or removed, what its fields were chosen from, and why.

As lines for a terminal, and as a test case for a rule.

Takes an article that has been stripped; decides nothing itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import NamedTuple

from newscrawl.article import Article, Block, Candidate, Element, Kind, Removal
from newscrawl.decision import probability
from newscrawl.moments import offset_text, precision
from newscrawl.units import counted

#: The rule of blocks that the content model leaves out, before any rule of `newscrawl.strip` sees them.
LEFT_OUT = "content"
#: Candidates of a field that are shown at most.
_MOST = 40
#: The names that a page object's note has for a field, where it may set it.
_OBJECT_FIELDS = {
    "headline": r"\bheadline\b",
    "authors": r"\bauthors\b",
    "date published": r"\bdate_?[pP]ublished",
    "date modified": r"\bdate_?[mM]odified",
    "section": r"\barticleSection\b",
    "language": r"\binLanguage\b",
    "description": r"\bdescription\b",
}
_YES_NO = {True: "yes", False: "no", None: ""}


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
    said = "".join(f"; {name}" for name in block.evidence)
    return f"kept ({probability(block.score, block.evidence):.2f}{said})"


def counts_line(blocks: Sequence[tuple[Block, list[Removal]]], words: int) -> str:
    """How many blocks were kept, left out and removed, and the words of the body."""
    whole = [next((r for r in removals if r.span is None), None) for _, removals in blocks]
    left_out = sum(1 for removal in whole if removal is not None and removal.rule == LEFT_OUT)
    removed = sum(1 for removal in whole if removal is not None) - left_out
    return (
        f"{counted(len(blocks), 'block')}: {len(blocks) - left_out - removed} kept, {left_out} left out as no part of "
        f"the story, {removed} removed by rules; {counted(words, 'word')} in the body"
    )


class Choice(NamedTuple):
    """What a field is, why, and what the page gives for it: candidates, each with whether it was taken."""

    field: str
    value: str
    why: str
    candidates: list[tuple[Candidate, bool]]


def choices(article: Article) -> Iterator[Choice]:
    """The fields that are chosen from candidates. A value that a person's own selector or page object gave has none."""
    values = {
        "headline": article.headline,
        "authors": "; ".join(person.name for person in article.authors),
        "date published": _date(article.date_published, article.date_published_raw),
        "date modified": _date(article.date_modified, article.date_modified_raw),
        "publisher": article.publisher.name if article.publisher else "",
        "section": article.article_section,
        "language": article.in_language,
        "description": article.description,
        "free to read": _YES_NO[article.is_accessible_for_free],
    }
    for name, value in values.items() if article.candidates else ():
        candidates = [candidate for candidate in article.candidates if candidate.field == name][:_MOST]
        override = _override(article, name)
        taken = next((one.why for one in candidates if one.why), "")
        missing = "not of the page, but of what named its address" if value else "the page states nothing usable"
        shown = [(replace(one, value=_line(one.value)), bool(one.why and not override)) for one in candidates]
        yield Choice(name, _line(value or "(none)"), override or taken or missing, shown)


def _date(moment: datetime | None, raw: str | None) -> str:
    """A date as far as it is stated."""
    if moment is None:
        return ""
    text = str(moment.date() if precision(moment, raw) == "day" else moment.replace(tzinfo=None))
    return f"{text} {offset_text(moment) or ''}".rstrip()


def _override(article: Article, name: str) -> str:
    """The note of a person's own selector or page object for a field; "" if there is none."""
    selector, of_object = name.partition(" ")[0], _OBJECT_FIELDS.get(name)
    is_of_object = re.compile(rf"page object: .*{of_object}") if of_object else None
    notes = (one for one in article.overrides if not one.endswith("matches nothing usable"))
    return next(
        (one for one in notes if one.startswith(f"{selector}: ") or (is_of_object and is_of_object.match(one))), ""
    )


def candidate_lines(article: Article) -> Iterator[str]:
    """The fields that are chosen: the value and why, and below it the candidates, "+" the one that was taken."""
    for choice in choices(article):
        yield f"# {choice.field}: {choice.value}    [{choice.why}]"
        for candidate, is_taken in choice.candidates:
            yield f"#   {'+' if is_taken else '-'} {candidate.value}    [{candidate.source}]"


def explain_lines(article: Article) -> Iterator[str]:
    """One line per block: "+" (kept) or "-" (left out or removed), its kind and text, and why.

    Before them are, after "#", the headline, the counts, and what the page gives for each field. Spans removed from a
    block follow it on indented lines.
    """
    blocks = blocks_with_removals(article)
    yield f"# {article.headline or '(no headline)'}"
    yield f"# {counts_line(blocks, article.word_count)}"
    yield from candidate_lines(article)
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


def _line(text: str) -> str:
    return _short(" ".join(text.split()))


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
