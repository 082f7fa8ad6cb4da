"""python -m bench.parts [FOLDER] [--pages N] [--seed S]: what the content model and the strip rules do for each other.

Extracts dirty pages (`bench.dirty`, of both kinds) with the rules off, with the model off (every block of the page taken as
story), and with both on; prints the share of dirt left and of story blocks lost and the share of pages that are right. FOLDER:
pages with truth, as `bench/train/README.md` describes it; then also F1 (bags of words, mean over the pages of its news set).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.dirty.judge import judge
from bench.dirty.page import make_pages
from bench.train.corpus import rows_of
from newscrawl.article import Article, Page
from newscrawl.errors import NewscrawlError
from newscrawl.read import read, read_blocks
from newscrawl.strip import strip
from newscrawl.text import words

#: What is on, and the way from a page to its article.
WAYS: dict[str, Callable[[Page], Article]] = {
    "rules off": read,
    "model off": lambda page: strip(read_blocks(page)),
    "both on": lambda page: strip(read(page)),
}


def body_of(way: Callable[[Page], Article], page: Page) -> str:
    """The body; "" when the page cannot be read."""
    try:
        return way(page).article_body
    except NewscrawlError:
        return ""


def f1(told: str, truth: str) -> float:
    """F1 of two texts as bags of words."""
    ours, theirs = Counter(words(told)), Counter(words(truth))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.parts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=104)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    made = [*make_pages(args.pages, args.seed), *make_pages(args.pages, args.seed, judging=True)]
    rows = (
        [
            (row["text"], Page(row.get("url") or "", html))
            for _, row, html in rows_of(args.folder, ("news",))
            if row.get("text")
        ]
        if args.folder
        else []
    )
    print(f"{'':<12}{'left':>8}{'lost':>8}{'right':>8}{'F1':>8}")
    for name, way in WAYS.items():
        verdicts = [judge(page, body_of(way, Page(page.url, page.html))) for page in made]
        left = sum(len(v.left) for v in verdicts) / sum(len(page.pieces) for page in made)
        lost = sum(len(v.lost) for v in verdicts) / sum(len(page.blocks) for page in made)
        right = sum(v.is_right for v in verdicts) / len(made)
        score = (
            f"{sum(f1(body_of(way, page), truth) for truth, page in rows) / len(rows):>8.3f}" if rows else f"{'-':>8}"
        )
        print(f"{name:<12}{100 * left:>6.1f} %{100 * lost:>6.1f} %{100 * right:>6.0f} %{score}")


if __name__ == "__main__":
    main()
