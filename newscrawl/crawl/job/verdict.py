"""How a run ended: the verdict, drawn from the ledger and from what went wrong with the run itself. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newscrawl.crawl.nouns.exit_status import PRECEDENCE, ExitStatus
from newscrawl.outcomes import BLOCKED, REASONS, Outcome
from newscrawl.units import counted

#: Reasons, besides failures, that leave a front page unread.
_UNREAD = BLOCKED | {"Unreadable", "RobotsForbidden", "DelayTooLong", "HostBackedOff", "PrivateAddress", "ForeignHost"}
#: Reasons of URLs that were left for a later run on purpose.
_LATER = ("NotDue", "Postponed")
#: Blocked pages, without any other article, from which on a site counts as blocked: a single one may be for
#: subscribers.
_SURELY_BLOCKED = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended.

    status: the exit status of the process. name: of `ExitStatus`, or "NOTHING_NEW". why: one line for a person.
    """

    status: int
    name: str
    why: str


def problem(reasons: Mapping[str, int], front_page: str | None) -> str | None:
    """Why a site counts as failed, in a few words; None when it was read.

    reasons: the counts of its URLs by reason. front_page: the reason of its front page, where it has one.
    """
    if front_page is not None and (front_page in _UNREAD or REASONS[front_page].outcome is Outcome.FAILED):
        return f"front page: {front_page}"
    counts = dict.fromkeys(Outcome, 0)
    blocked = 0
    for reason, count in reasons.items():
        if reason in BLOCKED:
            blocked += count
        else:
            counts[REASONS[reason].outcome] += count
    articles = counts[Outcome.RECORDED] + counts[Outcome.UNCHANGED] + counts[Outcome.REFUSED]
    read = articles + counts[Outcome.LISTING]
    if blocked and not articles and (not read or blocked >= _SURELY_BLOCKED):
        return (
            f"blocked: a challenge, consent wall, login form or error in place of {counted(blocked, 'page')}, "
            "and no other article"
        )
    if read:
        return None
    if any(reasons.get(reason) for reason in _LATER) and not counts[Outcome.FAILED]:
        return None
    most = max(reasons, key=lambda reason: reasons[reason], default="")
    return f"nothing could be read: {most}" if most else "nothing was requested"


@dataclass(frozen=True, slots=True)
class Losses:
    """The wanted articles of a site that were lost. by_reason: their counts. wanted: those and the recorded ones."""

    site: str
    by_reason: Mapping[str, int]
    wanted: int

    @property
    def count(self) -> int:
        """How many were lost."""
        return sum(self.by_reason.values())

    def __str__(self) -> str:
        """One line for a person."""
        reasons = ", ".join(f"{reason} {count}" for reason, count in self.by_reason.items())
        were = "was" if self.count == 1 else "were"
        return f"{self.site}: {self.count} of {counted(self.wanted, 'wanted article')} {were} lost ({reasons})"


def decide(
    faults: Iterable[tuple[ExitStatus, str]],
    problems: Mapping[str, str | None],
    unmet: Sequence[str] = (),
    records: int = 0,
    nothing_new_status: int = 0,
    losses: Sequence[Losses] = (),
    max_lost_share: float = 1.0,
) -> Verdict:
    """The one status that a run ends with.

    faults: what went wrong with the run itself. problems: each site, with why it counts as failed, or None. unmet:
    expectations, a line each. records: written by this run. nothing_new_status: replaces 0 when all is well and there
    are no records. losses: of each site that has any. max_lost_share: the share of a site's wanted articles above which
    losses have a status of their own; smaller ones are told all the same.
    """
    causes: dict[ExitStatus, list[str]] = {}
    for status, why in faults:
        causes.setdefault(status, []).append(why)
    failed = [f"{site} ({why})" for site, why in problems.items() if why]
    if failed:
        none_read = len(failed) == len(problems) and not records
        status = ExitStatus.ALL_SITES_FAILED if none_read else ExitStatus.SOME_SITES_FAILED
        causes.setdefault(status, []).append(
            f"{len(failed)} of {counted(len(problems), 'site')} failed: {_first(failed)}"
        )
    too_many = [one for one in losses if one.count > max_lost_share * one.wanted]
    if too_many:
        causes.setdefault(ExitStatus.ARTICLES_LOST, []).append(_first([str(one) for one in too_many]))
    if unmet:
        causes.setdefault(ExitStatus.EXPECTATIONS_UNMET, []).append(_first(unmet))
    for status in PRECEDENCE:
        if status in causes:
            return Verdict(int(status), status.name, _first(causes[status]))
    ending = _first([str(one) for one in losses]) if losses else "all is well"
    if not records:
        status_name = "NOTHING_NEW" if nothing_new_status else "OK"
        return Verdict(nothing_new_status, status_name, f"{ending}; nothing new")
    return Verdict(0, "OK", f"{ending}; {counted(records, 'record')}")


def _first(lines: Sequence[str], most: int = 5) -> str:
    more = f"; and {len(lines) - most} more" if len(lines) > most else ""
    return "; ".join(lines[:most]) + more
