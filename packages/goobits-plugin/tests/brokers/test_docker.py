"""The filter in front of the Docker Engine: what passes, and how.

With GOOBITS_TEST_DOCKER set, to an address or to nothing, `real` is a real Engine.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from goobits_plugin._brokers import docker as broker
from goobits_plugin._brokers.docker import docker_service
from goobits_sandbox import Outcome, Policy, Sandbox

Ask = Callable[..., bytes]
Connect = Callable[[], socket.socket]

PASSED = (
    *("GET /_ping", "GET /version", "GET /info", "GET /v1.43/containers/json?all=1"),
    *("GET /containers/web_1.x-y/json", "GET /containers/web/stats?stream=0"),
    *("GET /images/json", "GET /images/docker.io/library/nginx:1.27/json"),
    *("GET /system/df", "POST /containers/web/start", "POST /containers/web/stop?t=5"),
    *("POST /containers/web/restart", "POST /containers/web/kill?signal=SIGTERM"),
    *("POST /containers/web/wait", "DELETE /containers/web?force=1&v=1"),
    *("DELETE /images/sha256:c0ffee", "POST /containers/prune", "POST /images/prune"),
    "POST /images/create?fromImage=registry.example:5000/acme/x&tag=1.2",
    "GET /containers/json?filters=%7B%22status%22%3A%5B%22exited%22%5D%7D",
)  # fmt: skip


def request(target: str, body: bytes = b"", field: str = "") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    head = f"{target} HTTP/1.1\r\nHost: docker\r\n{length}{field}\r\n"
    return head.encode() + body


@pytest.mark.parametrize("target", PASSED)
def test_named_request_passes(ask: Ask, engine: Any, target: str) -> None:
    """All that the table holds, with the query that was meant."""
    assert ask(request(target))[:12] == b"HTTP/1.1 200"
    (one,) = engine.reached
    method, _, path = target.partition(" ")
    assert (one.method, one.path) == (
        method,
        path.partition("?")[0].removeprefix("/v1.43"),
    )
    assert bool(one.query) == ("?" in target)


def test_fields_of_the_head_are_not_passed_on(ask: Ask, engine: Any) -> None:
    """No field that an Engine might act on is a plugin's to set."""
    ask(request("GET /_ping", field="Content-Type: x/y\r\nX-Registry-Auth: e30=\r\n"))
    assert engine.reached[0].kind == ""


def _create(ask: Ask, body: dict[str, object]) -> bytes:
    return ask(request("POST /containers/create?name=web", json.dumps(body).encode()))


def test_ordinary_container_is_made(ask: Ask, engine: Any) -> None:
    """Its ports are on the loopback, and its namespaces its own, said or not."""
    asked = {
        "Image": "alpine:3",
        "Cmd": ["echo", "hi"],
        "Env": ["A=b"],
        "ExposedPorts": {"80/tcp": {}},
        "Labels": {"made.by": "acme"},
        "Volumes": {},
        "HostConfig": {
            "AutoRemove": True,
            "Binds": None,
            "CapAdd": [],
            "LogConfig": {"Type": "json-file", "Config": {"max-size": "1m"}},
            "Memory": 1 << 26,
            "Mounts": [{"Type": "tmpfs", "Target": "/scratch"}],
            "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]},
            "Privileged": False,
            "Ulimits": [{"Name": "nofile", "Soft": 64, "Hard": 64}],
        },
    }
    assert _create(ask, asked)[:12] == b"HTTP/1.1 201"
    (one,) = engine.reached
    assert one.query == {"name": ["web"]}
    host = asked["HostConfig"]
    assert isinstance(host, dict)
    for said in ("Binds", "CapAdd", "Privileged"):
        del host[said]
    del asked["Volumes"]
    host["PortBindings"]["80/tcp"][0]["HostIp"] = "127.0.0.1"
    host |= {"IpcMode": "private", "CgroupnsMode": "private"}
    assert json.loads(one.body) == asked


def test_container_without_a_configuration_has_private_namespaces(
    ask: Ask, engine: Any
) -> None:
    """For old versions of the API an Engine takes the host's control groups."""
    _create(ask, {"Image": "alpine"})
    assert engine.reached[0].host_config == {
        "ipcmode": "private",
        "cgroupnsmode": "private",
    }


