"""Shows what `newscrawl.explain` does as one self-contained HTML page that loads nothing else.

Takes an article that has been stripped; decides nothing itself. All text from the explained page is escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from importlib.resources import files

from newscrawl.article import Article, Block, Removal
from newscrawl.decision import probability
from newscrawl.explain import (
    LEFT_OUT,
    Choice,
    blocks_with_removals,
    case_file,
    choices,
    counts_line,
    why_kept,
    why_removed,
)

#: Degrees on the colour wheel from one rule to the next; with this step, neighbours in the legend never look alike.
_GOLDEN_ANGLE = 137.5


def explain_page(article: Article) -> str:
    """An HTML page that lists the fields with their candidates, and the blocks in order, removed ones coloured by rule.

    Clicking a block, or pressing Enter on it, shows why it was kept or removed. Blocks can be filtered by rule, and a
    button copies the test case (see `newscrawl.explain.case_file`).
    """
    blocks = blocks_with_removals(article)
    counts = Counter(removal.rule for _, removals in blocks for removal in removals)
    rules = sorted(counts.keys() - {LEFT_OUT})
    hues: dict[str, int | None] = {rule: _hue(n) for n, rule in enumerate(rules)}
    hues[LEFT_OUT] = None  # most of a page, so it is grey
    kept = sum(1 for _, removals in blocks if not any(r.span is None for r in removals))
    by_count = sorted(counts, key=lambda rule: (-counts[rule], rule))
    chips = [_chip("", "kept", kept, None), *(_chip(rule, _label(rule), counts[rule], hues[rule]) for rule in by_count)]
    values = {
        "title": escape(article.headline or "(no headline)"),
        "url": escape(article.url),
        "language": escape(article.in_language or ""),
        "facts": escape(counts_line(blocks, article.word_count)),
        "choices": "\n".join(map(_choice, choices(article))),
        "chips": "\n".join(chips),
        "blocks": "\n".join(_block(block, removals, hues) for block, removals in blocks),
        "case": escape(case_file(article)),
    }
    page = files("newscrawl").joinpath("explain_page.html").read_text("utf-8")
    # one pass over the template, so that a value that contains "{{title}}" is left as it is
    parts = page.split("{{")
    return parts[0] + "".join(values[name] + rest for name, _, rest in (part.partition("}}") for part in parts[1:]))


def _choice(choice: Choice) -> str:
    """A field with its value, why it was chosen, and the candidates: opened by a click."""
    rows = [
        f"<tr{' class=taken' if is_taken else ''}><td>{'✓' if is_taken else ''}</td>"
        f'<td dir="auto">{escape(one.value)}</td><td>{escape(one.source)}</td></tr>'
        for one, is_taken in choice.candidates
    ]
    return (
        f'<details class="choice"><summary><b>{escape(choice.field)}</b> <bdi>{escape(choice.value)}</bdi></summary>'
        f"<p>{escape(choice.why)}</p><table>{''.join(rows)}</table></details>"
    )


def _hue(number: int) -> int:
    """A colour that is not the green of what is kept."""
    return (180 + round(number * _GOLDEN_ANGLE) % 280) % 360


def _label(rule: str) -> str:
    return "left out" if rule == LEFT_OUT else rule.replace("_", " ")


def _style(hue: int | None) -> str:
    return f' style="--hue:{hue}"' if hue is not None else ""


def _chip(rule: str, label: str, count: int, hue: int | None) -> str:
    return (
        f'<button type="button" class="chip" data-rule="{escape(rule)}" aria-pressed="true"{_style(hue)}>'
        f"{escape(label)} <b>{count}</b></button>"
    )


def _block(block: Block, removals: list[Removal], hues: dict[str, int | None]) -> str:
    whole = next((r for r in removals if r.span is None), None)
    spans = [] if whole else sorted((r for r in removals if r.span is not None), key=lambda r: r.span or (0, 0))
    if whole is not None:
        score = f" ({probability(block.score, block.evidence):.2f})" if block.score is not None else ""
        why_short = f"left out{score}" if whole.rule == LEFT_OUT else f"removed: {_label(whole.rule)}"
        text, label = escape(block.text), f'<span class="rule">{escape(why_short)}</span>'
        quiet = " quiet" if whole.rule == LEFT_OUT else ""
        state = f'class="block gone{quiet}" data-rule="{escape(whole.rule)}"{_style(hues[whole.rule])}'
    else:
        text, label = _with_spans(block.text, spans, hues), ""
        state = f'class="block kept" data-rule="{escape(" ".join(["", *(r.rule for r in spans)]))}"'
    why = [] if whole else [f"<b>{escape(why_kept(block))}</b>"]
    why += [
        f"<b>{escape(why_removed(r))}</b>; rule <code>{escape(r.rule)}</code>" for r in ([whole] if whole else spans)
    ]
    why.append(f"{escape(block.kind.value)}, block {block.index}")
    why.append(f"<code>{escape(_path(block))}</code>")
    kind, why_id = escape(block.kind.value.replace(" ", "-")), f"why-{block.index}"
    return (
        f'<li {state}><button type="button" class="text kind-{kind}" aria-expanded="false" aria-controls="{why_id}"'
        f' dir="auto">{label}{text}</button>'
        f'<div class="why" id="{why_id}" hidden>{"<br>".join(why)}</div></li>'
    )


def _with_spans(text: str, spans: list[Removal], hues: dict[str, int | None]) -> str:
    out, at = "", 0
    for removal in spans:
        start, end = removal.span or (0, 0)
        if start >= at:
            deleted = f'<del{_style(hues[removal.rule])} title="{escape(why_removed(removal))}">'
            out += f"{escape(text[at:start])}{deleted}{escape(text[start:end])}</del>"
            at = end
    return out + escape(text[at:])


def _path(block: Block) -> str:
    elements = [
        "".join([e.tag, f"#{e.id}" if e.id else "", *(f".{name}" for name in e.classes)]) for e in block.path.steps[-6:]
    ]
    return " > ".join(elements) or "body"
