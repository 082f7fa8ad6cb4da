"""The README says what the code does: every reason, setting, argument and exit status has its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.crawl.addon import DEFAULTS
from newscrawl.crawl.arguments import NAMES
from newscrawl.crawl.nouns.exit_status import ExitStatus
from newscrawl.outcomes import REASONS
from newscrawl.record import FIELDS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_its_row(reason: str) -> None:
    assert f"| `{reason}` | {REASONS[reason].outcome.value} | {REASONS[reason].meaning} |" in README


@pytest.mark.parametrize("setting", [name for name in DEFAULTS if name.startswith("NEWSCRAWL_")])
def test_every_setting_has_its_row(setting: str) -> None:
    assert f"| `{setting}` |" in README


def test_every_argument_and_status_has_its_row() -> None:
    for name in NAMES:
        assert f"| `{name}` |" in README
    for status in ExitStatus:
        assert f"\n| {int(status)} | " in README


def test_the_record_shown_has_every_field() -> None:
    for field in FIELDS:
        assert f'"{field}":' in README
