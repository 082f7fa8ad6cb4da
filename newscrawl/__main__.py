"""`python -m newscrawl page.html --url U`: one page from a file or standard input, without Scrapy.

Prints the record as JSON; with --explain what became of each block. Exit status 0, 1 when the page gives no
record (the reason on standard error), 2 for bad arguments.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

from newscrawl.article import Article, Page
from newscrawl.check import check
from newscrawl.errors import NewscrawlError
from newscrawl.explain import case_file, explain_lines
from newscrawl.explain_page import explain_page
from newscrawl.extract import read_page
from newscrawl.read.plain import read_text
from newscrawl.record import record
from newscrawl.strip import RULES, strip


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m newscrawl",
        description="The article record of one HTML page, or a plain text stripped of boilerplate.",
    )
    parser.add_argument("page", help="an HTML file (or a text file, with --text); - for standard input")
    parser.add_argument("--url", default="", help="where the page came from; relative addresses are joined to it")
    parser.add_argument(
        "--text",
        action="store_true",
        help="the file is plain text: read its paragraphs as blocks, and strip them by the same rules",
    )
    parser.add_argument(
        "--explain", action="store_true", help="show every block of the page: kept, or what took it and why"
    )
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="with --explain: write it as an HTML page that stands alone, to look at in a browser",
    )
    parser.add_argument(
        "--format",
        choices=("json", "text", "html", "case"),
        default=None,
        help="json: the record (default); text: the body; html: the body as HTML; case: a rule's case file",
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="RULE",
        help=f"switch a rule off (may be repeated): {', '.join(RULES)}",
    )
    args = parser.parse_args(argv)
    if args.html is not None and not args.explain:
        parser.error("--html goes with --explain (the body as HTML is --format html)")
    return args


def _output(article: Article, form: str) -> str:
    if form == "text":
        return article.article_body + "\n"
    if form == "html":
        return f"{record(article)['articleBodyHtml']}\n"
    if form == "case":
        return case_file(article)
    return json.dumps(record(article), ensure_ascii=False, indent=2) + "\n"


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    args = _arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        data = sys.stdin.buffer.read() if args.page == "-" else Path(args.page).read_bytes()
    except OSError as error:
        print(f"newscrawl: cannot read {args.page}: {error.strerror}", file=sys.stderr)
        return 2
    try:
        if args.text:
            article = strip(read_text(data.decode("utf-8-sig", "replace"), args.url), args.without)
        else:
            article = strip(read_page(Page(args.url, data, datetime.now(timezone.utc))), args.without)
    except (NewscrawlError, ValueError) as error:
        print(f"newscrawl: {error}", file=sys.stderr)
        return 1 if isinstance(error, NewscrawlError) else 2
    if args.html is not None:
        try:
            args.html.write_text(explain_page(article), "utf-8")
        except OSError as error:
            print(f"newscrawl: cannot write {args.html}: {error.strerror}", file=sys.stderr)
            return 2
    elif args.explain:
        print("\n".join(explain_lines(article)))
    elif args.text:
        sys.stdout.write(_output(article, args.format or "text"))
    try:
        check(article) if not args.text else None
    except NewscrawlError as error:
        print(f"newscrawl: {error}", file=sys.stderr)
        return 1
    if not args.explain and not args.text:
        sys.stdout.write(_output(article, args.format or "json"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
