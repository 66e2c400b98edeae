"""The body of a request that creates a container: parsed strictly, and written anew.

Only fields that are known here are sent on, spelled as they are known, since the Engine takes
other spellings for them too (any case, the long s, the Kelvin sign). A field that is not allowed
and says nothing (null, false, 0, "", [], {}) is left out; any other is refused. A container gets no
file, namespace, device, capability or name of the host, and its ports are published on the
loopback alone. Its network is the Engine's own: who may create containers reaches the Internet.
"""

from __future__ import annotations

import json
import re

from goobits_plugin._brokers._http import DeniedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_plugin._record import Json

    Rule = Callable[[Json], Json]

MOST_BYTES = 256 * 1024
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/-]{0,400}")
_PORT = re.compile(r"[0-9]{1,5}(/(tcp|udp))?")
_SIGNAL = re.compile(r"[A-Z0-9+-]{1,20}")
_LOOPBACK = "127.0.0.1"


def rebuilt(data: bytes) -> bytes:
    """Return the body that is sent on.

    Raises:
        DeniedError: it is no such body, or asks for what no plugin gets.
    """
    found = _object("", _CONTAINER)(strict_json(data))
    assert isinstance(found, dict)
    host = found.get("HostConfig") or {}
    assert isinstance(host, dict)
    if "Image" not in found:
        raise DeniedError(400, "the body names no image")
    # What the Engine takes for an absent one depends on the version of the API that is asked.
    private = {name: host.get(name) or "private" for name in _NAMESPACES}
    found["HostConfig"] = host | private
    return json.dumps(found).encode()


def strict_json(data: bytes | str) -> Json:
    """Return what a text of JSON says, if it says nothing twice.

    Raises:
        DeniedError: it is none, or does.
    """
    try:
        text = data.decode() if isinstance(data, bytes) else data
        found: Json = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_constant
        )
    except (ValueError, RecursionError):
        raise DeniedError(400, "the body is no strict JSON") from None
    return found


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DeniedError(400, "the body says a name twice")
    return found


def _constant(text: str) -> Json:
    raise ValueError(text)


def _object(name: str, rules: dict[str, Rule]) -> Rule:
    """Return a rule for objects that have these fields, each by its own rule."""

    def check(value: Json) -> Json:
        if not isinstance(value, dict):
            raise DeniedError(400, f"{name or 'the body'} is no object")
        found: dict[str, Json] = {}
        for key, item in value.items():
            place = f"{name}.{key}" if name else key
            if key in rules:
                if item is not None:
                    found[key] = _checked(place, rules[key], item)
            elif item or (item == [] and key in _UNMASKING):
                raise DeniedError(403, f"{place[:100]} is not allowed")
        return found

    return check


def _checked(place: str, rule: Rule, value: Json) -> Json:
    try:
        return rule(value)
    except ValueError:
        is_short = isinstance(value, str | int | float)
        shown = json.dumps(value)[:80] if is_short else "what it is"
        raise DeniedError(403, f"{place} may not be {shown}") from None


def _of(kind: type) -> Rule:
    """Return a rule for values of exactly this type."""

    def check(value: Json) -> Json:
        if type(value) is not kind:
            raise ValueError
        return value

    return check


def _from(least: int) -> Rule:
    """Return a rule for whole numbers that are not below one, and fit 64 bits."""

    def check(value: Json) -> Json:
        if type(value) is not int or not least <= value < 1 << 63:
            raise ValueError
        return value

    return check


def _one_of(*values: str) -> Rule:
    def check(value: Json) -> Json:
        if not isinstance(value, str) or value not in values:
            raise ValueError
        return value

    return check


def _matching(pattern: re.Pattern[str]) -> Rule:
    def check(value: Json) -> Json:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError
        return value

    return check


def _texts(value: Json) -> Json:
    if not isinstance(value, list) or any(type(one) is not str for one in value):
        raise ValueError
    return value


def _words(value: Json) -> Json:
    return value if isinstance(value, str) else _texts(value)


def _labels(value: Json) -> Json:
    if not isinstance(value, dict):
        raise ValueError
    _texts(list(value.values()))
    return value


def _ports(value: Json) -> Json:
    """Check which ports a container listens on."""
    if not isinstance(value, dict) or any(value.values()):
        raise ValueError
    return {_port(key): {} for key in value}


