"""How long a host is left alone: one that asks for a pause (429, 503, Retry-After), and one that fails again and again. Pure; sends nothing, waits for nothing.

A host without trouble has no entry. One in trouble is held; when the hold is over one request goes on trial while the others wait; its answer ends the
trouble, or another failure holds the host longer. A hold that nobody asked for, of a host that fails, ends with any answer. A host that would be held for
too long is given up for the run, and sooner where such hosts are all that the run still waits for.
Sources: RFC 9110, 10.2.3 (Retry-After), RFC 6585, 4 (429).
"""

from __future__ import annotations

import email.utils
import math
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

#: Seconds of an own pause at least: whatever is set, no host is asked in a loop.
_SHORTEST = 0.01
#: Characters of a Retry-After that are read. Whole seconds, as they should be; with a fraction, their unit, or said twice, as some servers have it.
_LONGEST_HEADER = 60
_NUMBER = re.compile(r"[0-9]{1,60}(?:\.[0-9]{0,20})?")
_SECONDS = re.compile(
    rf"{_NUMBER.pattern}\s{{0,3}}(?:s|secs?|seconds?)?(?:\s{{0,3}},\s{{0,3}}{_NUMBER.pattern}){{0,3}}", re.IGNORECASE
)
_ISO = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$")
#: Own pauses grow no longer than this many doublings.
_DOUBLINGS = 16


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for; None where it asks for nothing that lies ahead, or says nothing that can be read.

    now: seconds since the epoch, which a date is held against.
    """
    text = (value or "").strip()
    if not text:
        return None
    number = _SECONDS.fullmatch(text[:_LONGEST_HEADER])
    if number is not None:
        seconds = min(max(float(one) for one in _NUMBER.findall(number[0])), 999_999_999_999_999_999.0)
    else:
        try:
            seconds = _moment(text[:_LONGEST_HEADER]).timestamp() - now
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return seconds if seconds > 0 else None


def _moment(text: str) -> datetime:
    return (
        datetime.fromisoformat(text.replace("Z", "+00:00"))
        if _ISO.match(text)
        else email.utils.parsedate_to_datetime(text)
    )


@dataclass(slots=True)
class HostCircuit:
    """What is the matter with one host. until: nothing is sent before (the clock's seconds); 0 where it is not held. paused: seconds that it was
    held without an answer, the time of trials not counted. is_asked: the host itself asked for the pause. asked_until: where it is held for as
    long as it said, the end of that.

    trial: the request that has been let out to see. last: reason and detail of the last failure. given_up: why nothing is sent any more in this run.
    """

    until: float = 0.0
    paused: float = 0.0
    is_asked: bool = False
    asked_until: float = 0.0
    pauses: int = 0
    failures: int = 0
    trial: object = None
    last: tuple[str, str] = ("", "")
    given_up: str = ""


@dataclass(slots=True)
class Held:
    """For reports. times: that the host was held. seconds: altogether, as they were set. why: of the last time. given_up: for the rest of the run."""

    times: int = 0
    seconds: float = 0.0
    why: str = ""
    given_up: bool = False


class CircuitBreaker:
    """Of all hosts of a run.

    clock: seconds that only go on. pause: seconds of a hold for which the server names none, doubled each time up to `longest`. longest: seconds that a
    host may be held without an answer. held: of each host that was, for reports. has_given_up: any of them. most_failures: in a row, from which on a host is held. spread: gives the factor that own pauses are spread by.
    longest_last: seconds that are waited at most once hosts in trouble are all that is left of the run; None for as long as ever.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        pause: float = 30.0,
        longest: float = 600.0,
        most_failures: int = 5,
        spread: Callable[[], float] | None = None,
        longest_last: float | None = None,
    ) -> None:
        self._clock = clock
        self._pause = max(pause, _SHORTEST)
        self._longest = longest
        self._most_failures = most_failures
        self._longest_last = longest_last
        self._last_since: float | None = None
        self._spread = spread or (lambda: random.uniform(1.0, 1.25))
        self._troubles: dict[str, HostCircuit] = {}
        self._known: set[str] = set()
        self.held: dict[str, Held] = {}
        self.has_given_up = False

    def is_plain(self, host: str) -> bool:
        """Is nothing the matter with this host?"""
        return host not in self._troubles

    def trouble(self, host: str) -> HostCircuit | None:
        """What is the matter with this host; not to be changed."""
        return self._troubles.get(host)

    def wait(self, host: str, request: object) -> float:
        """Seconds that a request has to wait before it asks again; 0 lets it go. Infinite while another one is on trial, whose end is to be told."""
        trouble = self._troubles.get(host)
        if trouble is None or not trouble.until:
            return 0.0
        left = trouble.until - self._clock()
        if left > 0:
            return left
        if trouble.trial is None:
            trouble.trial = request
        return 0.0 if trouble.trial is request else math.inf

    def answered(self, host: str, request: object) -> bool:
        """A host has answered; True when that ends a hold. An answer to what was sent before a hold that the host asked for ends nothing."""
        self._known.add(host)
        trouble = self._troubles.get(host)
        if trouble is None or trouble.given_up or (trouble.until and trouble.is_asked and trouble.trial is not request):
            return False
        was_held = bool(trouble.until)
        # the next pause of a host that begins again is nearly as long as the one before
        trouble.until, trouble.paused, trouble.is_asked, trouble.trial = 0.0, 0.0, False, None
        trouble.failures, trouble.pauses = 0, max(0, trouble.pauses - 1)
        if not trouble.pauses:
            del self._troubles[host]
        return was_held

    def busy(self, host: str, request: object, why: tuple[str, str], seconds: float | None = None) -> bool:
        """A host asks for a pause, of so many seconds where it says so. why: reason and detail. True when it was not held before."""
        self._known.add(host)
        trouble = self._troubles.setdefault(host, HostCircuit())
        trouble.last = why
        trouble.is_asked = True
        if trouble.until and trouble.trial is not request:  # sent before the hold
            if seconds is not None and not trouble.given_up:
                trouble.asked_until = max(trouble.asked_until, self._clock() + seconds)
                self._hold(host, trouble, max(seconds, trouble.until - self._clock()))
            return False
        is_first = not trouble.until
        trouble.pauses += 1
        own = self._own_pause(trouble)
        is_as_asked = seconds is not None and (is_first or seconds >= own)
        held = seconds if seconds is not None and is_as_asked else own
        trouble.asked_until = self._clock() + held if is_as_asked else 0.0
        self._hold(host, trouble, held)
        return is_first

    def failed(self, host: str, request: object, why: tuple[str, str]) -> bool:
        """No answer, or that of a server that is broken. why: reason and detail. True when the host is held from now on, or given up."""
        trouble = self._troubles.setdefault(host, HostCircuit())
        trouble.last = why
        if trouble.given_up or (trouble.until and trouble.trial is not request):
            return False
        trouble.failures += 1
        if not trouble.until and trouble.failures < self._most_failures:
            return False
        trouble.pauses += 1
        if host in self._known:
            self._hold(host, trouble, self._own_pause(trouble))
        else:  # it was never there: there is nothing to wait for
            self._give_up(host, trouble)
        return True

    def let_go(self, host: str, request: object) -> bool:
        """A request has come to an end that says nothing of its host; True when it was on trial, so that another one may be."""
        trouble = self._troubles.get(host)
        if trouble is None or trouble.trial is not request:
            return False
        trouble.trial = None
        return True

    def left(self, hosts: Iterable[str]) -> list[str]:
        """Hear for which hosts all is that is left of the run; () where there is other work. Returns those that it gives up now.

        To be called now and then. A host that has said how long it wants to be left alone is waited for so long, and with it all others;
        a trial that is under way is waited for too.
        """
        waiting = set(hosts)
        if self._longest_last is None or not waiting or not all(self._is_last(host) for host in waiting):
            self._last_since = None
            return []
        now = self._clock()
        if self._last_since is None:
            self._last_since = now
        if now - self._last_since < self._longest_last:
            return []
        gone = [host for host in waiting if not self._troubles[host].given_up and self._troubles[host].trial is None]
        for host in gone:
            self._give_up(host, self._troubles[host])
        return gone

    def _is_last(self, host: str) -> bool:
        trouble = self._troubles.get(host)
        return trouble is not None and trouble.until > 0 and trouble.asked_until <= self._clock()

    def _own_pause(self, trouble: HostCircuit) -> float:
        return self._pause * float(2 ** min(trouble.pauses - 1, _DOUBLINGS)) * self._spread()

    def _hold(self, host: str, trouble: HostCircuit, seconds: float) -> None:
        now = self._clock()
        trouble.trial = None
        more = now + seconds - max(now, trouble.until)
        if trouble.paused + more > self._longest:
            self._give_up(host, trouble)
            return
        trouble.paused += more
        report = self.held.setdefault(host, Held())
        report.times += trouble.until <= now
        report.seconds += more
        report.why = trouble.last[1]
        trouble.until = now + seconds

    def _give_up(self, host: str, trouble: HostCircuit) -> None:
        self.has_given_up = True
        trouble.given_up = trouble.last[1]
        trouble.until, trouble.trial = math.inf, None
        report = self.held.setdefault(host, Held())
        report.why, report.given_up = trouble.last[1], True
