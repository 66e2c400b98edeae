"""What a plugin in Python imports: hooks are functions, and `run()` stands at the end.

    from goobits_plugin.sdk import run, ui


    def on_hello(name, *, loud=False, **kwargs):
        if ui.confirm(f"Greet {name}?", default=True):
            print(f"Hello, {name}{'!' if loud else '.'}")


    run()

While a hook runs, everything here may be called, from any thread.

HostError                             the host answered with an error
├── NobodyToAskError (EOFError)       there is no terminal to ask at
└── NotGrantedError (PermissionError) the plugin may not ask for this
"""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock, get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
    from typing import Any, NoReturn, Self, TypeVar

    from goobits_plugin._sdk_types import Metrics, Process

    Item = TypeVar("Item")
    Message = Mapping[str, Any]

_SDK = "python/0.1.0"
_LONGEST, _LONGEST_TEXT = 1 << 20, 1 << 15
_INTERVAL = 1 / 30  # of a bar's steps, in seconds
_BY_HAND = """\
this is a goobits plugin: it is run by the programs that it is installed for
try it with: goobits plugin try FOLDER COMMAND
"""


class HostError(Exception):
    """The host answered with an error; `code` is that of the protocol."""

    code = -32603


class NobodyToAskError(HostError, EOFError):
    """There is nobody to ask: stdin or stderr is no terminal."""

    code = -32001


class NotGrantedError(HostError, PermissionError):
    """The plugin may not ask for this."""

    code = -32003


class Context:
    """What a run is told: `cwd` is the user's folder, `granted` the permissions by kind.

    `tty` says of "stdin", "stdout" and "stderr" whether the user's ends are terminals.
    """

    def __init__(self, hello: Message, run: Message) -> None:
        self.plugin: str = hello.get("plugin", "")
        self.granted: dict[str, list[str]] = hello.get("granted", {})
        self.command: str = run["command"]
        self.cwd: str = run.get("cwd", ".")
        self.tty: dict[str, bool] = run.get("tty", {})
        self.colour: bool = run.get("colour", False)
        self.verbosity: int = run.get("verbosity", 0)


class _Host:
    """The other end of the socket; one line is written, and one request made, at a time."""

    def __init__(self, fd: int, cancelled: Callable[[], object] | None) -> None:
        from json import JSONEncoder, loads

        self._encode = JSONEncoder(
            ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).encode
        self._decode = loads
        self._fd, self._rest = fd, bytearray()
        self._asking, self._writing, self._asked = allocate_lock(), allocate_lock(), 0
        self._main, self._is_busy, self._is_late = get_ident(), False, False
        self._cancelled, self._is_cancelled = cancelled, False
        self._hello: Message | None = None
        self.context: Context | None = None

    def send(self, **message: object) -> None:
        """Write a message.

        Raises:
            ValueError: it is too long for a line, or holds what JSON does not.
            TypeError: so it does.
        """
        text = self._encode({"jsonrpc": "2.0", **message})
        try:
            line = text.encode() + b"\n"
        except UnicodeEncodeError:  # halves of characters, as names of files may hold
            whole = text.encode("utf-16-le", "surrogatepass")
            line = whole.decode("utf-16-le", "replace").encode() + b"\n"
        if len(line) > _LONGEST:
            raise ValueError(f"a message of {len(line)} bytes is over {_LONGEST}")
        is_main = get_ident() == self._main
        self._is_busy = self._is_busy or is_main
        try:
            with self._writing:
                while line:
                    line = line[os.write(self._fd, line) :]
        finally:
            self._is_busy = self._is_busy and not is_main
        if is_main and self._is_late:
            self.cancel()

    def refuse(self, id: object, code: int, message: str) -> None:
        self.send(id=id, error={"code": code, "message": message})

    def ask(self, method: str, params: Message) -> Any:
        """Send a request and return its result; an interrupt is a KeyboardInterrupt."""
        with self._asking:
            self._asked += 1
            self.send(id=self._asked, method=method, params=params)
            while (answer := self.receive()).get("id") != self._asked:
                pass
        if "error" not in answer:
            return answer["result"]
        code = answer["error"]["code"]
        if code == -32002:
            raise KeyboardInterrupt
        kinds = {kind.code: kind for kind in (NobodyToAskError, NotGrantedError)}
        error = kinds.get(code, HostError)(answer["error"]["message"])
        error.code = code
        raise error

    def receive(self) -> Message:
        """Return the next answer or the request to run a command; see to all else."""
        while True:
            try:
                message = self._decode(self._line().decode())
            except ValueError:
                self.refuse(None, -32700, "a line is no JSON")
                continue
            if not isinstance(message, dict):
                message = {}
            id, method = message.get("id"), message.get("method")
            if message.get("jsonrpc") != "2.0":
                self.refuse(id, -32600, "a message is no JSON-RPC 2.0")
            elif "method" not in message and (
                "result" in message or "error" in message
            ):
                return message
            elif not isinstance(method, str):
                self.refuse(id, -32600, "a message has no method")
            elif method == "$/cancel":
                self.cancel()
            elif "id" in message and self._begins(id, method, message.get("params")):
                return message

    def _begins(self, id: object, method: str, params: Any) -> bool:
        """Tell whether a request begins a command; answer any other."""
        told = params if isinstance(params, dict) else {}
        is_first = self._hello is None
        if method not in ("initialize", "command/run"):
            self.refuse(id, -32601, f"there is no method '{method}'")
        elif self.context or is_first != (method == "initialize"):
            self.refuse(id, -32600, f"{method} comes at another time")
        elif is_first and told.get("protocol") == 1 and "cookie" in told:
            self._hello = told
            answer = {"protocol": 1, "cookie": told["cookie"], "sdk": _SDK}
            self.send(id=id, result=answer)
        elif not is_first and "command" in told and type(told.get("arguments")) is dict:
            self.context = Context(self._hello or {}, told)
            return True
        else:
            self.refuse(id, -32602, f"{method} needs other params")
        return False

    def _line(self) -> bytearray:
        seen = 0
        while (end := self._rest.find(b"\n", seen)) < 0:
            seen = len(self._rest)
            chunk = os.read(self._fd, 65536)
            if not chunk:
                raise EOFError("the host is gone")
            self._rest += chunk
        line, self._rest = self._rest[:end], self._rest[end + 1 :]
        return line

    def cancel(self, *_: object) -> None:
        """End the hook, once, in the main thread, and never in the middle of a line."""
        self._is_late = self._is_busy
        if self._is_late or self._is_cancelled or get_ident() != self._main:
            return
        self._is_cancelled = True
        if not self._cancelled:
            raise KeyboardInterrupt
        self._cancelled()

    def settle(self) -> None:
        """Have nothing interrupt what follows."""
        self._is_cancelled = True


