"""The parts that surround the browser, tested without one: the proxy, the settings, the findings, finding a browser."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from newscrawl.crawl.browser.findings import Findings, kind_of
from newscrawl.crawl.browser.launch import BrowserMissing, find_browser
from newscrawl.crawl.browser.modes import Modes
from newscrawl.crawl.browser.processes import descendants, kill
from newscrawl.crawl.browser.proxy import Proxy, ProxyAccount
from newscrawl.crawl.browser.request_guard import is_query, is_tracker

# -- the proxy ---------------------------------------------------------------------------------


async def _upstream(body: bytes) -> tuple[asyncio.Server, int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


def through_proxy(
    ask: Callable[[str, ProxyAccount, int], Awaitable[bytes]],
    is_private: Callable[[str], bool],
    body: bytes = b"hello",
    at_most: int = 10**6,
) -> tuple[bytes, ProxyAccount]:
    """The result of `ask(proxy_url, account, port)`, with a server at `port`; and the account."""

    async def main() -> tuple[bytes, ProxyAccount]:
        upstream, port = await _upstream(body)
        proxy = Proxy(is_private)
        address = await proxy.start()
        account = proxy.open_account("test")
        account.bytes_left = at_most
        try:
            return await ask(address, account, port), account
        finally:
            await proxy.close()
            upstream.close()

    return asyncio.run(main())


async def _talk(address: str, head: str) -> bytes:
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(head.encode())
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 20)
    finally:
        writer.close()


def test_public_addresses_are_connected_to_and_bytes_are_counted() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        return await _talk(
            address,
            f"GET http://127.0.0.1:{port}/x HTTP/1.1\r\nHost: a\r\nProxy-Authorization: {account.credentials}\r\n\r\n",
        )

    answer, account = through_proxy(ask, lambda address: False)
    assert answer.endswith(b"hello") and account.bytes_received == len(answer)


def test_tunnels_are_passed_on() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        head = f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\nProxy-Authorization: {account.credentials}\r\n\r\n"
        return await _talk(address, f"{head}GET / HTTP/1.1\r\n\r\n")

    answer, _ = through_proxy(ask, lambda address: False)
    assert answer.startswith(b"HTTP/1.1 200 Connection established") and answer.endswith(b"hello")


@pytest.mark.parametrize(
    "head",
    [
        "GET http://127.0.0.1:{port}/ HTTP/1.1",
        "CONNECT 127.0.0.1:{port} HTTP/1.1",
        "CONNECT [::ffff:127.0.0.1]:{port} HTTP/1.1",
        "GET http://2130706433:{port}/ HTTP/1.1",
        "GET http://0x7f.1:{port}/ HTTP/1.1",
        "GET http://169.254.169.254/ HTTP/1.1",
    ],
)
def test_private_addresses_are_not_connected_to(head: str) -> None:
    from newscrawl.discover.address import is_private_host

    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        return await _talk(address, f"{head.format(port=port)}\r\nProxy-Authorization: {account.credentials}\r\n\r\n")

    answer, account = through_proxy(ask, is_private_host)
    assert answer.startswith(b"HTTP/1.1 403 ") and account.refused


def test_names_are_checked_by_their_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def look_up(self: object, host: str, port: int, **more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        head = f"GET http://rebound.example:{port}/ HTTP/1.1\r\nProxy-Authorization: {account.credentials}\r\n\r\n"
        connection = asyncio.ensure_future(_talk(address, head))
        return await connection

    async def named(address: str, account: ProxyAccount, port: int) -> bytes:
        loop = asyncio.get_running_loop()
        original = type(loop).getaddrinfo

        async def either(self: object, host: str, port: int, **more: object) -> list[tuple[object, ...]]:
            return await (
                look_up(self, host, port, **more) if host == "rebound.example" else original(self, host, port, **more)
            )  # type: ignore[arg-type]

        monkeypatch.setattr(type(loop), "getaddrinfo", either)
        return await ask(address, account, port)

    answer, account = through_proxy(named, lambda address: address == "127.0.0.1")
    assert (
        answer.startswith(b"HTTP/1.1 403 ") and account.refused == {"rebound.example"} and asked == ["rebound.example"]
    )


def test_nobody_else_can_use_the_proxy() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        wrong = base64.b64encode(b"test:guess").decode()
        host, number = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(number))
        writer.write(f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nProxy-Authorization: Basic {wrong}\r\n\r\n".encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        return answer

    answer, account = through_proxy(ask, lambda address: False)
    assert answer.startswith(b"HTTP/1.1 407 ") and account.bytes_received == 0


def test_a_body_sent_before_authentication_is_not_part_of_the_next_request() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        host, number = address.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(number))
        head, body = f"POST http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: a\r\nContent-Length: 14\r\n", '{"query": "a"}'
        writer.write(f"{head}\r\n{body}".encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 407 ")
        writer.write(f"{head}Proxy-Authorization: {account.credentials}\r\n\r\n{body}".encode())
        answer = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        return answer

    answer, _ = through_proxy(ask, lambda address: False)
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"hello")


def test_bytes_are_bounded() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        return await _talk(
            address, f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nProxy-Authorization: {account.credentials}\r\n\r\n"
        )

    answer, account = through_proxy(ask, lambda address: False, body=b"x" * 3_000_000, at_most=200_000)
    assert len(answer) <= 200_000 and account.bytes_left < 0


def test_silent_connections_are_closed_and_busy_ones_are_not() -> None:
    async def ask(address: str, account: ProxyAccount, port: int) -> bytes:
        async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while not writer.is_closing() and not reader.at_eof():
                writer.write(b"more ")
                await writer.drain()
                await asyncio.sleep(0.01)

        async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()

        servers = [await asyncio.start_server(serve, "127.0.0.1", 0) for serve in (speak, say_nothing)]
        speaking, silent = (server.sockets[0].getsockname()[1] for server in servers)
        head = (
            "GET http://127.0.0.1:{}/x HTTP/1.1\r\nHost: a\r\nProxy-Authorization: " + account.credentials + "\r\n\r\n"
        )
        spoken, unanswered = (
            asyncio.ensure_future(_talk(address, head.format(speaking))),
            asyncio.ensure_future(_talk(address, head.format(silent))),
        )
        while len(account.last_activity) < 2 or not account.bytes_received:
            await asyncio.sleep(0.01)
        while not unanswered.done():
            account.close_silent(1.0)
            await asyncio.sleep(0.05)
        assert not spoken.done() and len(account.last_activity) == 1
        spoken.cancel()
        for server in servers:
            server.close()
        return unanswered.result()

    answer, _ = through_proxy(ask, lambda address: False)
    assert answer == b""


# -- settings and findings ---------------------------------------------------------------------


def test_modes() -> None:
    modes = Modes("auto, https://a.example=always, b.example=NEVER")
    assert [modes.of(url) for url in ("https://a.example/x", "http://www.b.example/", "https://c.example/")] == [
        "always",
        "never",
        "auto",
    ]
    assert (
        Modes("").of("https://a.example/") == "auto"
        and Modes({"a.example": "never"}).of("https://a.example/") == "never"
    )


@pytest.mark.parametrize("value", ["sometimes", "a.example=perhaps", "auto, yes"])
def test_an_unknown_mode_is_an_error(value: str) -> None:
    with pytest.raises(ValueError, match="NEWSCRAWL_BROWSER"):
        Modes(value)


def test_after_two_pages_that_rendering_helped_the_rest_are_rendered_at_once_but_for_checks() -> None:
    findings = Findings()
    assert not findings.renders_at_once("k")
    findings.learn("k", helped=True)
    assert not findings.renders_at_once("k")
    findings.learn("k", helped=True)
    assert [findings.renders_at_once("k") for _ in range(20)].count(False) == 2
    findings.learn_whole("k")
    assert not findings.renders_at_once("k")


def test_after_two_pages_that_rendering_did_not_help_few_are_rendered() -> None:
    findings = Findings()
    findings.learn("k", helped=False)
    assert findings.is_worth_rendering("k")
    findings.learn("k", helped=False)
    assert [findings.is_worth_rendering("k") for _ in range(40)].count(True) == 2
    findings.learn("k", helped=True)
    assert findings.is_worth_rendering("k")


def test_findings_of_this_run_take_precedence() -> None:
    findings = Findings()
    findings.learn("k", helped=False)
    findings.recall("k", 9, 0)
    findings.recall("other", 2, 0)
    assert findings.counts("k") == (0, 1) and findings.renders_at_once("other")


def test_kinds_of_page() -> None:
    assert (
        kind_of("https://a.example/sport/2026/x", False)
        == kind_of("https://a.example/sport/y", False)
        != kind_of("https://a.example/live/y", False)
    )
    assert (
        kind_of("https://a.example/2026/11/x", False)
        == kind_of("https://a.example/x", False)
        != kind_of("https://a.example/x", True)
    )


def test_trackers() -> None:
    assert (
        is_tracker("www.google-analytics.com")
        and is_tracker("doubleclick.net")
        and not is_tracker("example.com")
        and not is_tracker("net")
    )


def test_posts_to_another_site_may_only_query() -> None:
    query = (
        '{"operationName": "Story", "query": "query Story($path: String!) { story(path: $path) { body } }",'
        ' "variables": {"path": "/a"}}'
    )
    assert is_query("https://graphql.content.example/spaces/1/graphql", query) and is_query(
        "https://a.search.example/1/indexes/*/queries", '{"requests": []}'
    )
    assert is_query("https://api.example/index/_search", ' {"query": {"match_all": {}}}')
    assert not is_query("https://api.example/graphql", query.replace("query Story", "mutation Read"))
    assert (
        not is_query("https://api.example/graphql", "a=1")
        and not is_query("https://api.example/events", query)
        and not is_query("https://api.example/graphql", "")
    )


# -- finding a browser -------------------------------------------------------------------------


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="paths as on Linux")
def test_a_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSCRAWL_BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    monkeypatch.setattr("newscrawl.crawl.browser.launch._PLACES", ())
    with pytest.raises(BrowserMissing, match="apt-get install chromium"):
        find_browser()
    own = program(tmp_path / "own" / "chromium-1200" / "chrome-linux" / "chrome")
    assert find_browser() == str(own)
    chrome = program(tmp_path / "bin" / "google-chrome")
    assert find_browser() == str(chrome)
    debian = program(tmp_path / "bin" / "chromium")
    assert find_browser() == str(debian)
    other = program(tmp_path / "other")
    monkeypatch.setenv("NEWSCRAWL_BROWSER_PATH", str(other))
    assert find_browser() == str(other) and find_browser(str(chrome)) == str(chrome)
    with pytest.raises(BrowserMissing, match="not a program"):
        find_browser(str(tmp_path / "nothing"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_are_found_and_killed() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "--type=renderer"])
    found = next(process for process in descendants(os.getpid()) if process.pid == child.pid)
    assert found.is_renderer and found.parent == os.getpid()
    kill([child.pid, child.pid])
    assert child.wait(10) < 0
