"""The docs say what the code does: every setting, argument, reason, exit status and field has its row."""

from __future__ import annotations

import json

from bench.reference import pages
from newscrawl import extract, record
from newscrawl.crawl.arguments import NAMES
from newscrawl.crawl.nouns.exit_status import MEANINGS, PRECEDENCE, ExitStatus
from newscrawl.crawl.nouns.options import option_rows
from newscrawl.outcomes import REASONS
from newscrawl.record import FIELDS
from newscrawl.selectors import TARGETS
from newscrawl.sites.sites_file import NAMES as NAMES_OF_SITES
from tests.docs.blocks import ROOT, blocks_of
from tests.newspaper.site import Newspaper

DOCS = ROOT / "docs"


def test_tables_made_from_the_code_are_up_to_date() -> None:
    stale = [path.name for path, text in pages().items() if path.read_text("utf-8") != text]
    assert not stale, f"run python -m bench.reference: {stale}"


def test_every_setting_reason_and_status_has_its_row() -> None:
    text = (DOCS / "settings.md").read_text("utf-8") + (DOCS / "outcomes.md").read_text("utf-8")
    names = [name for name, _, _ in option_rows()] + list(REASONS) + [status.name for status in ExitStatus]
    assert [name for name in names if f"| `{name}` |" not in text] == []


def test_every_status_has_a_meaning_and_a_rank() -> None:
    assert set(MEANINGS) == set(ExitStatus)
    assert set(PRECEDENCE) == set(ExitStatus) - {ExitStatus.OK}
    ranks = ", ".join(str(int(status)) for status in PRECEDENCE)
    assert f"the first of {ranks} is reported" in (DOCS / "outcomes.md").read_text("utf-8")


def test_every_argument_has_its_row() -> None:
    text = (DOCS / "settings.md").read_text("utf-8")
    assert [name for name in NAMES if f"| `{name}` |" not in text] == []


def test_every_name_of_the_sites_file_has_its_row() -> None:
    text = (DOCS / "sites.md").read_text("utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    assert [name for name in NAMES_OF_SITES if f"`{name}`" not in rows] == []
    assert [name for name in TARGETS if f"`select.{name}`" not in rows] == []


def test_the_record_shown_has_every_field() -> None:
    text = (DOCS / "record.md").read_text("utf-8")
    assert [field for field in FIELDS if f'"{field}":' not in text] == []


def test_the_record_of_the_readme_is_the_one_that_is_written() -> None:
    shown = json.loads(next(block.text for block in blocks_of(ROOT / "README.md") if block.language == "json"))
    page = Newspaper("https://a.example").answer("/2024/11/harbour-bridge-reopens-after-repairs/").body
    written = record(extract(page, url=shown["url"]))
    beginning = shown.pop("articleBody").removesuffix(" …")
    assert written["articleBody"].startswith(beginning)
    assert {name: written[name] for name in shown} == shown
