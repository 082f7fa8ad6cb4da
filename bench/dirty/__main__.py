"""python -m bench.dirty [--pages N] [--seed S] [--out DIR] [--judge] [--without-rules] [--peers] [--examples N]

Makes dirty pages (the same for the same seed) and extracts them. Prints how much dirt is left and how much story is
lost, by kind of dirt, by language and by layout. --out: writes the pages there, with their truth. --without-rules: only
the content model. --judge: other wordings and layouts, which the rules were not made with. --peers: also trafilatura,
if it is installed. --examples: so many lines for each kind of dirt that is left.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.dirty.judge import judge
from bench.dirty.page import DirtyPage, make_pages
from bench.dirty.tables import print_tables
from newscrawl import extract
from newscrawl.errors import NewscrawlError
from newscrawl.strip import RULES

Extractor = Callable[[DirtyPage], str]


def newscrawl_body(page: DirtyPage, without: Iterable[str] = ()) -> str:
    """The body that newscrawl extracts; "" when it refuses the page."""
    try:
        return extract(page.html, page.url, without=set(without)).article_body
    except NewscrawlError:
        return ""


def trafilatura_body(page: DirtyPage) -> str:
    """The body that trafilatura extracts, comments left out."""
    import trafilatura

    return trafilatura.extract(page.html, url=page.url, include_comments=False) or ""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.dirty", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=208)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--without-rules", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--examples", type=int, default=0)
    args = parser.parse_args()
    pages = make_pages(args.pages, args.seed, args.judge)
    if args.out:
        _write(pages, args.out)
    extractors: dict[str, Extractor] = {
        "newscrawl": lambda page: newscrawl_body(page, RULES if args.without_rules else ())
    }
    if args.peers:
        try:
            import trafilatura  # noqa: F401

            extractors["trafilatura"] = trafilatura_body
        except ImportError:
            print("trafilatura is not installed")
    verdicts = {name: [judge(page, extractor(page)) for page in pages] for name, extractor in extractors.items()}
    print_tables(pages, verdicts, args.examples)


def _write(pages: list[DirtyPage], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"{page.name}.html").write_text(page.html, "utf-8")
        truth = {
            "headline": page.headline,
            "body": [block.text for block in page.blocks],
            "dirt": [[piece.kind, piece.texts] for piece in page.pieces],
        }
        (folder / f"{page.name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
