"""The table of the cross-validation: F1, precision and recall of 4-word shingles, by set and by language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from bench.train.corpus import Example
from bench.train.labels import WORD
from newscrawl.read.story import THRESHOLD


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The multiset of all runs of `size` words."""
    words = WORD.findall(text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))) if words else Counter()


def precision_recall(got: str, want: str) -> tuple[float, float]:
    """Precision and recall of the shingles. They are 1 for a text without any."""
    a, b = shingles(got), shingles(want)
    both = sum((a & b).values())
    return (both / sum(a.values()) if a else 1.0), (both / sum(b.values()) if b else 1.0)


def print_table(pages: Sequence[Example], scores: Sequence[Any], threshold: float = THRESHOLD) -> None:
    """Print a row for each set, and for each of its languages with ten pages or more. Snippets are counted by block."""
    rows: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    hits: Counter[str] = Counter()
    for page, score in zip(pages, scores, strict=True):
        kept = score >= threshold
        if page.set in ("made", "dirty"):
            continue
        if page.set == "snippets":
            truth = page.shares >= 0.5
            hits["right"] += int((truth & kept & page.known).sum())
            hits["wrong"] += int((truth != kept)[page.known].sum())
            continue
        got = "\n\n".join(text for text, keep in zip(page.layout.texts, kept, strict=True) if keep)
        row = (*precision_recall(got, page.truth), WORD.findall(got) == WORD.findall(page.truth))
        rows[page.set].append(row)
        rows[f"  {page.set} {page.language}"].append(row)
    print(f"{'':<16}{'pages':>6}  {'F1':>6}  {'P':>6}  {'R':>6}  {'exact':>6}")
    for name, part in sorted(rows.items(), key=lambda item: item[0].strip()):
        if len(part) >= 10 or not name.startswith(" "):
            p, r = fmean(x[0] for x in part), fmean(x[1] for x in part)
            f1, exact = 2 * p * r / (p + r), fmean(x[2] for x in part)
            print(f"{name:<16}{len(part):>6}  {f1:>6.4f}  {p:>6.4f}  {r:>6.4f}  {exact:>6.3f}")
    print(f"snippets, by block: F1 {2 * hits['right'] / max(1, 2 * hits['right'] + hits['wrong']):.4f}")
