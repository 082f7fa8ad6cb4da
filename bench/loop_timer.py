"""The extension that `bench.stops` runs in a crawl: a timer in its event loop. Imports nothing of the other benches."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

#: Seconds between two firings of the timer, and seconds after which a callback of the loop is told by --verbose.
_EACH, _LONG = 0.001, 0.02


class LoopTimer:
    """The extension that runs in the crawl. Writes what it has measured to the file `STOPS_FILE` as JSON."""

    def __init__(self, crawler: Crawler) -> None:
        self._late: list[float] = []
        self._used: list[float] = []
        self._before = 0.0
        self._due = 0.0
        self._file = Path(crawler.settings["STOPS_FILE"])
        self._long = LongCallbacks() if crawler.settings.getbool("STOPS_VERBOSE") else None
        self._timer: asyncio.TimerHandle | None = None
        crawler.signals.connect(self._opened, signal=signals.spider_opened)
        crawler.signals.connect(self._closed, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoopTimer:
        """Build for a crawl."""
        return cls(crawler)

    def _opened(self) -> None:
        self._wait(asyncio.get_running_loop())

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._before = time.thread_time()
        self._due = loop.time() + _EACH
        self._timer = loop.call_at(self._due, self._fire, loop)

    def _fire(self, loop: asyncio.AbstractEventLoop) -> None:
        self._late.append(loop.time() - self._due)
        self._used.append(time.thread_time() - self._before)
        self._wait(loop)

    def _closed(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        found = {"late": self._late, "used": self._used, "long": self._long.told() if self._long else []}
        self._file.write_text(json.dumps(found))


class LongCallbacks:
    """Looks at what the loop runs, and samples the stack of what runs long. Costs some of the time that it measures."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._stack: Counter[str] = Counter()
        inner = asyncio.Handle._run

        def run(handle: Any) -> None:
            signal.setitimer(signal.ITIMER_REAL, _LONG / 2, _LONG / 2)
            begin = time.perf_counter()
            inner(handle)
            took = time.perf_counter() - begin
            signal.setitimer(signal.ITIMER_REAL, 0)
            if took > _LONG:
                self._seconds[" | ".join(name for name, _ in self._stack.most_common(3))].append(took)
            self._stack.clear()

        gc.callbacks.append(self._collected)
        signal.signal(signal.SIGALRM, self._sample)
        asyncio.Handle._run = run  # type: ignore[method-assign]

    def _sample(self, number: int, frame: FrameType | None) -> None:
        names: list[str] = []
        while frame is not None and len(names) < 4:
            if "newscrawl" in frame.f_code.co_filename or not names:
                names.append(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}")
            frame = frame.f_back
        self._stack[" < ".join(names)] += 1

    def _collected(self, phase: str, found: dict[str, int]) -> None:
        """Python collects garbage, which no sample shows."""
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._seconds[f"garbage collection {found['generation']}"].append(time.perf_counter() - self._collecting)

    def told(self) -> list[tuple[float, int, str]]:
        """The longest milliseconds, how many there were, and what ran; longest first."""
        rows = [(1000 * max(each), len(each), name) for name, each in self._seconds.items()]
        return sorted(rows, reverse=True)[:25]
