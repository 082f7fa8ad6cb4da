"""The outbox: which records of a run are on disk, and which are still owed to which output.

An article counts as recorded in the same commit in which its record is confirmed in each output, or is put into the
memory's outbox for it. So the two cannot diverge, whenever the process ends. Fetches nothing and writes to no output.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any

from newscrawl.memory import Batch, FeedState, Memory


class Outbox:
    """The outputs of one run.

    batch: returns the batch that is being filled. flush: commits it. commit_now: commits a small batch, and waits for
    it.
    """

    def __init__(
        self,
        memory: Memory,
        batch: Callable[[], Batch],
        flush: Callable[[], Coroutine[Any, Any, None]],
        commit_now: Callable[[Batch], None],
    ) -> None:
        self._memory = memory
        self._batch = batch
        self.flush = flush
        self._commit_now = commit_now
        self._next_feed, self._next_record = memory.next_numbers()
        self._open: dict[int, FeedState] = {}
        self._files: dict[int, Any] = {}
        self._to_sync: set[str] = set()
        self._has_debts: set[int] = set()
        self._wrote: list[FeedState] = []
        self._failed: list[FeedState] = []

    # -- opening and closing --------------------------------------------------------------------

    def _enter(self, state: FeedState) -> None:
        """Put a copy of the state into the batch: another thread writes it while the output goes on."""
        self._batch().feeds.append(replace(state))

    def left_open(self) -> list[FeedState]:
        """Outputs of earlier runs that are not finished."""
        return [state for state in self._memory.feeds() if state.number not in self._open]

    def owed(self, number: int) -> Iterator[tuple[int, dict[str, Any]]]:
        """The records that are owed to an output, each with its number."""
        return self._memory.owed(number)

    def new_feed(self, **about: Any) -> FeedState:
        """The state of a new output, with a number of its own. about: the other fields of `FeedState`."""
        self._next_feed += 1
        return FeedState(self._next_feed - 1, **about)

    def open(self, state: FeedState) -> None:
        """An output will be opened: the memory knows of it before a byte is written."""
        self._open[state.number] = state
        self._commit_now(Batch(feeds=[replace(state)]))

    def attach(self, state: FeedState, file: Any) -> None:
        """The open file of an output that grows."""
        self._files[state.number] = file

    async def storing(self, state: FeedState) -> None:
        """An output is handed to its store: from now on it may be there."""
        state.state = "storing"
        self._enter(state)
        await self.flush()

    def stored(self, state: FeedState) -> None:
        """An output is whole and in its place. One that every run overwrites is done only when the run ends well."""
        self._files.pop(state.number, None)
        if state.local and os.path.exists(state.local):
            state.confirmed = os.path.getsize(state.local)
            self._to_sync.add(state.local)
        if state.overwrite:
            state.state = "stored"
            self._enter(state)
        elif state.number not in self._has_debts:
            self.pay(state)
        elif not state.at_end:
            self._enter(state)
        if not state.overwrite:
            self._open.pop(state.number, None)

    def pay(self, state: FeedState) -> None:
        """An output is done: nothing is owed to it any more."""
        state.state = "done"
        if state.local:
            self._to_sync.add(state.local)
        self._enter(state)
        self._batch().paid.append(state.number)

    def carry(self, number: int, to: FeedState, records: list[int]) -> None:
        """Records that were owed to an earlier output are owed to this one."""
        batch = self._batch()
        batch.owed += [(to.number, record) for record in records]
        batch.paid.append(number)
        batch.feeds.append(FeedState(number, "", "", "", state="done"))

    def ended_well(self) -> None:
        """The run has ended as intended: the outputs that it has overwritten are final."""
        for state in self._open.values():
            if state.state == "stored":
                self.pay(state)
        self._open.clear()

    # -- records --------------------------------------------------------------------------------

    def begin(self) -> None:
        """A record is about to be written to all outputs."""
        self._wrote.clear()
        self._failed.clear()

    def wrote(self, state: FeedState) -> None:
        """The record was written to this output."""
        self._wrote.append(state)

    def failed(self, state: FeedState) -> None:
        """The record could not be written to this output."""
        self._failed.append(state)
        self._has_debts.add(state.number)

    def enter(self, record: dict[str, Any]) -> None:
        """Enter what the last record is owed to: outputs that count only at their end, and those that failed."""
        owed = [state.number for state in (*self._wrote, *self._failed) if state.at_end or state in self._failed]
        self.begin()
        if not owed:
            return
        batch = self._batch()
        batch.outbox.append((self._next_record, record))
        batch.owed += [(number, self._next_record) for number in owed]
        self._next_record += 1

    def snapshot(self, batch: Batch) -> list[str]:
        """Enter the length of each file that grows into a batch.

        Returns the paths of files that must be on disk before the batch is committed. Raises OSError when one cannot be
        written.
        """
        paths, self._to_sync = list(self._to_sync), set()
        for number, file in self._files.items():
            state = self._open[number]
            file.flush()
            length = file.tell()
            if length != state.confirmed:
                state.confirmed = length
                batch.feeds.append(replace(state))
                paths.append(state.local)
        return paths
