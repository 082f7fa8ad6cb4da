"""Turns of the event loop: what takes long is done in one turn after another, so that the loop never stops for long."""

from __future__ import annotations

import asyncio
from collections import deque

from scrapy.utils.asyncio import is_asyncio_available


class Turns:
    """Whoever waits gets a turn of the loop without any other who waits, in the order in which they came.

    What all of them would do in one turn (asyncio runs everything that is ready in one) is spread over as many as there
    are, and in between the loop answers the network. Bounds nothing itself: what waits is bounded by whoever lets it.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_going_on = False

    async def next(self) -> None:
        """Wait for a turn. It lasts until its owner waits for anything. Without asyncio's loop nobody waits."""
        if not is_asyncio_available():
            return
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if not self._is_going_on:
            self._is_going_on = True
            loop.call_soon(self._go_on, loop)
        await turn

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin the next turn. Called again a turn later, after its owner has used it."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():  # else its owner was cancelled
                turn.set_result(None)
                loop.call_soon(self._go_on, loop)
                return
        self._is_going_on = False
