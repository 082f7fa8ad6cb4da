"""python -m bench.same_records CHECKOUT [FOLDER] [--pages N] [--seed S]: are the records those of another checkout?

CHECKOUT: the root of another version of newscrawl. Both extract the pages of the tests, N made dirty pages of each kind
and, with FOLDER, its pages (pages with truth, as `bench/train/README.md` describes it), each in processes of its own:
articles with all fields, blocks and scores, every removal with its reason, and every refusal. Prints how many differ,
and where the first of them do; exit status 1 if any does. With NEWSCRAWL_NO_EXTENSIONS=1 both run in Python alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).parents[1]
FETCHED_AT = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
#: Characters that are shown of a difference.
SHOWN = 160


def pages(folder: Path | None, count: int, seed: int) -> dict[str, tuple[str, bytes | str]]:
    """Name -> URL and HTML of every page."""
    from bench.dirty.page import make_pages
    from bench.train.corpus import SETS, rows_of

    tests = sorted((ROOT / "tests").rglob("*.html"))
    found: dict[str, tuple[str, bytes | str]] = {
        str(path.relative_to(ROOT)): ("https://news.example/a/b", path.read_bytes()) for path in tests
    }
    for judging in (False, True):
        for number, page in enumerate(make_pages(count, seed, judging=judging)):
            found[f"dirty {number}{', judging' if judging else ''}"] = page.url, page.html
    if folder is not None:
        found |= {f"{name}/{row['id']}": (row.get("url") or "", html) for name, row, html in rows_of(folder, SETS)}
    return found


def extracted(url: str, html: bytes | str) -> str:
    """All that is read of a page, as text."""
    from newscrawl import NewscrawlError, extract

    try:
        article = extract(html, url, fetched_at=FETCHED_AT)
    except NewscrawlError as error:
        return f"{error!r} {error}"
    return f"{article!r}\n{article.blocks!r}\n{list(article.removals)!r}"


def records(checkout: Path, arguments: list[str]) -> dict[str, str]:
    """Name -> what a checkout reads of each page."""
    command = [sys.executable, str(Path(__file__).resolve()), *arguments, "--print"]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.same_records", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", type=Path)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=104)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--print", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.print:
        found = pages(args.folder, args.pages, args.seed)
        json.dump({name: extracted(*page) for name, page in found.items()}, sys.stdout)
        return
    folder = [str(args.folder.resolve())] if args.folder else []
    arguments = [str(args.checkout.resolve()), *folder, "--pages", str(args.pages), "--seed", str(args.seed)]
    theirs, ours = records(args.checkout.resolve(), arguments), records(ROOT, arguments)
    different = [name for name in ours if ours[name] != theirs.get(name)]
    for name in different[:10]:
        left, right = theirs.get(name, ""), ours[name]
        at = next((n for n, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), 0)
        start = max(0, at - SHOWN // 2)
        print(f"{name}\n  - {left[start : start + SHOWN]!r}\n  + {right[start : start + SHOWN]!r}")
    print(f"{len(ours)} pages, {len(different)} read otherwise")
    raise SystemExit(bool(different))


if __name__ == "__main__":
    main()
