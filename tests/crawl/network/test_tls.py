"""Certificates and their host names are verified; hosts may be exempted; a TLS failure costs its own site only."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.broken_responses import HTML
from tests.support.certificates import Authority
from tests.support.crawling import crawl
from tests.support.hostile_server import front_page, page, path_of, sends, serve_hostile, story

SITES = {
    "good": "Listing",
    "expired": "TlsFailed",
    "unsigned": "TlsFailed",
    "other": "TlsFailed",
    "plain": "TlsFailed",
    "excepted": "Listing",
    "nowhere": "HostNotFound",
}


def test_certificates_are_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    contexts = {
        "good": authority.context("good.tls.example"),
        "expired": authority.context("expired.tls.example", days=-1),
        "unsigned": authority.context("unsigned.tls.example", is_signed=False),
        "other": authority.context("another.tls.example"),
        "plain": None,
        "excepted": authority.context("no-name-of-it.example", days=-1, is_signed=False),
        "nowhere": None,
    }
    broken = sends(HTML + b"Content-Length: 9000\r\n\r\n<p>")
    with ExitStack() as stack:
        ports = {}
        for name, context in contexts.items():
            answers = {
                "/": page(front_page([path_of("x"), path_of("cut")])),
                path_of("x"): page(story(f"tls {name}")),
                path_of("cut"): broken,
            }
            greeting = b"HTTP/1.1 400 This is no TLS\r\n\r\n" if name == "plain" else b""
            ports[name] = stack.enter_context(serve_hostile(answers, tls=context, greeting=greeting)).port
        sites = {name: f"https://{name}.tls.example:{port}" for name, port in ports.items()}
        names = {f"{name}.tls.example": [["127.0.0.1"]] for name in contexts if name != "nowhere"}
        settings = {
            "TWISTED_DNS_RESOLVER": "tests.support.hostile_server.Names",
            "TEST_NAMES": json.dumps(names),
            "NEWSCRAWL_TLS_EXCEPTIONS": "Excepted.tls.example,b.example",
        }
        crawled = crawl(tmp_path, ",".join(sites.values()), settings=settings)
    entries = {entry["url"]: entry["reason"] for entry in crawled.entries}
    assert {name: entries[f"{site}/"] for name, site in sites.items()} == SITES, crawled.log[-3000:]
    assert {record["url"] for record in crawled.records} == {
        sites[name] + path_of("x") for name in ("good", "excepted")
    }
    assert entries[sites["good"] + path_of("cut")] == entries[sites["excepted"] + path_of("cut")] == "Truncated"
    assert crawled.status == 4 and "Traceback" not in crawled.log


def test_the_exit_status_says_that_all_seeds_failed(tmp_path: Path) -> None:
    with serve_hostile({"/": sends()}) as cut, serve_hostile({"/": page("", "503 Down")}) as down:
        names = json.dumps({})
        crawled = crawl(
            tmp_path,
            f"{cut.address},{down.address},https://nowhere.example",
            settings={"TWISTED_DNS_RESOLVER": "tests.support.hostile_server.Names", "TEST_NAMES": names},
        )
    assert crawled.status == 3, crawled.log[-2000:]
    assert sorted(entry["reason"] for entry in crawled.entries) == ["ConnectionFailed", "HostNotFound", "HttpStatus"]
