"""The commands of api: one HTTP request each, and its answer in words."""

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen


class ApiError(Exception):
    """The message is for the person at the keyboard."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Service:
    """Where the service is and how to talk to it; `timeout` in seconds."""

    base_url: str
    token: str | None
    timeout: int

    def request(self, method: str, path: str, body: object = None) -> str:
        """Return the text of the answer."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.base_url.rstrip("/") + path, data, method=method)
        request.add_header("Accept", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if data:
            request.add_header("Content-Type", "application/json")
        try:
            with urlopen(request, timeout=self.timeout) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            raise ApiError(reason(error.code, error.read()), error.code) from None
        except (OSError, HTTPException):
            raise ApiError(f"no answer from {self.base_url}") from None


def on_list(*, label: list[str], limit: int, json: bool, **options: Any) -> None:
    """List the things that have all the labels."""
    query = urlencode([("limit", limit), *(("label", pair(text)) for text in label)])
    text = connect(**options).request("GET", f"/things?{query}")
    show(text, json)


def on_get(*, id: int, json: bool, **options: Any) -> None:
    """Show one thing."""
    text = connect(**options).request("GET", f"/things/{id}")
    show(text, json)


def on_create(
    *,
    name: str,
    label: list[str],
    quantity: int,
    kind: str,
    json: bool,
    **options: Any,
) -> None:
    """Make a thing and show it."""
    labels = dict(pair(text).split("=", 1) for text in label)
    thing = {"name": name, "kind": kind, "quantity": quantity, "labels": labels}
    text = connect(**options).request("POST", "/things", thing)
    show(text, json)


def on_delete(*, ids: list[int], ignore_missing: bool, **options: Any) -> None:
    """Remove the things one after another."""
    service = connect(**options)
    for id in ids:
        try:
            service.request("DELETE", f"/things/{id}")
        except ApiError as error:
            if not (ignore_missing and error.status == 404):
                raise
            print(f"Thing {id} is gone already.")
        else:
            print(f"Removed thing {id}.")


def connect(*, base_url: str, token: str | None, timeout: int, **_: object) -> Service:
    """Return the service that the options describe."""
    if urlsplit(base_url).scheme not in {"http", "https"}:
        raise ApiError(f"{base_url} is not an HTTP address")
    if timeout < 1:
        raise ApiError("the timeout is at least one second")
    return Service(base_url, token, timeout)


def pair(text: str) -> str:
    """Return KEY=VALUE when it is that."""
    if text.find("=") < 1:
        raise ApiError(f"{text} is not KEY=VALUE")
    return text


def show(text: str, raw: bool) -> None:
    """Print an answer as it came, or each of its things on a line."""
    if raw:
        print(text.rstrip("\n"))
        return
    try:
        answer = json.loads(text)
    except ValueError:
        raise ApiError("the service did not answer in JSON") from None
    for thing in answer if isinstance(answer, list) else [answer]:
        print(line(thing))


def line(thing: dict[str, Any]) -> str:
    """Return a thing on one line."""
    labels = [f"{key}={value}" for key, value in thing["labels"].items()]
    words = [f"{thing['id']:>4}", f"{thing['quantity']} x", thing["name"]]
    return " ".join([*words, f"({thing['kind']})", *labels])


def reason(status: int, body: bytes) -> str:
    """Return what the service says is wrong, or the number of its answer."""
    try:
        return f"the service answered {status}: {json.loads(body)['error']}"
    except (ValueError, KeyError, TypeError):
        return f"the service answered {status}"
