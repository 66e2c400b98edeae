"""A little internet: a proxy that answers for one host, and knows no other.

Prints its address. Plugins reach it because the host hands what it allows to HTTPS_PROXY.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

QUOTES = (
    "Well begun is half done.",
    "Measure twice, cut once.",
    "Still waters run deep.",
)


class Proxy(BaseHTTPRequestHandler):
    """Opens a tunnel to quotes.example, and is quotes.example at its end."""

    protocol_version = "HTTP/1.1"

    def do_CONNECT(self) -> None:
        if self.path != "quotes.example:80":
            self.send_error(502)
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def do_GET(self) -> None:
        number = self.path.rpartition("/")[2]
        found = QUOTES[int(number) % len(QUOTES)].encode() + b"\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def log_message(self, *_: object) -> None:
        """Say nothing: the session is on the screen."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
