"""https://a.example and https://b.example on this machine: the demo newspaper under the names that the docs use.

Each is served over TLS on a port of its own. A process whose environment comes from `ExampleSites.environment` reaches
them by their names, at the ports that these names would have: `sitecustomize.py` beside this file's copy answers the
look-up. It also makes crawls quick (no delays) and lets the guard of private addresses take 127.0.0.1 for a public
one. Everything else is as it would be on the net.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.newspaper.serve import Served, handler_of
from tests.newspaper.site import Answer, Newspaper
from tests.support.certificates import Authority

HOSTS = ("a.example", "b.example")
#: Run by every Python of the environment when it starts.
_HOOK = """
import os, socket
import wrapt

PORTS = dict(pair.split("=") for pair in os.environ["EXAMPLE_SITES"].split(","))
look_up = socket.getaddrinfo

def getaddrinfo(host, port, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    if name in PORTS and int(port or 0) in (0, 443, 8080):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(PORTS[name])))]
    if str(name).endswith(".example"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return look_up(host, port, *args, **kwargs)

socket.getaddrinfo = getaddrinfo

@wrapt.when_imported("newscrawl.crawl.network.public_pool")
def take_loopback_for_public(module):
    is_private = module.is_private_address
    module.is_private_address = lambda host: host != "127.0.0.1" and is_private(host)

@wrapt.when_imported("newscrawl.crawl.addon")
def hurry(module):
    module.DEFAULTS.update(DOWNLOAD_DELAY=0, AUTOTHROTTLE_ENABLED=False)
"""


@dataclass(frozen=True)
class ExampleSites:
    """The running sites.

    ports: by host. papers: by host. headers: of every request, by host. environment: variables of a process that is to
    reach them.
    """

    ports: dict[str, int]
    papers: dict[str, Served]
    headers: dict[str, list[Message]]
    environment: dict[str, str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore clients that disconnect."""


def _keeping(handler: type[BaseHTTPRequestHandler], kept: list[Message]) -> type[BaseHTTPRequestHandler]:
    """The handler, which keeps the headers of each request."""

    class Keeping(handler):  # type: ignore[misc, valid-type]
        def do_GET(self) -> None:
            kept.append(self.headers)
            super().do_GET()

    return Keeping


def _answer(paper: Newspaper, path: str) -> Answer:
    """The newspaper's; /news/1 is its newest article, whose address is too long for an example."""
    return paper.answer(paper.articles[0]["path"] if path == "/news/1" else path)


@contextmanager
def example_sites(folder: Path) -> Iterator[ExampleSites]:
    """Serve the sites while the block runs. folder: for certificates and the hook."""
    authority = Authority(folder)
    hooks = folder / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(_HOOK, "utf-8")
    ports: dict[str, int] = {}
    papers: dict[str, Served] = {}
    headers: dict[str, list[Message]] = {host: [] for host in HOSTS}
    with ExitStack() as stack:
        for host in HOSTS:
            served = papers[host] = Served(f"https://{host}", Newspaper(f"https://{host}"))
            handler = handler_of(served, lambda path, paper=served.newspaper: _answer(paper, path))
            server = _Server(("127.0.0.1", 0), _keeping(handler, headers[host]))
            server.socket = authority.context(host).wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
            stack.callback(server.server_close)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(server.shutdown)
            ports[host] = server.server_address[1]
        variables = {
            "EXAMPLE_SITES": ",".join(f"{host}={port}" for host, port in ports.items()),
            "SSL_CERT_FILE": str(authority.path),
            "PYTHONPATH": str(hooks),
        }
        yield ExampleSites(ports, papers, headers, variables)
