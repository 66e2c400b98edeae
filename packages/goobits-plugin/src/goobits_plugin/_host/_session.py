"""The wire protocol (docs/plugin-protocol.md) as the host sees it: a state machine without I/O.

Messages go in, and what is to be done comes out. A plugin that says what the protocol does not know
is not asked again: whoever drives the session ends it.
"""

from __future__ import annotations

from goobits_plugin._errors import PluginFailedError, ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_plugin._record import Json

PROTOCOL = 1
OPEN = 16
"""How many requests of a plugin may be unanswered."""
HELLO, RUN = 1, 2
REFUSED = -32003
_UNKNOWN = -32601
_NUMBER = (int, float)
_MOST = 2**53 - 1
_LEVELS = ("debug", "info", "warning", "error")
_SYSTEM = ("system/processes", "system/metrics")


class Notice:
    """A notification: `method` and its parameters, which have the right shape."""

    __slots__ = ("method", "params")

    def __init__(self, method: str, params: dict[str, object]) -> None:
        self.method = method
        self.params = params


class Request(Notice):
    """A request that is to be answered by `number`."""

    __slots__ = ("number",)

    def __init__(self, method: str, params: dict[str, object], number: int) -> None:
        super().__init__(method, params)
        self.number = number


class HookError(PluginFailedError):
    """What a hook failed with; `trace` is that of its language."""

    def __init__(self, message: str, trace: str) -> None:
        super().__init__(message)
        self.trace = trace


class Session:
    """One run of one command. `exit_code` is the plugin's answer, None until it has come."""

    def __init__(self, plugin: str, granted: dict[str, list[str]], cookie: str) -> None:
        self.exit_code: int | None = None
        self.failure: HookError | None = None
        self.is_greeted = False
        self._plugin = plugin
        self._granted = granted
        self._cookie = cookie
        self._open: set[int] = set()

    @property
    def is_answered(self) -> bool:
        return self.exit_code is not None or self.failure is not None

    def opening(self, command: dict[str, Json]) -> list[dict[str, Json]]:
        """Return the two requests of a run; `command` are the parameters of the second."""
        hello: dict[str, Json] = {
            "protocol": PROTOCOL,
            "cookie": self._cookie,
            "plugin": self._plugin,
            "granted": {name: list(items) for name, items in self._granted.items()},
        }
        return [
            {"id": HELLO, "method": "initialize", "params": hello},
            {"id": RUN, "method": "command/run", "params": command},
        ]

    def take(self, message: dict[str, object]) -> Notice | None:
        """Take one message; return what is to be done about it, if anything is.

        Raises:
            ProtocolError: the protocol knows no such message, here and now.
        """
        if message.get("jsonrpc") != "2.0":
            raise ProtocolError("it sent what is no JSON-RPC 2.0")
        if "method" not in message:
            self._answered(message)
            return None
        if not self.is_greeted:
            raise ProtocolError("it spoke before it had answered the handshake")
        if self.is_answered:
            raise ProtocolError("it went on after its answer")
        return self._asked(message)

    def answer(self, request: Request, result: Json) -> dict[str, Json]:
        """Return the answer to a request, which is no longer open."""
        self._open.discard(request.number)
        return {"id": request.number, "result": result}

    def refuse(self, request: Request, code: int, why: str) -> dict[str, Json]:
        """Return an error for a request, which is no longer open."""
        self._open.discard(request.number)
        return {"id": request.number, "error": {"code": code, "message": why}}

    def refusal(self, request: Request) -> tuple[int, str] | None:
        """Return why a request is not to be answered: an error's code and message."""
        kind, _, name = request.method.partition("/")
        if kind == "system" and request.method in _SYSTEM:
            if name in self._granted["system"]:
                return None
            return REFUSED, f"the plugin was not granted system '{name}'"
        if request.method in _QUESTIONS:
            return None
        return _UNKNOWN, f"there is no method {request.method[:80]!r}"

    def _answered(self, message: dict[str, object]) -> None:
        number = message.get("id")
        if not self.is_greeted and number == HELLO:
            self._greeted(message)
        elif number == RUN and self.is_greeted:
            self._ended(message)
        elif number in (HELLO, RUN):
            raise ProtocolError("it answered what it was not asked yet, or twice")
        else:
            raise ProtocolError("it answered what it was not asked")

    def _greeted(self, message: dict[str, object]) -> None:
        result = message.get("result")
        if not isinstance(result, dict) or not isinstance(result.get("sdk"), str):
            raise ProtocolError("its answer to the handshake has another shape")
        if result.get("cookie") != self._cookie:
            raise ProtocolError("it answered another handshake")
        if not _is(result.get("protocol"), int) or result["protocol"] != PROTOCOL:
            raise ProtocolError(f"it speaks another version than {PROTOCOL}")
        self.is_greeted = True

    def _ended(self, message: dict[str, object]) -> None:
        if self.is_answered:
            raise ProtocolError("it answered twice")
        result, error = message.get("result"), message.get("error")
        if isinstance(result, dict) and error is None:
            code = result.get("exit_code")
            if not _is(code, int) or not isinstance(code, int) or not 0 <= code <= 255:
                raise ProtocolError("its exit code is no number from 0 to 255")
            self.exit_code = code
            return
        if not isinstance(error, dict) or "result" in message:
            raise ProtocolError("its answer is neither a result nor an error")
        text, data = error.get("message"), error.get("data")
        if not isinstance(text, str) or not _is(error.get("code"), int):
            raise ProtocolError("its error has another shape")
        trace = data.get("trace") if isinstance(data, dict) else ""
        self.failure = HookError(text, trace if isinstance(trace, str) else "")

    def _asked(self, message: dict[str, object]) -> Notice | None:
        method, params = message["method"], message.get("params", {})
        if not isinstance(method, str) or not isinstance(params, dict):
            raise ProtocolError("it sent a request that has another shape")
        shape = _SHAPES.get(method)
        if shape is not None and not all(
            fits(params.get(name)) for name, fits in shape.items()
        ):
            raise ProtocolError(f"its {method} has another shape")
        if "id" not in message:
            return Notice(method, params) if method in _NOTICES else None
        number = message["id"]
        if not _is(number, int) or not isinstance(number, int) or number < 1:
            raise ProtocolError("a request of it has no number from 1")
        if number in self._open:
            raise ProtocolError("two open requests of it have one number")
        self._open.add(number)
        if len(self._open) > OPEN:
            raise ProtocolError(f"it asked for more than {OPEN} things at once")
        return Request(method, params, number)


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    """Tell whether a value is of a kind; a boolean is no number."""
    return isinstance(value, kind) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_amount(value: object) -> bool:
    if value is None:
        return True
    return _is(value, _NUMBER) and 0 <= value <= _MOST  # type: ignore[operator]


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


_QUESTIONS = ("ui/prompt", "ui/confirm", "ui/secret")
_NOTICES = ("$/progress", "$/log", "ui/frame")
_SHAPES: dict[str, dict[str, Callable[[object], bool]]] = {
    "$/progress": {
        "token": lambda value: _is(value, (int, str)),
        "message": _is_text,
        "done": _is_amount,
        "total": _is_amount,
    },
    "$/log": {"level": lambda value: value in _LEVELS, "message": _is_text},
    "ui/frame": {"lines": _is_lines},
    "ui/prompt": {
        "message": _is_text,
        "default": lambda value: value is None or isinstance(value, str),
    },
    "ui/confirm": {
        "message": _is_text,
        "default": lambda value: isinstance(value, bool),
    },
    "ui/secret": {"message": _is_text},
}