@pytest.mark.parametrize("is_chunked", [False, True])
def test_context_of_a_build_is_passed_on_whole(
    ask: Ask, engine: Any, is_chunked: bool
) -> None:
    """Larger than any buffer, byte for byte."""
    context = os.urandom(3_000_001)
    target = "POST /build?t=acme/x:1&dockerfile=deploy/Dockerfile&buildargs=%7B%7D"
    if is_chunked:
        chunks = (b"%x\r\n%s\r\n" % (1_000_000, context[:1_000_000])) + (
            b"%X\r\n%s\r\n0\r\n\r\n" % (len(context) - 1_000_000, context[1_000_000:])
        )
        head = request(target, field="Transfer-Encoding: chunked\r\n")
        answer = ask(head + chunks)
    else:
        answer = ask(request(target, context))
    assert answer[:12] == b"HTTP/1.1 200"
    assert engine.reached[0].body == context


def test_refusal_reaches_a_client_that_is_still_sending(ask: Ask, engine: Any) -> None:
    """The reason must not be lost with what is dropped."""
    data = request("POST /build?networkmode=host", b"x" * 5_000_000)
    answer = ask(data)
    assert answer[:12] == b"HTTP/1.1 403"
    assert json.loads(answer.partition(b"\r\n\r\n")[2]) == {
        "message": "goobits: networkmode may not be 'host'"
    }
    assert engine.reached == []


def test_log_is_streamed_as_it_comes(docker: Connect, engine: Any) -> None:
    """Who follows a log sees the first line before there is a second."""
    with docker() as client:
        client.settimeout(5)
        client.sendall(request("GET /containers/web/logs?follow=1&stdout=1"))
        answer = b""
        while b"first" not in answer:
            answer += client.recv(65536)
        assert b"second" not in answer
        engine.go_on.set()
        while more := client.recv(65536):
            answer += more
    assert answer.endswith(b"second\n\r\n0\r\n\r\n")


def _names() -> list[str]:
    """Return the threads of the filter that run."""
    found = [thread.name for thread in threading.enumerate()]
    return [name for name in found if name == "goobits-docker"]


def test_client_that_leaves_ends_its_thread(environ: dict[str, str]) -> None:
    """Nobody reads a silent log any more: its thread must not wait for a next line."""
    with docker_service(environ) as connect:
        with connect() as client:
            client.sendall(request("GET /containers/web/logs?follow=1"))
            while b"first" not in client.recv(65536):
                pass
        last = time.monotonic() + 5
        while _names() and time.monotonic() < last:
            time.sleep(0.01)
        assert _names() == []


def test_leaving_ends_every_connection(environ: dict[str, str]) -> None:
    """A plugin's run leaves no thread behind, also with clients that still wait."""
    before = time.monotonic()
    with docker_service(environ) as connect:
        following, silent = connect(), connect()
        following.sendall(request("GET /containers/web/logs?follow=1"))
        while b"first" not in following.recv(65536):
            pass
    assert time.monotonic() - before < 3
    assert _names() == []
    with following, silent:
        assert silent.recv(1) == b""
    with pytest.raises(OSError, match="has ended"):
        connect()


def test_slow_reader_slows_the_engine() -> None:
    """What nobody reads yet must not lie in the host's memory."""
    sent, stuck = [0], threading.Event()

    def flood() -> None:
        with listener.accept()[0] as client:
            client.recv(65536)
            client.settimeout(0.5)
            try:
                while sent[0] < 50_000_000:
                    sent[0] += client.send(b"x" * 65536)
            except TimeoutError:
                stuck.set()

    with (
        tempfile.TemporaryDirectory() as folder,
        socket.socket(socket.AF_UNIX) as listener,
    ):
        listener.bind(f"{folder}/docker.sock")
        listener.listen()
        thread = threading.Thread(target=flood)
        thread.start()
        environ = {"DOCKER_HOST": f"unix://{folder}/docker.sock"}
        with docker_service(environ) as connect, connect() as client:
            client.sendall(request("GET /containers/web/stats"))
            is_stuck = stuck.wait(10)
        thread.join()
    assert is_stuck
    assert sent[0] < 5_000_000


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("unix:///nowhere/docker.sock", "No such file"),
        ("tcp://127.0.0.1:2375", "no unix:// address"),
        ("unix://relative", "no unix:// address"),
    ],
)
def test_engine_that_is_not_there_is_said(ask: Ask, address: str, said: str) -> None:
    """A plugin can tell its user what to start."""
    with docker_service({"DOCKER_HOST": address}) as connect:
        answer = ask(request("GET /_ping"), connect)
    assert answer[:12] == b"HTTP/1.1 502"
    assert said in json.loads(answer.partition(b"\r\n\r\n")[2])["message"]


