"""A crawl in sentences: "12 new, 3 changed, 2 failed: 1 timed out, 1 not found". Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from newscrawl.crawl.nouns.ledger import Ledger
from newscrawl.outcomes import REASONS, Outcome
from newscrawl.units import counted

#: Reason -> in a few words, after a number. Those that end in "*" get an s after any number but 1.
_WORDS = {
    "SectionPage": "list* of links",
    "SearchPage": "search page*",
    "LoginPage": "login page*",
    "SoftNotFound": "not found",
    "Challenge": "bot challenge*",
    "ConsentWall": "consent wall*",
    "Paywall": "behind a paywall",
    "Maintenance": "in maintenance",
    "ParkedDomain": "parked domain*",
    "ErrorPage": "error page*",
    "NeedsScript": "empty without a script",
    "NeedsBrowser": "empty without a browser",
    "VideoPage": "video* without a story",
    "OtherPage": "no article",
    "IncompleteArticle": "incomplete",
    "Unreadable": "unreadable",
    "Duplicate": "duplicate*",
    "NoIndex": "not to be recorded",
    "Expired": "not to be recorded any more",
    "Reserved": "reserved",
    "TooOld": "too old",
    "TooNew": "too new",
    "OtherLanguage": "in another language",
    "NoMatch": "without the words that were asked for",
    "Undated": "without a date",
    "Dropped": "dropped by a pipeline of the project",
    "HostNotFound": "whose host was not found",
    "TimedOut": "timed out",
    "ConnectionFailed": "without a connection",
    "TlsFailed": "with a bad certificate",
    "BrowserFailed": "failed in the browser",
    "TooLarge": "too large",
    "Truncated": "broken off",
    "BadResponse": "bad response*",
    "RedirectLoop": "redirected without end",
    "PipelineError": "failed in a pipeline",
    "NotWritten": "not written",
    "SpiderError": "failed in newscrawl itself",
}
_STATUSES = {401: "forbidden", 403: "forbidden", 404: "not found", 410: "gone", 429: "with too many requests"}
#: Outcomes whose reasons are told one by one, and the most of them.
_TOLD, _MOST = {Outcome.FAILED: "failed", Outcome.REFUSED: "refused"}, 4


def of_reason(count: int, reason: str) -> str:
    """ "2 duplicates", "1 timed out"."""
    words = _WORDS.get(reason) or re.sub("(?<=[a-z])(?=[A-Z])", " ", reason).lower()
    return f"{count} {words.replace('*', '' if count == 1 else 's')}"


def of_status(count: int, status: int) -> str:
    """ "1 not found", "3 server errors"."""
    if status >= 500:
        return counted(count, "server error")
    return f"{count} {_STATUSES.get(status, f'with status {status}')}"


def sentence(ledger: Ledger, site: str | None = None) -> str:
    """What became of a site's pages, or of those of all sites. Pages that were never requested are not told."""
    reasons = ledger.reasons(site)
    new, changed, gone = (reasons.get(name, 0) for name in ("Recorded", "Changed", "Removed"))
    unchanged = reasons.get("Unchanged", 0)
    counts = [(new, "new"), (changed, "changed"), (gone, "gone"), (unchanged, "unchanged")]
    parts = [f"{count} {word}" for count, word in counts if count]
    if not new and not changed and not gone:
        parts.insert(0, "nothing new")
    groups = []
    for outcome, word in _TOLD.items():
        of_outcome = {name: count for name, count in reasons.items() if REASONS[name].outcome is outcome}
        if of_outcome:
            total = sum(of_outcome.values())
            groups.append(f"{total} {word}: {', '.join(_details(of_outcome, ledger.statuses(site)))}")
    return "; ".join([", ".join([*parts, *groups[:1]]), *groups[1:]])


def _details(reasons: dict[str, int], statuses: dict[int, int]) -> Iterable[str]:
    """The reasons in words, most frequent first; one that means several statuses is told by status."""
    words: Counter[str] = Counter()
    for reason, count in reasons.items():
        if reason == "HttpStatus" and sum(statuses.values()) == count:
            by_word: Counter[str] = Counter()
            for status, times in statuses.items():
                by_word["500" if status >= 500 else str(status)] += times
            words.update({of_status(times, int(status)): times for status, times in by_word.items()})
        else:
            words[of_reason(count, reason)] += count
    told = words.most_common()
    yield from (text for text, _ in told[:_MOST])
    if rest := sum(count for _, count in told[_MOST:]):
        yield f"{rest} for other reasons"
