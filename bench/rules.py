"""python -m bench.rules FOLDER [--scores SCORES] [--sets news wcxb] [--examples N]: what each strip rule did, held against the truth.

FOLDER: pages with truth, as `bench/train/README.md` describes it. SCORES: out-of-fold block scores; without them the model
as it ships judges. Of the blocks that the content model kept, those whose words stand in the truth are story (a copy is not, where as many are kept as the truth has). Prints, by rule,
by rule and reason, set or language, whole blocks struck rightly and wrongly, with examples of the wrong ones; and what no rule
struck. Spans are not judged: the truth is not kept in parts of blocks. Truth has habits: wcxb's keeps credits, captions, tables
of contents and "read also" lines that stand in the page's main column; where the two sets differ, news is the better judge.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from bench.train.corpus import rows_of
from bench.train.labels import align
from newscrawl.article import BODY_KINDS, Page
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.strip import strip
from newscrawl.text import fold


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scores", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb"])
    parser.add_argument("--examples", type=int, default=3)
    args = parser.parse_args()
    scores = dict(np.load(args.scores)) if args.scores else {}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    wrong: dict[str, list[str]] = defaultdict(list)
    left: list[str] = []
    story = 0
    for name, row, html in rows_of(args.folder, tuple(args.sets)):
        if row.get("text"):
            story += _page(f"{name}/{row['id']}", row, html, scores.get(f"{name}/{row['id']}"), counts, wrong, left)
    _print(counts, wrong, left, story, args.examples)


def _page(
    page: str,
    row: dict[str, Any],
    html: bytes,
    known: Any,
    counts: dict[tuple[str, str], Counter[str]],
    wrong: dict[str, list[str]],
    left: list[str],
) -> int:
    def judge(layout, evidence) -> Any:
        return known.tolist()

    try:
        document = open_document(Page(row.get("url") or "", html))
        article = read_document(document, judge) if known is not None else read_document(document)
    except NewscrawlError:
        return 0
    blocks = [block for block in article.blocks if block.kind in BODY_KINDS]
    shares, _ = align([block.text for block in blocks], row["text"])
    told = fold(row["text"])
    struck = {
        removal.block.index: removal
        for removal in strip(article).removals[len(article.removals) :]
        if removal.span is None
    }
    kept = Counter(fold(block.text) for block in blocks if block.index not in struck)
    language = (article.in_language or "?").split("-")[0]
    for block, share in zip(blocks, shares, strict=True):
        removal = struck.get(block.index)
        if removal is None:
            if share < 0.3:
                left.append(f"{page}: {block.text[:110]!r}")
            continue
        verdict = "rightly" if share < 0.5 or kept[fold(block.text)] >= told.count(fold(block.text)) > 0 else "wrongly"
        for group in ("", f"in {language}", f"of {page.split('/')[0]}", re.sub(r"\d+", "N", removal.reason)):
            counts[removal.rule, group][verdict] += 1
        if verdict == "wrongly":
            wrong[removal.rule].append(f"{page}: {block.kind.value} {block.text[:110]!r} ({removal.reason})")
    return sum(share >= 0.5 for share in shares)


def _print(
    counts: dict[tuple[str, str], Counter[str]], wrong: dict[str, list[str]], left: list[str], story: int, examples: int
) -> None:
    print(f"{'rule':<22}{'':<50}{'rightly':>8}{'wrongly':>8}{'right':>8}")
    for (rule, group), count in sorted(counts.items()):
        right = 100 * count["rightly"] / count.total()
        print(
            f"{'' if group else rule:<22}{group[:48] or 'all':<50}{count['rightly']:>8}{count['wrongly']:>8}{right:>6.0f} %"
        )
        if not group:
            for line in wrong[rule][:examples]:
                print(f"    wrongly {line}")
    total = sum(count["wrongly"] for (_, group), count in counts.items() if not group)
    print(
        f"story blocks {story}, of them struck {total} ({100 * total / max(1, story):.2f} %); dirt that no rule struck: {len(left)}"
    )
    for line in left[: 10 * examples]:
        print(f"    left {line}")


if __name__ == "__main__":
    main()