_host: _Host | None = None


def _running() -> _Host:
    if _host is None:
        raise RuntimeError("nothing can be said to the host before a hook runs")
    return _host


def _ask(method: str, **params: object) -> Any:
    if params:  # a person is asked, and sees what was printed before
        _flush()
    return _running().ask(method, params)


def _notify(method: str, **params: object) -> None:
    _running().send(method=method, params=params)


def context() -> Context:
    """Return what the run of this hook was told."""
    told = _running().context
    assert told is not None
    return told


class ui:  # noqa: N801 - a name to call functions by, without a module of its own
    """What the user sees and is asked. A question raises NobodyToAskError without a terminal."""

    @staticmethod
    def prompt(message: str, default: str | None = None) -> str:
        return str(_ask("ui/prompt", message=message, default=default)["value"])

    @staticmethod
    def confirm(message: str, default: bool = False) -> bool:
        return bool(_ask("ui/confirm", message=message, default=default)["value"])

    @staticmethod
    def secret(message: str) -> str:
        return str(_ask("ui/secret", message=message)["value"])

    @staticmethod
    def frame(lines: Iterable[str]) -> None:
        """Show lines in place of those of the frame before."""
        texts = lines.split("\n") if isinstance(lines, str) else list(lines)
        _notify("ui/frame", lines=texts)


class system:  # noqa: N801
    """What the host knows of the machine; NotGrantedError without the permission."""

    @staticmethod
    def processes() -> list[Process]:
        found: list[Process] = _ask("system/processes")["processes"]
        return found

    @staticmethod
    def metrics() -> Metrics:
        found: Metrics = _ask("system/metrics")
        return found


def _level(level: str) -> Callable[[str], None]:
    return lambda message: _notify("$/log", level=level, message=message)


class log:  # noqa: N801
    """Lines on stderr; those of `debug` and `info` with --verbose only."""

    debug, info = staticmethod(_level("debug")), staticmethod(_level("info"))
    warning, error = staticmethod(_level("warning")), staticmethod(_level("error"))


