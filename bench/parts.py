"""python -m bench.parts [FOLDER] [--pages N] [--seed S]: what the content model and the strip rules each contribute.

Extracts dirty pages (those of `bench.dirty`, with and without --judge) with the rules off, with the model off (every
block counts as story), and with both on. Prints the share of dirt that is left, the share of story blocks that are
lost, and the share of pages without a fault. FOLDER: pages with truth, as `bench/train/README.md` describes it; with it
also F1 (bags of words, mean over the pages of its news set).
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

#: What is on -> how a page becomes an article.
EXTRACTORS: dict[str, Callable[[Page], Article]] = {
    "rules off": read,
    "model off": lambda page: strip(read_blocks(page)),
    "both on": lambda page: strip(read(page)),
}


def body_of(extract: Callable[[Page], Article], page: Page) -> str:
    """The body of the article; "" when the page cannot be read."""
    try:
        return extract(page).article_body
    except NewscrawlError:
        return ""


def f1(found: str, truth: str) -> float:
    """F1 of two texts as bags of words."""
    ours, theirs = Counter(words(found)), Counter(words(truth))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def pages_with_truth(folder: Path | None) -> list[tuple[str, Page]]:
    """Text and page of every page in the news set."""
    if folder is None:
        return []
    rows = rows_of(folder, ("news",))
    return [(row["text"], Page(row.get("url") or "", html)) for _, row, html in rows if row.get("text")]


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
    rows = pages_with_truth(args.folder)
    print(f"{'':<12}{'left':>8}{'lost':>8}{'right':>8}{'F1':>8}")
    for name, extract in EXTRACTORS.items():
        verdicts = [judge(page, body_of(extract, Page(page.url, page.html))) for page in made]
        left = sum(len(verdict.left) for verdict in verdicts) / sum(len(page.pieces) for page in made)
        lost = sum(len(verdict.lost) for verdict in verdicts) / sum(len(page.blocks) for page in made)
        right = sum(verdict.is_right for verdict in verdicts) / len(made)
        scores = [f1(body_of(extract, page), truth) for truth, page in rows]
        score = f"{sum(scores) / len(scores):>8.3f}" if scores else f"{'-':>8}"
        print(f"{name:<12}{100 * left:>6.1f} %{100 * lost:>6.1f} %{100 * right:>6.0f} %{score}")


if __name__ == "__main__":
    main()
