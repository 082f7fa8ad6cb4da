"""A circuit breaker for each host: whether requests may be sent to it, and if not, for how long. Sends none itself.

The circuit of a healthy host is closed; it has no entry here. A host that asks for a pause (429, 503, Retry-After), or
that fails several times in a row, is backed off: its circuit is open. When the back-off is over, the circuit is
half-open: one trial request is sent while the others wait. A response to it closes the circuit; another failure opens
it for longer. A back-off after failures, for which the host did not ask, ends with any response. A host that would be
backed off for too long is given up for the run, and sooner if such hosts are all that the run still waits for.

Sources: RFC 9110, 10.2.3 (Retry-After); RFC 6585, 4 (429).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: Seconds of the shortest back-off that we choose: whatever the settings say, no host is requested in a loop.
_MIN_BACKOFF = 0.01
#: How often the back-off may double.
_MAX_DOUBLINGS = 16


@dataclass(slots=True)
class HostCircuit:
    """The state of a host that is not healthy, or was not a short time ago. Times in seconds of the breaker's clock.

    open_until: nothing is sent before; 0 if the host is not backed off. seconds_open: how long it has been backed off
    since its last response, without the time of trials. asked_by_host: the host itself asked for the pause.
    pause_until: the end of the pause that it asked for, 0 if we chose the back-off. backoffs: how many there were, less
    one for each response since; each doubles the next. failures: in a row. trial: the trial request, if one is out.
    last_failure: reason and detail. given_up: why nothing is sent any more in this run, or "".
    """

    open_until: float = 0.0
    seconds_open: float = 0.0
    asked_by_host: bool = False
    pause_until: float = 0.0
    backoffs: int = 0
    failures: int = 0
    trial: object = None
    last_failure: tuple[str, str] = ("", "")
    given_up: str = ""


@dataclass(slots=True)
class BackoffReport:
    """How often a host was backed off, for how many seconds in all, why the last time, and whether it was given up."""

    times: int = 0
    seconds: float = 0.0
    why: str = ""
    given_up: bool = False


class CircuitBreaker:
    """The circuits of all hosts of a run.

    clock: monotonic seconds. backoff: seconds of the first back-off for which the server names no time; each further
    one is twice as long. max_backoff: seconds that a host may be backed off without a response. max_failures: failures
    in a row that open a circuit. jitter: gives a factor for the back-offs that we choose. max_final_backoff: seconds
    that the run waits once only hosts that are backed off are left; None for as long as before.

    reports: of each host that was backed off. has_given_up: was any host given up?
    """

    def __init__(
        self,
        clock: Callable[[], float],
        backoff: float = 30.0,
        max_backoff: float = 600.0,
        max_failures: int = 5,
        jitter: Callable[[], float] | None = None,
        max_final_backoff: float | None = None,
    ) -> None:
        self._clock = clock
        self._backoff = max(backoff, _MIN_BACKOFF)
        self._max_backoff = max_backoff
        self._max_failures = max_failures
        self._max_final_backoff = max_final_backoff
        self._final_since: float | None = None
        self._jitter = jitter or (lambda: random.uniform(1.0, 1.25))
        self._circuits: dict[str, HostCircuit] = {}
        self._reached: set[str] = set()
        self.reports: dict[str, BackoffReport] = {}
        self.has_given_up = False

    def is_closed(self, host: str) -> bool:
        """Has the host no open circuit, nor had one lately? Then its requests need not wait."""
        return host not in self._circuits

    def circuit(self, host: str) -> HostCircuit | None:
        """The state of a host, None if it is healthy. Not to be changed."""
        return self._circuits.get(host)

    def wait(self, host: str, request: object) -> float:
        """Seconds that a request must wait before it asks again; 0 lets it go, as the trial if one is due.

        Infinite while another request is on trial; whoever sent it must say how it ended.
        """
        circuit = self._circuits.get(host)
        if circuit is None or not circuit.open_until:
            return 0.0
        left = circuit.open_until - self._clock()
        if left > 0:
            return left
        if circuit.trial is None:
            circuit.trial = request
        return 0.0 if circuit.trial is request else math.inf

    def responded(self, host: str, request: object) -> bool:
        """A host has responded without an error of its own. Returns whether that ends a back-off.

        While the host has asked for a pause, a response to a request that was sent before ends nothing.
        """
        self._reached.add(host)
        circuit = self._circuits.get(host)
        if circuit is None or circuit.given_up:
            return False
        if circuit.open_until and circuit.asked_by_host and circuit.trial is not request:
            return False
        was_open = bool(circuit.open_until)
        circuit.open_until, circuit.seconds_open, circuit.asked_by_host, circuit.trial = 0.0, 0.0, False, None
        # a host that soon has trouble again is backed off nearly as long as before
        circuit.failures, circuit.backoffs = 0, max(0, circuit.backoffs - 1)
        if not circuit.backoffs:
            del self._circuits[host]
        return was_open

    def asked_for_pause(self, host: str, request: object, why: tuple[str, str], seconds: float | None = None) -> bool:
        """A host asks for a pause, of so many seconds if it says so. why: reason and detail.

        Returns whether its circuit was closed until now.
        """
        self._reached.add(host)
        circuit = self._circuits.setdefault(host, HostCircuit())
        circuit.last_failure = why
        circuit.asked_by_host = True
        if circuit.open_until and circuit.trial is not request:  # sent before the back-off
            if seconds is not None and not circuit.given_up:
                circuit.pause_until = max(circuit.pause_until, self._clock() + seconds)
                self._open(host, circuit, max(seconds, circuit.open_until - self._clock()))
            return False
        is_first = not circuit.open_until
        circuit.backoffs += 1
        own = self._next_backoff(circuit)
        # the pause that the host named before did not help: from then on, it is believed only if it names more than
        # ours
        is_believed = seconds is not None and (is_first or seconds >= own)
        backoff = seconds if seconds is not None and is_believed else own
        circuit.pause_until = self._clock() + backoff if is_believed else 0.0
        self._open(host, circuit, backoff)
        return is_first

    def failed(self, host: str, request: object, why: tuple[str, str]) -> bool:
        """No response, or a server error. why: reason and detail. Returns whether that opens the host's circuit."""
        circuit = self._circuits.setdefault(host, HostCircuit())
        circuit.last_failure = why
        if circuit.given_up or (circuit.open_until and circuit.trial is not request):
            return False
        circuit.failures += 1
        if not circuit.open_until and circuit.failures < self._max_failures:
            return False
        circuit.backoffs += 1
        if host in self._reached:
            self._open(host, circuit, self._next_backoff(circuit))
        else:  # it has never responded, so there is nothing to wait for
            self._give_up(host, circuit)
        return True

    def trial_ended(self, host: str, request: object) -> bool:
        """A request has ended in a way that says nothing about its host.

        Returns whether it was the trial, so that another request may be.
        """
        circuit = self._circuits.get(host)
        if circuit is None or circuit.trial is not request:
            return False
        circuit.trial = None
        return True

    def give_up_final(self, hosts: Iterable[str]) -> list[str]:
        """Give up hosts that are all that is left of the run and have been for long enough.

        To be called now and then. hosts: those of all requests that are left, () if there is other work. Returns the
        hosts given up now: all of them that are backed off without a trial, once `max_final_backoff` is over. A pause
        that a host asked for is waited for, and so is a trial; all hosts wait with it.
        """
        waiting = set(hosts)
        if self._max_final_backoff is None or not waiting or not all(self._is_final(host) for host in waiting):
            self._final_since = None
            return []
        now = self._clock()
        if self._final_since is None:
            self._final_since = now
        if now - self._final_since < self._max_final_backoff:
            return []
        circuits = {host: self._circuits[host] for host in waiting}
        gone = [host for host, circuit in circuits.items() if not circuit.given_up and circuit.trial is None]
        for host in gone:
            self._give_up(host, circuits[host])
        return gone

    def _is_final(self, host: str) -> bool:
        circuit = self._circuits.get(host)
        return circuit is not None and circuit.open_until > 0 and circuit.pause_until <= self._clock()

    def _next_backoff(self, circuit: HostCircuit) -> float:
        return self._backoff * float(2 ** min(circuit.backoffs - 1, _MAX_DOUBLINGS)) * self._jitter()

    def _open(self, host: str, circuit: HostCircuit, seconds: float) -> None:
        now = self._clock()
        circuit.trial = None
        added = now + seconds - max(now, circuit.open_until)
        if circuit.seconds_open + added > self._max_backoff:
            self._give_up(host, circuit)
            return
        circuit.seconds_open += added
        report = self.reports.setdefault(host, BackoffReport())
        report.times += circuit.open_until <= now
        report.seconds += added
        report.why = circuit.last_failure[1]
        circuit.open_until = now + seconds

    def _give_up(self, host: str, circuit: HostCircuit) -> None:
        self.has_given_up = True
        circuit.given_up = circuit.last_failure[1]
        circuit.open_until, circuit.trial = math.inf, None
        report = self.reports.setdefault(host, BackoffReport())
        report.why, report.given_up = circuit.last_failure[1], True