class progress:  # noqa: N801
    """A bar on the user's terminal, from `with` to its end; `total` None is not known."""

    _tokens = 0

    def __init__(self, message: str, total: float | None = None) -> None:
        progress._tokens += 1
        self._token, self._message, self.total = progress._tokens, message, total
        self.done: float = 0
        self._shown = 0.0

    def __enter__(self) -> Self:
        self.update(0)
        return self

    def __exit__(self, *_: object) -> None:
        self._send(None)

    def advance(self, by: float = 1) -> None:
        self.update(self.done + by)

    def update(self, done: float, message: str | None = None) -> None:
        """Say how much is done: every 1/30 s at most, but the end and another message always."""
        from time import monotonic

        self.done, now = done, monotonic()
        is_new = message or done == self.total
        if is_new or now - self._shown >= _INTERVAL:
            self._message, self._shown = message or self._message, now
            self._send(done)

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, a step of the bar each."""
        if self.total is None:
            count: Callable[[], int] = getattr(items, "__len__", int)
            self.total = count() or None
        with self:
            for item in items:
                yield item
                self.advance()

    def _send(self, done: float | None) -> None:
        said = {"token": self._token, "message": self._message, "done": done}
        _notify("$/progress", **said, total=self.total)


def run(*, cancelled: Callable[[], object] | None = None) -> NoReturn:
    """Answer the host with the hooks of the module that calls this, and end the process.

    What stops the run (Ctrl-C, a time limit) raises KeyboardInterrupt in the hook, or calls
    `cancelled`, which sends nothing; two seconds later everything is killed.
    """
    global _host
    fd = os.environ.pop("GOOBITS_RPC_FD", "")
    try:
        os.set_inheritable(int(fd), False)
    except (ValueError, OverflowError, OSError):
        sys.stderr.write(_BY_HAND)
        sys.exit(2)
    from signal import SIGTERM, signal

    host = _Host(int(fd), cancelled)
    try:
        signal(SIGTERM, host.cancel)
        while "method" not in (request := host.receive()):
            pass
        _host = host
        code = _answer(host, request, sys._getframe(1).f_globals)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        code = 1  # the host is gone
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


def _answer(host: _Host, request: Message, hooks: Message) -> int:
    """Run the hook of a command, answer the host, and return the exit code."""
    command, id = request["params"]["command"], request["id"]
    name = "on_" + command.replace("-", "_").replace(" ", "_")
    hook = hooks.get(name)
    if not callable(hook):
        host.refuse(id, -32601, f"there is no hook {name} for the command '{command}'")
        return 1
    try:
        try:
            result = _called(hook, command, request["params"]["arguments"])
        finally:
            host.settle()
            _flush()
        code, data = (result, None) if type(result) is int else (0, result)
        code = code if 0 <= code <= 255 else 1
        host.send(id=id, result={"exit_code": code, "data": data})
        return code
    except KeyboardInterrupt:
        code = 130
    except BaseException as error:  # noqa: BLE001 - the user is told
        if not (isinstance(error, BrokenPipeError) and _nobody_reads()):
            return _failed(host, id, error)
        code = 141
    host.send(id=id, result={"exit_code": code, "data": None})
    return code


def _called(hook: Callable[..., object], command: str, arguments: Message) -> Any:
    from keyword import iskeyword

    told = _running().context
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            live = stream is sys.stderr or bool(told and told.tty.get("stdout"))
            stream.reconfigure(encoding="utf-8", line_buffering=live)
    values = {f"{key}_" if iskeyword(key) else key: arguments[key] for key in arguments}
    try:
        result = hook(**values, command_name=command)
        if hasattr(result, "__await__"):
            from asyncio import run

            result = run(_awaited(result))
    except SystemExit as stop:
        if isinstance(stop.code, str):
            sys.stderr.write(f"{stop.code}\n")
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return result


async def _awaited(result: Awaitable[object]) -> object:
    return await result


def _failed(host: _Host, id: object, error: BaseException) -> int:
    from traceback import TracebackException

    frame = error.__traceback__
    while frame and frame.tb_frame.f_code.co_filename == __file__:
        frame = frame.tb_next
    told = TracebackException(type(error), error, frame)
    trace = "".join(told.format())[-_LONGEST_TEXT:]
    text = str(told)[:_LONGEST_TEXT] or type(error).__name__
    data = {"trace": trace}
    host.send(id=id, error={"code": -32000, "message": text, "data": data})
    return 1


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream and not stream.closed:
            stream.flush()


def _nobody_reads() -> bool:
    """Tell whether stdout's reader is gone; what is left for it is dropped."""
    from select import POLLERR, poll

    ends = poll()
    ends.register(1, 0)
    is_gone = any(event & POLLERR for _, event in ends.poll(0))
    if is_gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return is_gone
