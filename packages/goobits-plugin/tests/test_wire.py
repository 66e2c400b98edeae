"""Whatever a plugin writes is a message of the protocol, or the end of that plugin."""

from __future__ import annotations

import json
import socket
from contextlib import suppress

import pytest
from goobits_plugin import ProtocolError
from goobits_plugin._host._session import Notice, Session
from goobits_plugin._host._wire import LONGEST, Wire, parsed
from hypothesis import given
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=8,
)
METHODS = (
    "$/progress $/log ui/frame ui/prompt ui/confirm ui/secret system/processes x/y"
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "jsonrpc": st.just("2.0") | JSON,
        "id": st.integers(-1, 3) | JSON,
        "method": st.sampled_from(METHODS.split()) | JSON,
        "params": st.dictionaries(
            st.sampled_from("token message done total level lines default".split()),
            JSON,
        )
        | JSON,
        "result": st.fixed_dictionaries({"exit_code": st.integers(-1, 300) | JSON})
        | JSON,
        "error": st.fixed_dictionaries({"code": JSON, "message": JSON}) | JSON,
    },
)
HELLO = {"protocol": 1, "cookie": "c", "sdk": "x/1"}


@given(st.binary(max_size=200))
def test_line_is_an_object_or_refused(line: bytes) -> None:
    """Nothing else comes out of a reader of hostile bytes."""
    with suppress(ProtocolError):
        assert isinstance(parsed(line), dict)


@given(st.lists(FIELDS, max_size=6))
def test_message_is_one_of_the_protocol_or_refused(
    messages: list[dict[str, object]],
) -> None:
    """No shape of it is an error of ours."""
    session = Session("a/b", {"system": []}, "c")
    session.take({"jsonrpc": "2.0", "id": 1, "result": HELLO})
    with suppress(ProtocolError):
        for message in messages:
            found = session.take(message)
            assert found is None or isinstance(found, Notice)
            if found is not None:
                assert found.method in METHODS or "id" in message
            if session.exit_code is not None:
                assert 0 <= session.exit_code <= 255


@given(st.lists(JSON, min_size=1, max_size=5), st.integers(1, 7))
def test_messages_come_as_they_were_sent(values: list[object], size: int) -> None:
    """However the bytes are cut."""
    sent = [{"value": value} for value in values]
    with suppress(ValueError):
        lines = [json.dumps(one, allow_nan=False) for one in sent]
        data = "".join(f"{line}\n" for line in lines).encode()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.setblocking(False)
            wire, found = Wire(ours), list[dict[str, object]]()
            for begin in range(0, min(len(data), 400), size):
                theirs.sendall(data[begin : begin + size])
                found += wire.receive()
            assert found == [json.loads(line) for line in lines[: len(found)]]


@pytest.mark.parametrize(("size", "is_taken"), [(LONGEST, True), (LONGEST + 1, False)])
def test_line_is_one_mebibyte_at_most(size: int, is_taken: bool) -> None:
    """With its end."""
    line = b'{"x": "' + b"x" * (size - 10) + b'"}\n'
    assert len(line) == size
    try:
        parsed(line[:-1])
    except ProtocolError:
        assert not is_taken
    else:
        assert is_taken


def test_what_nobody_reads_is_not_kept_for_ever() -> None:
    """A plugin that asks and never listens would fill the host's memory."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.setblocking(False)
        with pytest.raises(ProtocolError, match="it reads no answers"):
            _flood(Wire(ours))


def _flood(wire: Wire) -> None:
    for _ in range(100):
        wire.send({"x": "x" * 100_000})
