"""Turns of the event loop: one for each who waits, in order."""

from __future__ import annotations

import asyncio

from newscrawl.crawl.nouns.turns import Turns


def used(count: int, cancelled: int | None = None) -> list[tuple[int, int]]:
    """Who of `count` that wait at once used which turn of the loop. cancelled: one who gives up while he waits."""

    async def run() -> list[tuple[int, int]]:
        loop, turns = asyncio.get_running_loop(), Turns()
        number, found = 0, []

        def turn() -> None:
            nonlocal number
            number += 1
            loop.call_soon(turn)

        async def wait(who: int) -> None:
            await turns.next()
            found.append((who, number))

        turn()
        tasks = [asyncio.ensure_future(wait(who)) for who in range(count)]
        await asyncio.sleep(0)
        if cancelled is not None:
            tasks[cancelled].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await wait(count)  # after all were done, turns are given again
        return found

    return asyncio.run(run())


def test_each_gets_a_turn_of_his_own_in_order() -> None:
    found = used(20)
    assert [who for who, _ in found] == list(range(21))
    numbers = [number for _, number in found]
    assert len(set(numbers)) == 21
    assert numbers[19] - numbers[0] == 19, "and no turn is left unused"


def test_one_who_gives_up_holds_up_nobody() -> None:
    assert [who for who, _ in used(5, cancelled=2)] == [0, 1, 3, 4, 5]
