"""Case files of tests/discover: documents as servers send them, and beside each a JSON file with the expected links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from newscrawl.article import Link

CASES = Path(__file__).parents[1] / "discover"


def cases(folder: str) -> list[Path]:
    """The documents in a folder of tests/discover."""
    found = sorted(path for path in (CASES / folder).iterdir() if path.suffix != ".json")
    assert found, f"there are no case files in {CASES / folder}"
    return found


def rows(links: Iterable[Link]) -> list[dict[str, Any]]:
    """The links in the form of the JSON files: without empty fields, and without the document they were found on."""
    out = []
    for link in links:
        row = {name: value for name, value in asdict(link).items() if value not in (None, "") and name != "found_on"}
        out.append({name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()})
    return out
