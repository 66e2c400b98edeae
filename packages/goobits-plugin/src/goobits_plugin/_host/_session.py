"""What the host sends to a plugin and what it takes from it, by the wire protocol. No I/O.

The rules, each of which ends a plugin that breaks it:

- its first message is the answer to `initialize`, with our cookie and our version;
- an answer has the id of a request of ours that has not been answered, and either a result of its
  shape or an error;
- a request has an id that is no other open one's, and at most 16 are open;
- the params of a known method have its shape.

A request for what is not known is answered with an error, a notification of it ignored. Once
`command/run` is answered no request is answered any more.
"""

from __future__ import annotations

from goobits_plugin._host._shapes import fits, is_integer, is_known
from goobits_plugin._host._wire import Breach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from goobits_plugin._host._wire import Message

VERSION = 1
MOST_OPEN = 16
INITIALIZE, RUN = 1, 2
NOT_FOUND, INTERNAL = -32601, -32603
FAILED, NOBODY, INTERRUPTED, NOT_GRANTED = -32000, -32001, -32002, -32003
_LEAST_CODE = -(2**31)


class Call:
    """What a plugin asks for, or tells where `ident` is 0."""

    __slots__ = ("ident", "method", "params")

    def __init__(self, method: str, params: Mapping[str, object], ident: int) -> None:
        self.method = method
        self.params = params
        self.ident = ident


class Failure:
    """The error that a plugin answered with; `trace` is empty where it gave none."""

    __slots__ = ("code", "message", "trace")

    def __init__(self, code: int, message: str, trace: str = "") -> None:
        self.code = code
        self.message = message
        self.trace = trace


class Session:
    """One conversation: messages are fed to `take`, what is to be sent comes back.

    `ready` is whether the handshake is over, `exit_code` what the plugin answered with, `failure`
    the error that it answered with instead; `answered` whether it did either.
    """

    def __init__(
        self,
        plugin: str,
        granted: Mapping[str, list[str]],
        command: Mapping[str, object],
        cookie: str,
    ) -> None:
        self.ready = False
        self.answered = False
        self.exit_code = 0
        self.failure: Failure | None = None
        self._cookie = cookie
        self._hello = {
            "protocol": VERSION,
            "cookie": cookie,
            "plugin": plugin,
            "granted": granted,
        }
        self._command = command
        self._waiting = {INITIALIZE, RUN}
        self._open: set[int] = set()

    def start(self) -> tuple[Message, ...]:
        """Return the messages that begin the conversation."""
        return (
            {"id": INITIALIZE, "method": "initialize", "params": self._hello},
            {"id": RUN, "method": "command/run", "params": self._command},
        )

    def take(self, message: Message) -> Call | Message | None:
        """Take one message; return what is to be carried out, or what is to be sent, or None.

        Raises:
            Breach: the plugin must be ended.
        """
        if "method" not in message:
            self._take_answer(message)
            return None
        if not self.ready:
            raise Breach("it sent something before it answered the handshake")
        method, params = message["method"], message.get("params", {})
        if not isinstance(method, str) or not isinstance(params, dict):
            raise Breach("it sent a line that is no JSON-RPC 2.0")
        if "id" in message:
            return self._take_request(method, params, message["id"])
        if not is_known(method, is_request=False):
            return None
        self._check(method, params, is_request=False)
        return Call(method, params, 0)

    def answer(self, call: Call, result: Mapping[str, object]) -> Message:
        """Return the answer to a call."""
        self._open.discard(call.ident)
        return {"id": call.ident, "result": result}

    def refuse(self, call: Call, code: int, message: str) -> Message:
        """Return the error that answers a call."""
        self._open.discard(call.ident)
        return {"id": call.ident, "error": {"code": code, "message": message}}

    def cancel(self) -> Message:
        return {"method": "$/cancel", "params": {}}

    def _take_request(
        self, method: str, params: Mapping[str, object], ident: object
    ) -> Call | Message | None:
        if not is_integer(ident, 1):
            raise Breach("it sent a request whose id is no integer from 1")
        assert isinstance(ident, int)
        if ident in self._open:
            raise Breach("it sent two requests with one id")
        if len(self._open) == MOST_OPEN:
            raise Breach(f"it asked for more than {MOST_OPEN} things at once")
        is_one_of_ours = is_known(method, is_request=True)
        if is_one_of_ours:
            self._check(method, params, is_request=True)
        if self.answered:
            return None
        call = Call(method, params, ident)
        if is_one_of_ours:
            self._open.add(ident)
            return call
        return self.refuse(call, NOT_FOUND, "there is no such method")

    def _check(
        self, method: str, params: Mapping[str, object], *, is_request: bool
    ) -> None:
        if not fits(method, params, is_request=is_request):
            raise Breach(f"the params of its {method} are of another shape")

    def _take_answer(self, message: Message) -> None:
        ident = message.get("id")
        if ("result" in message) == ("error" in message):
            raise Breach("it sent a line that is no JSON-RPC 2.0")
        if not is_integer(ident, INITIALIZE, RUN):
            raise Breach("it answered what was not asked")
        assert isinstance(ident, int)
        if ident not in self._waiting:
            raise Breach("it answered twice")
        if ident == RUN and not self.ready:
            raise Breach("it sent something before it answered the handshake")
        self._waiting.discard(ident)
        if "error" in message:
            self.failure = _failure(message["error"])
            self.answered = True
            self._waiting.discard(RUN)
        elif ident == INITIALIZE:
            self._begin(message["result"])
        else:
            self._end(message["result"])

    def _begin(self, result: object) -> None:
        if not isinstance(result, dict) or not isinstance(result.get("sdk"), str):
            raise Breach("its answer to the handshake is of another shape")
        if result.get("cookie") != self._cookie:
            raise Breach("it answered the handshake with another cookie")
        version = result.get("protocol")
        if not is_integer(version, VERSION, VERSION):
            raise Breach("it speaks another version of the protocol")
        self.ready = True

    def _end(self, result: object) -> None:
        if not isinstance(result, dict) or not is_integer(
            result.get("exit_code"), 0, 255
        ):
            raise Breach("its answer is of another shape")
        self.exit_code = result["exit_code"]
        self.answered = True
        self._open.clear()


def _failure(error: object) -> Failure:
    if not isinstance(error, dict):
        raise Breach("its answer is of another shape")
    code, message, data = error.get("code"), error.get("message"), error.get("data")
    if not isinstance(message, str) or not is_integer(code, _LEAST_CODE, -_LEAST_CODE):
        raise Breach("its answer is of another shape")
    assert isinstance(code, int)
    trace = data.get("trace") if isinstance(data, dict) else None
    return Failure(code, message, trace if isinstance(trace, str) else "")
