"""A things service to try the client with: `python service.py [PORT]`."""

import json
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Thing = dict[str, Any]


class ThingsServer(HTTPServer):
    """The things, by number, and a server in front of them."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), ThingsRequest)
        self.things: dict[int, Thing] = {}
        self.last = 0


class ThingsRequest(BaseHTTPRequestHandler):
    """GET, POST and DELETE on /things and /things/NUMBER."""

    server: ThingsServer

    def do_GET(self) -> None:
        """Answer one thing, or those that have the labels."""
        url = urlsplit(self.path)
        if url.path == "/things":
            self.answer(200, self.chosen(parse_qs(url.query)))
        else:
            self.with_thing(lambda number: (200, self.server.things[number]))

    def do_POST(self) -> None:
        """Make a thing."""
        thing = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not thing["name"]:
            self.answer(422, {"error": "a thing needs a name"})
            return
        self.server.last += 1
        number = self.server.last
        self.server.things[number] = {"id": number, **thing}
        self.answer(201, self.server.things[number])

    def do_DELETE(self) -> None:
        """Remove a thing."""
        self.with_thing(lambda number: (200, self.server.things.pop(number)))

    def with_thing(self, action: Callable[[int], tuple[int, object]]) -> None:
        """Do something with the thing that the path names, or answer 404."""
        word = urlsplit(self.path).path.removeprefix("/things/")
        if word.isdecimal() and int(word) in self.server.things:
            self.answer(*action(int(word)))
        else:
            self.answer(404, {"error": f"no thing {word}"})

    def chosen(self, query: dict[str, list[str]]) -> list[Thing]:
        """Return the things that the query asks for."""
        wanted = {tuple(label.split("=", 1)) for label in query.get("label", [])}
        found = [
            thing
            for thing in self.server.things.values()
            if wanted <= set(thing["labels"].items())
        ]
        return found[: int(query["limit"][0])]

    def answer(self, status: int, body: object) -> None:
        """Send JSON."""
        data = json.dumps(body, ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


if __name__ == "__main__":
    with ThingsServer(int(sys.argv[1]) if len(sys.argv) > 1 else 8000) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
