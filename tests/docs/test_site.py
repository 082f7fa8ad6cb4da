"""The docs as a site: every page is in the navigation, no link and no anchor leads nowhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

from bench.picture import COMMANDS
from tests.docs.blocks import ROOT


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "site" / "tutorial" / "index.html").read_text("utf-8")
    assert "fonts.googleapis.com" not in page


def test_the_links_of_the_other_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text("utf-8"))
        assert [link for link in links if not (ROOT / link).exists()] == [], page.name


def test_the_picture_shows_its_commands() -> None:
    shown = unescape((ROOT / "docs" / "run.svg").read_text("utf-8")).replace("\xa0", " ")
    assert [command for command in COMMANDS if command not in shown] == [], "run python -m bench.picture"