def _port(text: Json) -> str:
    if not isinstance(text, str) or not _PORT.fullmatch(text):
        raise ValueError
    return text


def _bindings(value: Json) -> Json:
    """Publish ports on the loopback, where the request names no address or that one."""
    if not isinstance(value, dict):
        raise ValueError
    rule = _object(
        "HostConfig.PortBindings",
        {"HostIp": _one_of("", _LOOPBACK, "::1"), "HostPort": _host_port},
    )
    found: dict[str, Json] = {}
    for key, bindings in value.items():
        if not isinstance(bindings, list):
            raise ValueError
        made: list[Json] = []
        for one in bindings:
            binding = rule(one)
            assert isinstance(binding, dict)
            made.append(binding | {"HostIp": binding.get("HostIp") or _LOOPBACK})
        found[_port(key)] = made
    return found


def _host_port(value: Json) -> Json:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{0,5}", value):
        raise ValueError
    return value


def _mounts(value: Json) -> Json:
    """Take memory for a mount; files and volumes of the host are none."""
    if not isinstance(value, list):
        raise ValueError
    rule = _object(
        "HostConfig.Mounts",
        {
            "Type": _one_of("tmpfs"),
            "Target": _of(str),
            "ReadOnly": _of(bool),
            "TmpfsOptions": _object("TmpfsOptions", {"SizeBytes": _from(1)}),
        },
    )
    found = [rule(one) for one in value]
    if any(not isinstance(one, dict) or "Type" not in one for one in found):
        raise ValueError
    return found


def _ulimits(value: Json) -> Json:
    """Take a limit of open files, of at most 65536."""
    if not isinstance(value, list):
        raise ValueError
    number = _from(0)
    rules = {"Name": _one_of("nofile"), "Soft": number, "Hard": number}
    found = [_object("HostConfig.Ulimits", rules)(one) for one in value]
    for one in found:
        assert isinstance(one, dict)
        if any(isinstance(item, int) and item > 65536 for item in one.values()):
            raise ValueError
    return found


_NAMESPACES = ("CgroupnsMode", "IpcMode")
# An empty list of these takes the Engine's protections away.
_UNMASKING = frozenset({"MaskedPaths", "ReadonlyPaths"})
_HOST: dict[str, Rule] = {
    "AutoRemove": _of(bool),
    "CapDrop": _texts,
    "CgroupnsMode": _one_of("", "private"),
    "CpuPeriod": _from(0),
    "CpuQuota": _from(0),
    "CpuShares": _from(0),
    "Init": _of(bool),
    "IpcMode": _one_of("", "none", "private"),
    "LogConfig": _object(
        "HostConfig.LogConfig",
        {
            "Type": _one_of("", "json-file", "none"),
            "Config": _object("Config", {"max-size": _of(str), "max-file": _of(str)}),
        },
    ),
    "Memory": _from(0),
    "MemoryReservation": _from(0),
    "MemorySwap": _from(-1),
    "Mounts": _mounts,
    "NanoCpus": _from(0),
    "NetworkMode": _one_of("", "bridge", "default", "none"),
    "PidsLimit": _from(-1),
    "PortBindings": _bindings,
    "ReadonlyRootfs": _of(bool),
    "RestartPolicy": _object(
        "HostConfig.RestartPolicy",
        {
            "Name": _one_of("", "no", "on-failure", "unless-stopped", "always"),
            "MaximumRetryCount": _from(0),
        },
    ),
    "ShmSize": _from(0),
    "Ulimits": _ulimits,
}
_CONTAINER: dict[str, Rule] = {
    "AttachStderr": _of(bool),
    "AttachStdin": _of(bool),
    "AttachStdout": _of(bool),
    "Cmd": _words,
    "Domainname": _of(str),
    "Entrypoint": _words,
    "Env": _texts,
    "ExposedPorts": _ports,
    "HostConfig": _object("HostConfig", _HOST),
    "Hostname": _of(str),
    "Image": _matching(REFERENCE),
    "Labels": _labels,
    "NetworkDisabled": _of(bool),
    "OpenStdin": _of(bool),
    "StdinOnce": _of(bool),
    "StopSignal": _matching(_SIGNAL),
    "StopTimeout": _from(0),
    "Tty": _of(bool),
    "User": _of(str),
    "WorkingDir": _of(str),
}
