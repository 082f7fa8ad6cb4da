"""python -m bench.dirty [--pages N] [--seed S] [--out DIR] [--judge] [--without-rules] [--peers] [--examples N]

Makes dirty pages (the same for the same seed), extracts them and prints what was left of the dirt and lost of the story, by
kind of dirt, by language and by layout. --out: also writes the pages there, with their truth. --without-rules: the content
model alone. --judge: other wordings and layouts, which the rules were not made with. --peers: trafilatura beside it, if it is
installed. --examples: so many lines for each kind that was left.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.dirty.judge import Verdict, judge
from bench.dirty.page import DirtyPage, make_pages
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
            "body": [b.text for b in page.blocks],
            "dirt": [[p.kind, p.texts] for p in page.pieces],
        }
        (folder / f"{page.name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")


def print_tables(pages: list[DirtyPage], verdicts: dict[str, list[Verdict]], examples: int = 0) -> None:
    """Three tables: by kind, by language, by layout; and what was lost."""
    there = Counter(piece.kind for page in pages for piece in page.pieces)
    left = {name: Counter(piece.kind for v in vs for piece, _ in v.left) for name, vs in verdicts.items()}
    names = list(verdicts)
    print(f"{'dirt left, by kind':<24}{'pieces':>7}" + "".join(f"{name:>13}" for name in names))
    shown: dict[str, list[str]] = defaultdict(list)
    for v in verdicts[names[0]]:
        for piece, line in v.left:
            shown[piece.kind].append(f"{v.page.name}: {line[:120]!r}")
    for kind in sorted(there | left[names[0]], key=lambda k: (-left[names[0]][k] / max(1, there[k]), k)):
        print(
            f"{kind:<24}{there[kind]:>7}"
            + "".join(f"{100 * left[name][kind] / max(1, there[kind]):>11.1f} %" for name in names)
        )
        for line in shown[kind][:examples]:
            print(f"    {line}")
    for title, group in (("language", lambda p: p.language), ("layout", lambda p: p.layout), ("all", lambda p: "all")):
        print(f"\n{'by ' + title:<12}" + "".join(f"{name:>13}: dirt left  story lost  twice  right" for name in names))
        for value in sorted({group(page) for page in pages}):
            print(
                f"{value:<12}"
                + "".join(_figures([v for v in verdicts[name] if group(v.page) == value]) for name in names)
            )
    lost = {name: Counter(shape for v in vs for _, shape in v.lost) for name, vs in verdicts.items()}
    told = Counter(block.look or block.shape for page in pages for block in page.blocks)
    print(f"\n{'story lost, by shape':<24}{'blocks':>7}" + "".join(f"{name:>13}" for name in names))
    for shape in sorted(told):
        print(
            f"{shape:<24}{told[shape]:>7}"
            + "".join(f"{100 * lost[name][shape] / told[shape]:>11.1f} %" for name in names)
        )
    if examples:
        for v in verdicts[names[0]]:
            for line in (
                *(f"lost {shape}: {key[:110]!r}" for key, shape in v.lost),
                *(f"twice {t[:110]!r}" for t in v.twice),
                *(f"other {t[:110]!r}" for t in v.other),
            ):
                print(f"    {v.page.name}: {line}")


def _figures(verdicts: list[Verdict]) -> str:
    pieces, blocks = (sum(len(getattr(v.page, name)) for v in verdicts) for name in ("pieces", "blocks"))
    left, lost, twice, right = (
        sum(map(f, verdicts))
        for f in (lambda v: len(v.left), lambda v: len(v.lost), lambda v: len(v.twice), lambda v: v.is_right)
    )
    return (
        f"{100 * left / pieces:>22.1f} %{100 * lost / blocks:>10.1f} %{twice:>7}{100 * right / len(verdicts):>5.0f} %"
    )


if __name__ == "__main__":
    main()
