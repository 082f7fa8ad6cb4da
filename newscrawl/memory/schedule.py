"""When an article is visited again, and when something that failed is tried again. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newscrawl.memory.interface import ArticleState

#: Ages at which an article is visited again, in seconds: 1 and 6 hours, 1, 3 and 7 days.
DEFAULT_SPANS = (3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
_SPAN = re.compile(r"(\d+)\s*([mhdw])")
_AGE = re.compile(r"(\d{1,5})\s*([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
#: Back-off in seconds after each failure, for failures that may pass and for others; after the last it is given up.
TEMPORARY = (0, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
HARD = (6 * 3600, 86400, 7 * 86400)
#: A listing that is gone, or has failed this often in a row, is tried again only after this many seconds.
RETIRED_AFTER, RETIRED = 8, 7 * 86400


def parse_spans(text: object) -> tuple[int, ...]:
    """The setting `NEWSCRAWL_REVISIT` in seconds: ages separated by commas ("1h, 6h, 1d").

    "", "none" and "0" mean no visits, None the default. Raises ValueError for anything else.
    """
    if text is None:
        return DEFAULT_SPANS
    given = str(text).strip().lower()
    if given in ("", "none", "0"):
        return ()
    spans = []
    for part in given.split(","):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise ValueError(f"NEWSCRAWL_REVISIT={text!r}: {part.strip()!r} is not an age such as 90m, 6h, 3d or 1w")
        spans.append(int(found.group(1)) * _UNITS[found.group(2)])
    if spans != sorted(set(spans)):
        raise ValueError(f"NEWSCRAWL_REVISIT={text!r}: each age must be greater than the one before it")
    return tuple(spans)


def parse_age(text: object) -> int:
    """An age such as "30d", "8w", "6m" or "2y" in seconds (a month has 30 days); 0 for nothing. Raises ValueError."""
    given = str(text or "").strip().lower()
    if not given:
        return 0
    found = _AGE.fullmatch(given)
    if found is None or not int(found.group(1)):
        raise ValueError(f"{text!r} is not an age such as 30d, 8w, 6m or 2y")
    return int(found.group(1)) * _DAYS[found.group(2)] * 86400


@dataclass(frozen=True)
class Schedule:
    """Visits of an article at given ages since its first record, and sooner while it keeps changing.

    spans: these ages in seconds, ascending.
    """

    spans: Sequence[int] = DEFAULT_SPANS

    def first(self, now: int) -> int:
        """When the first visit is due; 0 if there is none."""
        return now + self.spans[0] if self.spans else 0

    def after(self, state: ArticleState, now: int, changed: bool) -> ArticleState:
        """The state after a visit. If the article changed, the next visit comes after half the planned time."""
        age = max(0, now - state.first)
        later = [span for span in self.spans if span > age + 60]
        wait = state.first + later[0] - now if later else 0
        if changed and self.spans:
            wait = min(wait or self.spans[-1], max(self.spans[0], wait // 2))
        return replace(
            state,
            visits=state.visits + 1,
            changes=state.changes + changed,
            due=now + wait if wait and age <= 2 * (self.spans or [0])[-1] else 0,
        )


def retry(attempts: int, is_temporary: bool) -> int | None:
    """Seconds until the next try after this many failures; None if it is given up."""
    spans = TEMPORARY if is_temporary else HARD
    return spans[attempts - 1] if attempts <= len(spans) else None


def listing_retry(failures: int, is_gone: bool) -> int:
    """Seconds until a listing that failed is fetched again."""
    if is_gone or failures >= RETIRED_AFTER:
        return RETIRED
    return min(15 * 60 * 2 ** (failures - 1), 86400) if failures > 1 else 0
