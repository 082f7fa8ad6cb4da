"""Many large answers at once: which come in, which wait, and that none waits for ever. No crawl; `python -m bench.hostile --hosts` is one."""

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

from newscrawl.crawl.network.bytes_in_flight import FEW, FREE, PACKED, BytesInFlight, bytes_in_flight_of
from newscrawl.crawl.network.connection_limits import BoundedFactory
from newscrawl.crawl.network.decompression import DecompressionMiddleware


class Source:
    def __init__(self) -> None:
        self.is_paused = False

    def pause(self) -> None:
        self.is_paused = True

    def resume(self) -> None:
        self.is_paused = False


class Later:
    """Keeps what is to be called later."""

    def __init__(self) -> None:
        self.calls = []

    def __call__(self, seconds, call) -> None:
        self.calls.append(call)

    def now(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


def answer(size: int) -> TextResponse:
    return TextResponse("https://a.example/", body=b"x" * size)


@pytest.fixture
def later():
    return Later()


@pytest.fixture
def load(later):
    return BytesInFlight(10 * FREE, later)


def paused(sources) -> int:
    return sum(source.is_paused for source in sources)


def test_answers_of_usual_size_never_wait(load):
    sources = [Source() for _ in range(64)]
    for source in sources:
        load.received(source, FREE - 1)
    assert not load.is_full and not paused(sources)
    full = Source()
    load.received(full, 11 * FREE)
    for source in sources:
        load.ended(source)
    small = Source()
    load.received(small, FREE - 1)
    assert load.is_full and not small.is_paused


def test_of_many_large_ones_a_few_come_in_at_a_time(load):
    sources = [Source() for _ in range(20)]
    for source in sources:
        load.received(source, FREE)
    assert load.is_full and paused(sources) == 20 - 9 - FEW
    for _ in range(5):
        for source in sources:
            if not source.is_paused:
                load.received(source, FREE)
    assert paused(sources) == 20 - FEW, "what came in before goes on a few at a time, too"
    done = 0
    while sources:
        source = next(source for source in sources if not source.is_paused)
        load.ended(source)
        sources.remove(source)
        done += 1
    assert done == 20 and not load.is_full, "and each has its turn"


def test_nothing_comes_in_while_too_much_waits_to_be_read(load):
    held = [answer(6 * FREE) for _ in range(2)]
    for response in held:
        load.hold(response)
    sources = [Source() for _ in range(3)]
    for source in sources:
        load.received(source, FREE)
    assert paused(sources) == 3
    del held, response
    gc.collect()
    assert paused(sources) == 0 and not load.is_full, "they were read"


def test_where_nothing_moves_one_more_comes_in(load, later):
    held = answer(12 * FREE)  # it waits for one of these itself
    load.hold(held)
    sources = [Source() for _ in range(3)]
    for source in sources:
        load.received(source, FREE)
    later.now()
    assert paused(sources) == 2
    load.received(next(source for source in sources if not source.is_paused), FREE)
    assert paused(sources) == 2, "to its end"
    later.now()
    later.now()
    assert paused(sources) == 0 and held.body


def test_a_source_that_is_given_up_is_forgotten(load, later):
    held = answer(12 * FREE)
    load.hold(held)
    source = Source()
    load.received(source, FREE)
    load.ended(source)
    later.now()
    assert source.is_paused and not later.calls, "nobody reads on from a connection that is gone"
    del held
    gc.collect()
    assert not load.is_full


def test_what_is_packed_is_unpacked_when_there_is_room() -> None:
    async def unpack() -> list[str]:
        crawler = get_crawler()
        load, decoding = bytes_in_flight_of(crawler), DecompressionMiddleware.from_crawler(crawler)
        held = answer(60 * FREE)
        load.hold(held)
        body = gzip.compress(b"<p>" + bytes(range(256)) * 20_000)
        packed = Response("https://a.example/", body=body, headers={"Content-Encoding": "gzip"})
        assert len(body) > PACKED
        waiting = asyncio.ensure_future(decoding.process_response(Request("https://a.example/"), packed))
        await asyncio.sleep(0.05)
        seen = ["unpacked" if waiting.done() else "waits"]
        del held
        gc.collect()
        seen.append("unpacked" if (await waiting).body.startswith(b"<p>") else "broken")
        return seen

    assert asyncio.run(unpack()) == ["waits", "unpacked"]


def test_a_connection_is_not_read_from_while_it_waits() -> None:
    class Transport(StringTransport):
        is_paused = False

        def pauseProducing(self) -> None:
            self.is_paused = True

    load = BytesInFlight(FREE, Later())
    held = answer(2 * FREE)
    load.hold(held)
    protocol = BoundedFactory(load, lambda protocol: None, {}).buildProtocol(None)
    protocol.makeConnection(transport := Transport())
    protocol.request(Sent(b"GET", b"/", Headers({b"Host": [b"a.example"]}), None))
    protocol.dataReceived(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * FREE)
    assert transport.is_paused and held.body
