"""python -m bench.rules FOLDER [--scores SCORES] [--sets news wcxb] [--examples N]: what each strip rule removed.

FOLDER: pages with truth, as `bench/train/README.md` describes it. SCORES: out-of-fold block scores; without them the
content model of the package decides. Of the blocks that the model kept, those whose words are in the truth are story,
except copies of which the page has as many as the truth without them. Prints, by rule, and by rule and language, set or
reason, how many whole blocks were removed rightly and wrongly, with examples of the wrong ones, and the dirt that no
rule removed. Removed spans are not judged, as the truth has no parts of blocks.

The sets differ: the truth of wcxb has the credits, captions, tables of contents and "read also" lines in a page's main
column. Where the two disagree, rely on news.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.train.corpus import rows_of
from bench.train.labels import align
from newscrawl.article import BODY_KINDS, Article, Page, Removal
from newscrawl.errors import NewscrawlError
from newscrawl.read import open_document, read_document
from newscrawl.strip import strip
from newscrawl.text import fold


@dataclass
class Counts:
    """The results. counts: verdicts by rule and group ("" for all). wrong: examples by rule. left: dirt not removed."""

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left: list[str] = field(default_factory=list)
    story: int = 0

    def add_removal(self, page: str, language: str, removal: Removal, is_right: bool) -> None:
        """Count a removed block."""
        verdict = "rightly" if is_right else "wrongly"
        reason = re.sub(r"\d+", "N", removal.reason)
        for group in ("", f"in {language}", f"of {page.split('/')[0]}", reason):
            self.counts[removal.rule, group][verdict] += 1
        if not is_right:
            block = removal.block
            self.wrong[removal.rule].append(f"{page}: {block.kind.value} {block.text[:110]!r} ({removal.reason})")

    def print(self, examples: int) -> None:
        """Print the tables, with so many examples for each rule."""
        print(f"{'rule':<22}{'':<50}{'rightly':>8}{'wrongly':>8}{'right':>8}")
        for (rule, group), count in sorted(self.counts.items()):
            share = 100 * count["rightly"] / count.total()
            name = "" if group else rule
            print(f"{name:<22}{group[:48] or 'all':<50}{count['rightly']:>8}{count['wrongly']:>8}{share:>6.0f} %")
            for line in () if group else self.wrong[rule][:examples]:
                print(f"    wrongly {line}")
        wrong = sum(count["wrongly"] for (_, group), count in self.counts.items() if not group)
        print(
            f"story blocks {self.story}, of them removed {wrong} ({100 * wrong / max(1, self.story):.2f} %); "
            f"dirt that no rule removed: {len(self.left)}"
        )
        for line in self.left[: 10 * examples]:
            print(f"    left {line}")


def article_of(url: str, html: bytes, scores: Any) -> Article | None:
    """The article before the rules; None when the page cannot be read."""

    def judge(layout: Any, evidence: Any) -> Any:
        return scores.tolist()

    try:
        document = open_document(Page(url, html))
        return read_document(document) if scores is None else read_document(document, judge)
    except NewscrawlError:
        return None


def count_page(page: str, truth: str, article: Article, counts: Counts) -> None:
    """Count what the rules did to one page."""
    blocks = [block for block in article.blocks if block.kind in BODY_KINDS]
    shares, _ = align([block.text for block in blocks], truth)
    folded = fold(truth)
    removals = strip(article).removals[len(article.removals) :]
    removed = {removal.block.index: removal for removal in removals if removal.span is None}
    kept = Counter(fold(block.text) for block in blocks if block.index not in removed)
    language = (article.in_language or "?").split("-")[0]
    for block, share in zip(blocks, shares, strict=True):
        removal = removed.get(block.index)
        if removal is not None:
            is_copy = kept[fold(block.text)] >= folded.count(fold(block.text)) > 0
            counts.add_removal(page, language, removal, share < 0.5 or is_copy)
        elif share < 0.3:
            counts.left.append(f"{page}: {block.text[:110]!r}")
    counts.story += sum(share >= 0.5 for share in shares)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.rules", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scores", type=Path)
    parser.add_argument("--sets", nargs="+", default=["news", "wcxb"])
    parser.add_argument("--examples", type=int, default=3)
    args = parser.parse_args()
    scores = dict(np.load(args.scores)) if args.scores else {}
    counts = Counts()
    for name, row, html in rows_of(args.folder, tuple(args.sets)):
        page = f"{name}/{row['id']}"
        if row.get("text") and (article := article_of(row.get("url") or "", html, scores.get(page))) is not None:
            count_page(page, row["text"], article, counts)
    counts.print(args.examples)


if __name__ == "__main__":
    main()
