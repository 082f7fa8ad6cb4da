"""Sites on loopback, served by a function."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Status, content type and body.
Response = tuple[int, str, bytes]
HTML = "text/html; charset=utf-8"


class _Server(ThreadingHTTPServer):
    request_queue_size = 256


def serve(respond: Callable[[str, str], Response], address: tuple[str, int] = ("127.0.0.1", 0)) -> ThreadingHTTPServer:
    """Serve on a thread until the server is shut down. respond: from the path and the Host header to a response."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, kind, body = respond(self.path, self.headers["Host"] or "")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(address, Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def url_of(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"
