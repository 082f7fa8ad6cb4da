"""What became of each block of a page, as one HTML page that stands alone: no address outside of it is asked for.

Reads an Article that was stripped; decides nothing. Every text of the page it explains is escaped.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from importlib.resources import files

from newscrawl.article import Article, Block, Removal
from newscrawl.explain import case_file, fates

#: Degrees on the colour wheel between one rule and the next: neighbours in the legend never look alike.
_GOLDEN_ANGLE = 137.5


def explain_page(article: Article) -> str:
    """The page: the blocks in their order, struck ones coloured by rule, why at a touch or key, a filter by rule, and a button that
    copies the case file (see `newscrawl.explain.case_file`)."""
    told = fates(article)
    counts = Counter(removal.rule for _, removals in told for removal in removals)
    hues = {rule: round(n * _GOLDEN_ANGLE) % 360 for n, rule in enumerate(sorted(counts))}
    kept = sum(1 for _, removals in told if not any(r.span is None for r in removals))
    chips = [
        _chip("", "kept", kept, None),
        *(_chip(rule, rule, counts[rule], hues[rule]) for rule in sorted(counts, key=lambda r: (-counts[r], r))),
    ]
    values = {
        "title": escape(article.headline or "(no headline)"),
        "url": escape(article.url),
        "language": escape(article.in_language or ""),
        "facts": escape(f"{len(told)} blocks, {kept} kept; {article.word_count} words of body"),
        "chips": "\n".join(chips),
        "blocks": "\n".join(_block(block, removals, hues) for block, removals in told),
        "case": escape(case_file(article)),
    }
    page = files("newscrawl").joinpath("explain_page.html").read_text("utf-8")
    parts = page.split("{{")
    return parts[0] + "".join(values[name] + rest for name, _, rest in (part.partition("}}") for part in parts[1:]))


def _chip(rule: str, label: str, count: int, hue: int | None) -> str:
    colour = f' style="--hue:{hue}"' if hue is not None else ""
    return f'<button type="button" class="chip" data-rule="{escape(rule)}" aria-pressed="true"{colour}>{escape(label)} <b>{count}</b></button>'


def _block(block: Block, removals: list[Removal], hues: dict[str, int]) -> str:
    whole = next((r for r in removals if r.span is None), None)
    spans = [] if whole else sorted((r for r in removals if r.span is not None), key=lambda r: r.span or (0, 0))
    if whole is not None:
        text, label = escape(block.text), f'<span class="rule">{escape(whole.rule)}</span>'
        state = f'class="block gone" data-rule="{escape(whole.rule)}" style="--hue:{hues[whole.rule]}"'
    else:
        text, label = _marked(block.text, spans, hues), ""
        state = f'class="block kept" data-rule="{escape(" ".join(["", *(r.rule for r in spans)]))}"'
    why = [f"<b>{escape(r.rule)}</b>: {escape(r.reason)}" for r in ([whole] if whole else spans)] or ["kept"]
    score = f"; score {block.score:.2f}" if block.score is not None else ""
    why.append(f"{escape(block.kind.value)}, block {block.index}{score}")
    why.append(f"<code>{escape(_path(block))}</code>")
    number = f"why-{block.index}"
    return (
        f'<li {state}><button type="button" class="text kind-{escape(block.kind.value.replace(" ", "-"))}" aria-expanded="false" aria-controls="{number}" dir="auto">{label}{text}</button>'
        f'<div class="why" id="{number}" hidden>{"<br>".join(why)}</div></li>'
    )


def _marked(text: str, spans: list[Removal], hues: dict[str, int]) -> str:
    out, at = "", 0
    for removal in spans:
        start, end = removal.span or (0, 0)
        if start >= at:
            out += (
                escape(text[at:start])
                + f'<del style="--hue:{hues[removal.rule]}" title="{escape(removal.rule)}">{escape(text[start:end])}</del>'
            )
            at = end
    return out + escape(text[at:])


def _path(block: Block) -> str:
    steps = [
        "".join([e.tag, f"#{e.id}" if e.id else "", *(f".{name}" for name in e.classes)]) for e in block.path.steps[-6:]
    ]
    return " > ".join(steps) or "body"
