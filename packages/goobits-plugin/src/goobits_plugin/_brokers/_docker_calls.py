"""Which requests reach the Docker Engine, and how each is written anew for it.

What is not in the table is refused: above all exec, attach, archive, commit, volumes, networks,
plugins, swarm, secrets and sessions. Of a query each name that is not in the table is refused, too.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from goobits_plugin._brokers import _docker_container
from goobits_plugin._brokers._http import DeniedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_plugin._brokers._http import Request

    Check = re.Pattern[str] | Callable[[str], bool]

HOST = "docker"
MOST_CONTEXT = 512 << 20
_OLDEST = 24
_VERSION = re.compile(r"v1\.([0-9]{1,3})")
_ID = "[A-Za-z0-9][A-Za-z0-9_.-]{0,127}"
_IMAGE = _docker_container.REFERENCE.pattern

_FLAG = re.compile("0|1|true|false|True|False")
_COUNT = re.compile("-?[0-9]{1,9}")
_TIME = re.compile("[0-9.]{1,30}")
_WORD = re.compile("[A-Za-z0-9_.+-]{0,128}")
_PLATFORM = re.compile("[a-z0-9_./-]{0,64}")
_REFERENCE = re.compile(_IMAGE)
_NETWORK = re.compile("bridge|default|none|")
_FILE = re.compile("(?!/)[A-Za-z0-9_./ -]{1,255}")


def _is_object(value: str) -> bool:
    return isinstance(_docker_container.strict_json(value), dict)


def _is_inside(path: str) -> bool:
    """Tell whether a path stays in the folder that it starts in."""
    return bool(_FILE.fullmatch(path)) and ".." not in path.split("/")


_Query = dict[str, "Check"]
_LIST: _Query = {"all": _FLAG, "filters": _is_object}
_STOP: _Query = {"t": _COUNT, "signal": _WORD}
_LOGS: _Query = {
    **dict.fromkeys(("follow", "stdout", "stderr", "timestamps", "details"), _FLAG),
    "since": _TIME,
    "until": _TIME,
    "tail": re.compile("all|[0-9]{1,9}"),
}
_BUILD: _Query = {
    **dict.fromkeys(("q", "nocache", "pull", "rm", "forcerm"), _FLAG),
    "buildargs": _is_object,
    "dockerfile": _is_inside,
    "labels": _is_object,
    "networkmode": _NETWORK,
    "platform": _PLATFORM,
    "t": _REFERENCE,
    "target": _WORD,
    "version": re.compile("1"),
}
_PULL: _Query = {"fromImage": _REFERENCE, "tag": _WORD, "platform": _PLATFORM}
# A method, a path, what its query may say, and what its body holds.
_CALLS: tuple[tuple[str, str, _Query, str], ...] = (
    ("GET", "_ping", {}, ""),
    ("GET", "version", {}, ""),
    ("GET", "info", {}, ""),
    ("GET", "system/df", {"type": _WORD}, ""),
    ("GET", "containers/json", {**_LIST, "limit": _COUNT, "size": _FLAG}, ""),
    ("GET", f"containers/{_ID}/json", {"size": _FLAG}, ""),
    ("GET", f"containers/{_ID}/logs", _LOGS, ""),
    ("GET", f"containers/{_ID}/stats", {"stream": _FLAG, "one-shot": _FLAG}, ""),
    ("GET", "images/json", {**_LIST, "digests": _FLAG, "shared-size": _FLAG}, ""),
    ("GET", f"images/{_IMAGE}/json", {}, ""),
    ("POST", "containers/create", {"name": _WORD, "platform": _PLATFORM}, "container"),
    ("POST", "containers/prune", {"filters": _is_object}, ""),
    ("POST", f"containers/{_ID}/start", {}, ""),
    ("POST", f"containers/{_ID}/stop", _STOP, ""),
    ("POST", f"containers/{_ID}/restart", _STOP, ""),
    ("POST", f"containers/{_ID}/kill", {"signal": _WORD}, ""),
    ("POST", f"containers/{_ID}/wait", {"condition": _WORD}, ""),
    ("DELETE", f"containers/{_ID}", {"v": _FLAG, "force": _FLAG}, ""),
    ("DELETE", f"images/{_IMAGE}", {"force": _FLAG, "noprune": _FLAG}, ""),
    ("POST", "images/create", _PULL, ""),
    ("POST", "images/prune", {"filters": _is_object}, ""),
    ("POST", "build", _BUILD, "context"),
)


class Call:
    """A request that may pass: its first line's `target`, and the `kind` of its body.

    `kind` is "container" for a container's configuration, "context" for the archive of a build, and
    "" for none.
    """

    __slots__ = ("kind", "method", "target")

    def __init__(self, method: str, target: str, kind: str) -> None:
        self.method = method
        self.target = target
        self.kind = kind

    def head(self, length: int) -> bytes:
        """Return the head that the Engine gets; `length` is the body's, -1 for chunks."""
        lines = [f"{self.method} {self.target} HTTP/1.1", f"Host: {HOST}"]
        # A form's body would be read as a part of the query.
        if self.kind == "container":
            lines.append("Content-Type: application/json")
        if self.kind == "context":
            lines.append("Content-Type: application/x-tar")
        if length < 0:
            lines.append("Transfer-Encoding: chunked")
        elif self.method == "POST":
            lines.append(f"Content-Length: {length}")
        return "\r\n".join((*lines, "Connection: close", "", "")).encode()


def judge(request: Request) -> Call:
    """Return what a request becomes.

    Raises:
        DeniedError: no plugin may ask that.
    """
    parts = request.parts
    version = _VERSION.fullmatch(parts[0])
    if version and int(version[1]) < _OLDEST:
        raise DeniedError(400, f"versions before v1.{_OLDEST} are not spoken")
    path = "/".join(parts[1:] if version else parts)
    for method, pattern, query, kind in _CALLS:
        if method == request.method and re.fullmatch(pattern, path):
            _check_query(request.query, query)
            return Call(method, _target(parts, request.query), kind)
    raise DeniedError(403, f"{request.method} /{path[:200]} is not allowed")


def _check_query(said: dict[str, str], allowed: _Query) -> None:
    for name, value in said.items():
        check = allowed.get(name)
        if check is None:
            raise DeniedError(403, f"{name[:100]} is not allowed in this query")
        is_good = check(value) if callable(check) else check.fullmatch(value)
        if not is_good:
            raise DeniedError(403, f"{name} may not be {value[:100]!r}")


def _target(parts: tuple[str, ...], query: dict[str, str]) -> str:
    said = urlencode(query, quote_via=quote, safe="")
    path = "/".join(quote(part, safe=":@") for part in parts)
    return f"/{path}?{said}" if said else f"/{path}"
