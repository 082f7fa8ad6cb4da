"""When an article is visited again, and when something that failed is tried again. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newscrawl.memory.interface import ArticleState

#: Ages at which an article is visited again, in seconds: 1 and 6 hours, 1, 3 and 7 days.
DEFAULT_SPANS = (3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
#: Back-off in seconds after each failure, for failures that may pass and for others; after the last it is given up.
TEMPORARY = (0, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400)
HARD = (6 * 3600, 86400, 7 * 86400)
#: A listing that is gone, or has failed this often in a row, is tried again only after this many seconds.
RETIRED_AFTER, RETIRED = 8, 7 * 86400


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
