"""The services that a page needs, while its blocks run.

PostgreSQL is the real one, a cluster of the test's own; without its programs the page is skipped. Elasticsearch is too
large to install for this: what is sent is looked at for the form of its bulk interface, and nothing more. The proxy is
a small one of ours.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.example_sites import ExampleSites

Variables = dict[str, str]
_WITH_CURL = ("elasticsearch.md", "scrapyd.md")
#: The ports that pages speak of.
_PORTS = {"elasticsearch.md": 9200, "scrapyd.md": 6800, "proxies.md": 8080}


def of(page: Path, folder: Path, sites: ExampleSites) -> AbstractContextManager[Variables]:
    """The services of a page; gives the variables that its commands need to find them."""
    if page.name in _WITH_CURL and shutil.which("curl") is None:
        pytest.skip("needs curl (Debian: apt-get install curl)")
    if (port := _PORTS.get(page.name)) and _is_taken(port):
        pytest.skip(f"port {port} is in use")
    made = _SERVICES.get(page.name)
    return made(folder, sites) if made else nullcontext({})


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


# -- PostgreSQL -----------------------------------------------------------------------------------


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs; Debian keeps initdb out of PATH."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def postgresql(folder: Path, sites: ExampleSites) -> Iterator[Variables]:
    programs = _programs()
    if programs is None:
        pytest.skip("needs PostgreSQL (Debian: apt-get install postgresql)")
    data = Path("/tmp") / f"newscrawl-postgresql-{os.getpid()}"  # its user must reach it, and a socket's path is short
    data.mkdir(mode=0o700)
    user = None
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        user = "nobody"
        shutil.chown(data, user)

    def run(name: str, *arguments: str) -> None:
        subprocess.run([str(programs / name), *arguments], user=user, cwd=data, check=True, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "--pgdata", str(data / "cluster"), "--username", "reader", "--auth", "trust", "--no-sync")
        listen = f"-c listen_addresses='' -c unix_socket_directories='{data}' -c fsync=off"
        log = str(data / "log")
        run("pg_ctl", "start", "--wait", "--silent", "-D", str(data / "cluster"), "-l", log, "-o", listen)
        try:
            data.chmod(0o755)
            yield {"PGHOST": str(data), "PGUSER": "reader"}
        finally:
            run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate", "-D", str(data / "cluster"))
    finally:
        shutil.rmtree(data, ignore_errors=True)


# -- Elasticsearch --------------------------------------------------------------------------------


def _bulk_faults(body: bytes) -> Iterator[str]:
    lines = body.split(b"\n")
    if lines.pop() != b"":
        yield "the last line does not end"
    if not lines or len(lines) % 2:
        yield "lines do not come in pairs"
    for action, document in zip(lines[::2], lines[1::2], strict=False):
        index = json.loads(action)["index"]
        if not index["_index"] or not 0 < len(index["_id"].encode()) <= 512:
            yield f"no usable index or id: {index}"
        if not isinstance(json.loads(document), dict):
            yield "a document is no object"


class _Bulk(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_right = self.path == "/_bulk" and self.headers["Content-Type"] == "application/x-ndjson"
        faults = [] if is_right else ["not a bulk request"]
        faults += _bulk_faults(body)
        self.send_response(400 if faults else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"errors": bool(faults), "faults": faults}).encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def elasticsearch(folder: Path, sites: ExampleSites) -> Iterator[Variables]:
    with _served(ThreadingHTTPServer(("127.0.0.1", 9200), _Bulk)):
        yield {}


# -- proxy ----------------------------------------------------------------------------------------


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@contextmanager
def proxy(folder: Path, sites: ExampleSites) -> Iterator[Variables]:
    asked: list[tuple[str, str]] = []

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            host = self.path.rpartition(":")[0]
            asked.append((host, self.headers.get("Proxy-Authorization", "")))
            self.send_response(200)
            self.end_headers()
            with socket.create_connection(("127.0.0.1", sites.ports[host])) as server:
                back = threading.Thread(target=_pump, args=(server, self.connection), daemon=True)
                back.start()
                _pump(self.connection, server)
                back.join()
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _served(ThreadingHTTPServer(("127.0.0.1", 8080), Proxy)) as port:
        yield {"EXAMPLE_SITES": f"{sites.environment['EXAMPLE_SITES']},proxy.example={port}"}
    assert {host for host, _ in asked} == {"a.example"}, asked
    assert any(word.startswith("Basic ") for _, word in asked), "the second crawl gives a password"


# -- login ----------------------------------------------------------------------------------------


@contextmanager
def login(folder: Path, sites: ExampleSites) -> Iterator[Variables]:
    before = {host: len(headers) for host, headers in sites.headers.items()}
    yield {}
    sent = {host: headers[before[host] :] for host, headers in sites.headers.items()}
    assert sent["a.example"] and all(one["Cookie"] == "session=0123456789" for one in sent["a.example"])
    assert sent["b.example"] and all(one["Authorization"] == "Bearer abcdef" for one in sent["b.example"])


@contextmanager
def _served(server: ThreadingHTTPServer) -> Iterator[int]:
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


_SERVICES: dict[str, Callable[[Path, ExampleSites], AbstractContextManager[Variables]]] = {
    "postgresql.md": postgresql,
    "elasticsearch.md": elasticsearch,
    "proxies.md": proxy,
    "login.md": login,
}
