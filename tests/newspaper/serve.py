"""Serves the demo newspaper on loopback: `python -m tests.newspaper.serve [--port N] [--without SOURCE]...`

Prints its URL as the first line and runs until it is stopped. `serve()` does the same inside a process and keeps a
list of the requests.
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newspaper.site import SOURCES, Answer, Newspaper


@dataclass
class Served:
    """A running newspaper. address: its URL. asked: (path with query, User-Agent) of every request, in order."""

    address: str
    newspaper: Newspaper
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def newest_paths(served: Served, count: int) -> set[str]:
    """The paths of the newest articles."""
    return {article["path"] for article in served.newspaper.articles[:count]}


def handler_of(served: Served, answer: Callable[[str], Answer]) -> type[BaseHTTPRequestHandler]:
    """The class of a server that answers for a newspaper, and keeps what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append((self.path, self.headers.get("User-Agent", "")))
            found = answer(self.path)
            self.send_response(found.status)
            for name, value in {
                "Content-Type": found.type,
                "Content-Length": str(len(found.body)),
                **found.headers,
            }.items():
                self.send_header(name, value)
            with suppress(BrokenPipeError, ConnectionResetError):  # the client may be gone by now
                self.end_headers()
                self.wfile.write(found.body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def serve(
    sources: frozenset[str] = SOURCES, port: int = 0, change: Callable[[str], Answer | None] | None = None
) -> Iterator[Served]:
    """Serve while the block runs, on a free port unless one is given.

    change: called with each path first; what it returns is the response, unless it is None.
    """
    served = Served("", Newspaper("", sources))

    def answer(path: str) -> Answer:
        other = change(path) if change else None
        return other if other is not None else served.newspaper.answer(path)

    server = ThreadingHTTPServer(("127.0.0.1", port), handler_of(served, answer))
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_address[1]}"
    served.newspaper.base = served.address
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves the demo newspaper on loopback.")
    parser.add_argument("--port", type=int, default=0, help="default: a free port")
    parser.add_argument("--without", action="append", default=[], choices=sorted(SOURCES), help="a source not to offer")
    options = parser.parse_args()
    with serve(SOURCES - set(options.without), options.port) as served:
        print(served.address, flush=True)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
