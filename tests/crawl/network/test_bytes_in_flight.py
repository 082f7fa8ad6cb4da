"""Many large responses at once: which arrive, which are paused, and that none waits for ever.

Runs no crawl; `python -m bench.hostile --hosts` does.
"""

from __future__ import annotations

import asyncio
import gc
import gzip

import pytest
from scrapy.http import Request, Response, TextResponse
from scrapy.utils.test import get_crawler
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request as Sent
from twisted.web.http_headers import Headers

from newscrawl.crawl.network.bytes_in_flight import (
    LARGE,
    LARGE_COMPRESSED,
    MAX_OVER_LIMIT,
    BytesInFlight,
    bytes_in_flight_of,
)
from newscrawl.crawl.network.connection_limits import BoundedFactory
from newscrawl.crawl.network.decompression import DecompressionMiddleware


class Connection:
    def __init__(self) -> None:
        self.is_paused = False

    def pause(self) -> None:
        self.is_paused = True

    def resume(self) -> None:
        self.is_paused = False


class Later:
    """Collects the calls that are to be made later."""

    def __init__(self) -> None:
        self.calls = []

    def __call__(self, seconds, call) -> None:
        self.calls.append(call)

    def now(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


def response_of(size: int) -> TextResponse:
    return TextResponse("https://a.example/", body=b"x" * size)


@pytest.fixture
def later():
    return Later()


@pytest.fixture
def in_flight(later):
    return BytesInFlight(10 * LARGE, later)


def paused(connections) -> int:
    return sum(connection.is_paused for connection in connections)


def test_responses_of_usual_size_never_wait(in_flight):
    connections = [Connection() for _ in range(64)]
    for connection in connections:
        in_flight.received(connection, LARGE - 1)
    assert not in_flight.is_full and not paused(connections)
    full = Connection()
    in_flight.received(full, 11 * LARGE)
    for connection in connections:
        in_flight.ended(connection)
    small = Connection()
    in_flight.received(small, LARGE - 1)
    assert in_flight.is_full and not small.is_paused


def test_a_few_of_many_large_responses_arrive_at_a_time(in_flight):
    connections = [Connection() for _ in range(20)]
    for connection in connections:
        in_flight.received(connection, LARGE)
    assert in_flight.is_full and paused(connections) == 20 - 9 - MAX_OVER_LIMIT
    for _ in range(5):
        for connection in connections:
            if not connection.is_paused:
                in_flight.received(connection, LARGE)
    assert paused(connections) == 20 - MAX_OVER_LIMIT, "those that had begun before also go on a few at a time"
    done = 0
    while connections:
        connection = next(connection for connection in connections if not connection.is_paused)
        in_flight.ended(connection)
        connections.remove(connection)
        done += 1
    assert done == 20 and not in_flight.is_full, "each gets its turn"


def test_none_arrives_while_unread_responses_reach_the_bound(in_flight):
    unread = [response_of(6 * LARGE) for _ in range(2)]
    for response in unread:
        in_flight.track(response)
    connections = [Connection() for _ in range(3)]
    for connection in connections:
        in_flight.received(connection, LARGE)
    assert paused(connections) == 3
    del unread, response
    gc.collect()
    assert paused(connections) == 0 and not in_flight.is_full, "the responses were read"


def test_one_more_connection_resumes_when_nothing_moves(in_flight, later):
    unread = response_of(12 * LARGE)  # it waits for one of these itself
    in_flight.track(unread)
    connections = [Connection() for _ in range(3)]
    for connection in connections:
        in_flight.received(connection, LARGE)
    later.now()
    assert paused(connections) == 2
    in_flight.received(next(connection for connection in connections if not connection.is_paused), LARGE)
    assert paused(connections) == 2, "it goes on to its end"
    later.now()
    later.now()
    assert paused(connections) == 0 and unread.body


def test_an_abandoned_connection_is_forgotten(in_flight, later):
    unread = response_of(12 * LARGE)
    in_flight.track(unread)
    connection = Connection()
    in_flight.received(connection, LARGE)
    in_flight.ended(connection)
    later.now()
    assert connection.is_paused and not later.calls, "no connection that is gone is resumed"
    del unread
    gc.collect()
    assert not in_flight.is_full


def test_a_compressed_body_is_decompressed_when_there_is_room() -> None:
    async def decompress() -> list[str]:
        crawler = get_crawler()
        in_flight, decoding = bytes_in_flight_of(crawler), DecompressionMiddleware.from_crawler(crawler)
        unread = response_of(60 * LARGE)
        in_flight.track(unread)
        body = gzip.compress(b"<p>" + bytes(range(256)) * 20_000)
        compressed = Response("https://a.example/", body=body, headers={"Content-Encoding": "gzip"})
        assert len(body) > LARGE_COMPRESSED
        waiting = asyncio.ensure_future(decoding.process_response(Request("https://a.example/"), compressed))
        await asyncio.sleep(0.05)
        seen = ["decompressed" if waiting.done() else "waits"]
        del unread
        gc.collect()
        seen.append("decompressed" if (await waiting).body.startswith(b"<p>") else "broken")
        return seen

    assert asyncio.run(decompress()) == ["waits", "decompressed"]


def test_a_paused_connection_is_not_read_from() -> None:
    class Transport(StringTransport):
        is_paused = False

        def pauseProducing(self) -> None:
            self.is_paused = True

    in_flight = BytesInFlight(LARGE, Later())
    unread = response_of(2 * LARGE)
    in_flight.track(unread)
    protocol = BoundedFactory(in_flight, lambda protocol: None, {}).buildProtocol(None)
    protocol.makeConnection(transport := Transport())
    protocol.request(Sent(b"GET", b"/", Headers({b"Host": [b"a.example"]}), None))
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * LARGE)
    assert transport.is_paused and unread.body
