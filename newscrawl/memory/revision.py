"""What changed between two records of one article. Pure."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

@dataclass(frozen=True)
class Change:
    kind: str
    changed_fields: tuple[str, ...]
    correction: str | None = None

def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    fields = tuple(name for name in ("headline", "articleBody") if old.get(name) != new.get(name))
    return Change("body", fields) if fields else None
