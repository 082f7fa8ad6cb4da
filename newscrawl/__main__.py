"""`python -m newscrawl page.html --url URL`: extract one page from a file or standard input, without Scrapy.

Prints the record as JSON, or, with --explain, every block and whether it was kept. The exit status is 0 on success, 1
if the page yields no record (the reason is on standard error) and 2 if the arguments are invalid or a file cannot be
read or written.
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
from newscrawl.read.plain_text import read_text
from newscrawl.record import record
from newscrawl.strip import RULES, strip


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m newscrawl",
        description="Extract the article record from one HTML page, or strip boilerplate from a plain text.",
    )
    parser.add_argument("page", help="an HTML file, or a text file with --text; - for standard input")
    parser.add_argument("--url", default="", help="where the page came from; relative URLs are resolved against it")
    parser.add_argument(
        "--text",
        action="store_true",
        help="the file is plain text: treat its paragraphs as blocks and apply the same rules",
    )
    parser.add_argument(
        "--explain", action="store_true", help="show every block of the page: kept, or which rule removed it and why"
    )
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="with --explain: write the result as a self-contained HTML page",
    )
    parser.add_argument(
        "--format",
        choices=("json", "text", "html", "case"),
        default=None,
        help="json: the record (default); text: the body; html: the body as HTML; case: a test case for a rule",
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
        parser.error("--html requires --explain (for the body as HTML, use --format html)")
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
        return _fail(f"cannot read {args.page}: {error.strerror}", 2)
    try:
        article = strip(_read(args, data), args.without)
    except NewscrawlError as error:
        return _fail(str(error), 1)
    except ValueError as error:
        return _fail(str(error), 2)
    if args.html is not None:
        try:
            args.html.write_text(explain_page(article), "utf-8")
        except OSError as error:
            return _fail(f"cannot write {args.html}: {error.strerror}", 2)
    elif args.explain:
        print("\n".join(explain_lines(article)))
    elif args.text:
        sys.stdout.write(_output(article, args.format or "text"))
    if args.text:
        return 0
    try:
        check(article)
    except NewscrawlError as error:
        return _fail(str(error), 1)
    if not args.explain:
        sys.stdout.write(_output(article, args.format or "json"))
    return 0


def _read(args: argparse.Namespace, data: bytes) -> Article:
    if args.text:
        return read_text(data.decode("utf-8-sig", "replace"), args.url)
    return read_page(Page(args.url, data, datetime.now(timezone.utc)))


def _fail(message: str, status: int) -> int:
    print(f"newscrawl: {message}", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