@pytest.mark.parametrize("data", [b"", b"GET /_ping HTTP/1.1\r\n", b"x" * 20_000])
def test_head_that_does_not_end_is_refused(docker: Connect, data: bytes) -> None:
    """Neither its end nor its size is the client's to choose."""
    with docker() as client:
        client.settimeout(5)
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(65536)[:10] == b"HTTP/1.1 4"


def test_deep_value_is_refused_in_words(ask: Ask, engine: Any) -> None:
    """What a parser can read, a writer of messages might not."""
    for depth in (300, 900, 980, 2000):
        body = b'{"Image": ' + b"[" * depth + b"]" * depth + b"}"
        assert ask(request("POST /containers/create", body))[:10] == b"HTTP/1.1 4"
    assert engine.reached == []


def test_slow_body_is_refused(docker: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that says nothing more is told so."""
    monkeypatch.setattr(broker, "_SILENCE", 0.2)
    with docker() as client:
        client.settimeout(5)
        client.sendall(request("POST /build", b"whole")[:-1])
        assert client.recv(65536)[:12] == b"HTTP/1.1 408"


def test_slow_head_is_refused(docker: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A byte now and then must not hold a thread for ever."""
    monkeypatch.setattr(broker._http, "_HEAD_SECONDS", 0.2)
    with docker() as client:
        client.settimeout(5)
        client.sendall(b"GET /")
        assert client.recv(65536)[:12] == b"HTTP/1.1 408"


GUEST = """
import json, os, socket, urllib.error, urllib.request

def ask(path, body=None):
    data = json.dumps(body).encode() if body is not None else None
    try:
        with urllib.request.urlopen("http://docker" + path, data, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)

print(type(ask("/containers/json")).__name__)
print(ask("/containers/create", {"Image": "alpine", "HostConfig": {"Privileged": True}}))
print(ask("/containers/web/exec", {"Cmd": ["sh"]}))
found = ("/var/run/docker.sock", "/run/docker.sock", os.environ.get("DOCKER_HOST", "/x"), SOCKET)
print([os.path.exists(path.removeprefix("unix://")) for path in found])
"""


def _run(project: Path, connect: Connect | None, address: str) -> Outcome:
    services = {"docker": connect} if connect else {}
    script = GUEST.replace("SOCKET", repr(address))
    policy = Policy(project=str(project))
    return Sandbox(policy, services=services).run(["/usr/bin/python3", "-c", script])


@pytest.mark.usefixtures("sandboxes")
def test_guest_lists_containers_and_makes_no_privileged_one(
    real: dict[str, str], tmp_path: Path
) -> None:
    """All of it, as a plugin meets it: its proxy, the filter, the Engine."""
    address = real.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    with docker_service(real) as connect:
        outcome = _run(tmp_path, connect, address)
    assert outcome.stdout.decode().splitlines() == [
        "list",
        "{'message': 'goobits: HostConfig.Privileged is not allowed'}",
        "{'message': 'goobits: POST /containers/web/exec is not allowed'}",
        "[False, False, False, False]",
    ], outcome.stderr
    assert {(one.host, one.allowed) for one in outcome.decisions} == {("docker", True)}


@pytest.mark.usefixtures("sandboxes")
def test_guest_without_the_service_reaches_no_engine(
    environ: dict[str, str], engine: Any, tmp_path: Path
) -> None:
    """The positive control: it is the grant that opens the way."""
    assert _run(tmp_path, None, environ["DOCKER_HOST"]).exit_code == 1
    assert engine.reached == []


def test_engine_answers_what_plugins_ask(real: dict[str, str], ask: Ask) -> None:
    """The same against a real one: the shapes that plugins read are the Engine's."""
    with docker_service(real) as connect:
        for target in ("GET /containers/json?all=1", "GET /images/json", "GET /info"):
            assert ask(request(target), connect)[:12] == b"HTTP/1.1 200", target
