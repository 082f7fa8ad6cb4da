"""A whole crawl on a terminal: the live table, the log above it in the format of files, and the summary below."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from tests.newspaper.serve import Served
from tests.support.crawling import ROOT

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (INFO|WARNING|ERROR): ")


def on_terminal(folder: Path, address: str, **environment: str) -> str:
    """Everything that a crawl writes to its terminal."""
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sites={address}", "-O", str(folder / "a.jsonl")]
    for setting in ("NEWSCRAWL_ALLOW_PRIVATE=1", "DOWNLOAD_DELAY=0.15", "AUTOTHROTTLE_ENABLED=0"):
        command += ["-s", setting]
    ours, theirs = pty.openpty()
    variables = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "LINES": "40", **environment}
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env=variables, cwd=ROOT) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            written += part
    os.close(ours)
    assert process.returncode == 0, written
    return written.decode()


def test_a_crawl_on_a_terminal(tmp_path: Path, served: Served) -> None:
    shown = on_terminal(tmp_path, served.address)
    text = _ESCAPES.sub("", shown).replace("\r", "")
    assert "Traceback" not in text
    pictures = re.findall(rf"{served.address}\s+(front page|listings|articles|waiting|done)\s+(\d+)\s", text)
    assert {"listings", "articles"} <= {phase for phase, _ in pictures}, "it is drawn again and again"
    assert "site " in text and "per min" in text and "left" in text
    summary = text.split("INFO: Summary\n", 1)[1]
    assert summary.startswith(f"{served.address}: 20 new, 2 refused: 1 not found, 1 duplicate\n")
    assert "exit status 0 (OK): all is well; 20 records" in summary
    assert len(_LINE.findall(text)) >= 4, "the format of the log in files"
    assert "\x1b[32m" in shown


def test_no_colour_where_none_is_wanted(tmp_path: Path, served: Served) -> None:
    shown = on_terminal(tmp_path, served.address, NO_COLOR="1")
    assert "20 new" in shown and not re.search(r"\x1b\[[0-9;]*3[0-9]m", shown)
