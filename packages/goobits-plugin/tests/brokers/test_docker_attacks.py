"""What a plugin must not get of the Docker Engine, and each way of asking that was thought of.

Each is first sent to the Engine itself, where it arrives: that is the positive control.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., bytes]
Bare = Callable[..., None]

IMAGE = '"Image": "alpine"'


def create(body: str, query: str = "") -> bytes:
    data = body.encode()
    head = f"POST /v1.43/containers/create{query} HTTP/1.1\r\nHost: docker\r\n"
    fields = f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    return (head + fields).encode() + data


def granted(fields: str) -> str:
    return f'{{{IMAGE}, "HostConfig": {{{fields}}}}}'


# The field of the host's configuration that an Engine reads, and how it is asked for.
GRANTS = {
    "privileged": '"Privileged": true',
    "privileged, lower case": '"privileged": true',
    "privileged, mixed case": '"pRiViLeGeD": true',
    "privileged, escaped": '"\\u0050rivileged": true',
    "privileged, said twice": '"Privileged": false, "Privileged": true',
    "privileged, said in two cases": '"Privileged": false, "privileged": true',
    "binds": '"Binds": ["/:/host"]',
    "binds, lower case": '"binds": ["/:/host"]',
    "binds, upper case": '"BINDS": ["/:/host"]',
    "binds, escaped": '"B\\u0069nds": ["/:/host"]',
    "binds, said twice": '"Binds": [], "Binds": ["/:/host"]',
    "bind mount": '"Mounts": [{"Type": "bind", "Source": "/", "Target": "/host"}]',
    "mount, type in capitals": '"Mounts": [{"Type": "BIND", "Source": "/", "Target": "/h"}]',
    "mount, type in two cases": (
        '"Mounts": [{"Type": "tmpfs", "type": "bind", "Source": "/", "Target": "/h"}]'
    ),
    "mount, type said twice": (
        '"Mounts": [{"Type": "tmpfs", "Type": "bind", "Target": "/h", "Source": "/"}]'
    ),
    "mount without a type": '"Mounts": [{"Target": "/host"}]',
    "source of a mount of memory": (
        '"Mounts": [{"Type": "tmpfs", "Source": "/", "Target": "/host"}]'
    ),
    "volume that is a bind": (
        '"Mounts": [{"Type": "volume", "Target": "/h", "VolumeOptions": {"DriverConfig": '
        '{"Name": "local", "Options": {"type": "none", "o": "bind", "device": "/"}}}}]'
    ),
    "options of a mount of memory": (
        '"Mounts": [{"Type": "tmpfs", "Target": "/h", "TmpfsOptions": {"Mode": 511}}]'
    ),
    "network of the host": '"NetworkMode": "host"',
    "network of the host, capital": '"NetworkMode": "Host"',
    "network of a container": '"NetworkMode": "container:web"',
    "network of a name": '"NetworkMode": "mine"',
    "processes of the host": '"PidMode": "host"',
    "processes of a container": '"PidMode": "container:web"',
    "memory of the host": '"IpcMode": "host"',
    "memory that is shared": '"IpcMode": "shareable"',
    "name of the host": '"UTSMode": "host"',
    "users of the host": '"UsernsMode": "host"',
    "control groups of the host": '"CgroupnsMode": "host"',
    "cgroup of a container": '"Cgroup": "container:web"',
    "parent of its control group": '"CgroupParent": "/"',
    "devices": '"Devices": [{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda"}]',
    "rules of devices": '"DeviceCgroupRules": ["a *:* rwm"]',
    "requests for devices": '"DeviceRequests": [{"Count": -1}]',
    "capabilities": '"CapAdd": ["ALL"]',
    "capabilities by their old name": '"Capabilities": ["ALL"]',
    "security options": '"SecurityOpt": ["seccomp=unconfined"]',
    "volumes of a container": '"VolumesFrom": ["web"]',
    "runtime": '"Runtime": "mine"',
    "sysctls": '"Sysctls": {"kernel.msgmax": "1"}',
    "limits above": '"Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": 99999999}]',
    "limit of another kind": '"Ulimits": [{"Name": "memlock", "Soft": -1, "Hard": -1}]',
    "no paths masked": '"MaskedPaths": []',
    "no paths read-only": '"ReadonlyPaths": []',
    "other paths masked": '"MaskedPaths": ["/proc/kcore"]',
    "hosts": '"ExtraHosts": ["docker.internal:host-gateway"]',
    "log elsewhere": '"LogConfig": {"Type": "syslog"}',
    "log with options": '"LogConfig": {"Type": "json-file", "Config": {"path": "/etc/x"}}',
    "driver of volumes": '"VolumeDriver": "mine"',
    "options of storage": '"StorageOpt": {"size": "120G"}',
    "links": '"Links": ["web:web"]',
    "score of the killer": '"OomScoreAdj": -1000',
    "file of the identity": '"ContainerIDFile": "/etc/cron.d/x"',
    "groups": '"GroupAdd": ["docker"]',
    "annotations": '"Annotations": {"run.oci.keep_original_groups": "1"}',
    "port on every interface": '"PortBindings": {"80/tcp": [{"HostIp": "0.0.0.0"}]}',
    "all ports": '"PublishAllPorts": true',
    "a field of tomorrow": '"NotYetKnown": 1',
}  # fmt: skip
BODIES = {
    **{name: granted(fields) for name, fields in GRANTS.items()},
    "configuration, lower case": f'{{{IMAGE}, "hostconfig": {{"Privileged": true}}}}',
    "configuration, said twice": (
        f'{{{IMAGE}, "HostConfig": {{}}, "HostConfig": {{"Privileged": true}}}}'
    ),
    "configuration, in two cases": (
        f'{{{IMAGE}, "HostConfig": {{}}, "hostConfig": {{"Privileged": true}}}}'
    ),
    "configuration, escaped": f'{{{IMAGE}, "HostConfi\\u0067": {{"Privileged": true}}}}',
}
# What is no member of the host's configuration, or no strict JSON.
OTHER_BODIES = {
    "volumes": f'{{{IMAGE}, "Volumes": {{"/:/host": {{}}}}}}',
    "networks": f'{{{IMAGE}, "NetworkingConfig": {{"EndpointsConfig": {{"host": {{}}}}}}}}',
    "long s": f'{{{IMAGE}, "Ho\u017ftConfig": {{"Privileged": true}}}}',
    "Kelvin sign": granted('"Networ\u212aMode": "host"'),
    "health check": f'{{{IMAGE}, "Healthcheck": {{"Test": ["CMD", "x"]}}}}',
    "not a number": granted('"Memory": NaN'),
    "truth for a number": granted('"Memory": true'),
    "number beyond 64 bits": granted('"Memory": 9223372036854775808'),
    "text for truth": granted('"AutoRemove": "true"'),
    "list for a text": '{"Image": ["alpine"]}',
    "no image": "{}",
    "list": "[]",
    "deep": "[" * 100_000,
    "two values": "{} {}",
    "mark of the byte order": "\ufeff{}",
    "large": '{"Image": "' + "x" * 300_000 + '"}',
}  # fmt: skip


@pytest.mark.parametrize("form", BODIES)
def test_grant_reaches_the_engine_by_itself(bare: Bare, engine: Any, form: str) -> None:
    """The positive control: each of these is understood by an Engine."""
    bare(create(BODIES[form]))
    (one,) = engine.reached
    assert one.path == "/containers/create"
    assert one.host_config


@pytest.mark.parametrize("form", BODIES | OTHER_BODIES)
def test_grant_is_refused(ask: Ask, engine: Any, form: str) -> None:
    """Nothing of it arrives, and a message says what was not allowed."""
    answer = ask(create((BODIES | OTHER_BODIES)[form]))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head[:10] == b"HTTP/1.1 4"
    assert json.loads(body)["message"].startswith("goobits: ")
    assert engine.reached == []


EMPTY = "Content-Length: 0\r\n"
TARGETS = {
    "exec": "POST /containers/web/exec",
    "exec of a version": "POST /v1.43/containers/web/exec",
    "start of an exec": "POST /exec/c0ffee/start",
    "attach": "POST /containers/web/attach?stream=1",
    "attach by WebSocket": "GET /containers/web/attach/ws",
    "read of files": "GET /containers/web/archive?path=/etc/shadow",
    "write of files": "PUT /containers/web/archive?path=/",
    "export": "GET /containers/web/export",
    "update": "POST /containers/web/update",
    "rename": "POST /containers/web/rename?name=x",
    "commit": "POST /commit?container=web",
    "load": "POST /images/load",
    "push": "POST /images/acme/x/push",
    "export of an image": "GET /images/alpine/get",
    "volumes": "POST /volumes/create",
    "networks": "POST /networks/create",
    "plugins": "POST /plugins/pull?remote=x",
    "swarm": "POST /swarm/init",
    "services": "POST /services/create",
    "secrets": "GET /secrets",
    "configs": "GET /configs",
    "nodes": "GET /nodes",
    "session": "POST /session",
    "grpc": "POST /grpc",
    "auth": "POST /auth",
    "events": "GET /events",
    "cleaning of builds": "POST /build/prune",
    "other method": "DELETE /containers/json/x",
    "put": "PUT /containers/create",
    "dots": "POST /v1.43/containers/../containers/x/exec",
    "dots for the version": "POST /v1.43/../containers/x/exec",
    "dots behind an allowed path": "GET /containers/json/../web/archive?path=/",
    "encoded dots": "POST /containers/%2e%2e/containers/x/exec",
    "encoded dots, capitals": "GET /images/%2E%2E/secrets/json",
    "one dot": "GET /./containers/json",
    "encoded dot": "GET /%2e/containers/json",
    "dots in a name": "DELETE /images/../volumes/data",
    "dots in the middle of a name": "DELETE /images/a/../../volumes/data",
    "dot in the middle of a name": "DELETE /images/a/./b",
    "encoded dots in the middle of a name": "DELETE /images/a/%2e./%2E%2e/volumes/data",
    "slashes in the middle of a name": "GET /images/a//b/json",
    "encoded slash in the middle of a name": "DELETE /images/a%2fb",
    "encoded slashes and dots": "DELETE /images/a%2f..%2f..%2fvolumes/data",
    "encoded slash": "DELETE /containers/..%2fvolumes%2fdata",
    "encoded slash of a name": "GET /containers/web%2farchive/json",
    "encoded letters of exec": "POST /containers/web/%65xec",
    "encoded twice": "GET /containers/%2577eb/json",
    "backslash": "GET /containers/..%5csecrets/json",
    "two slashes": "GET //containers/json",
    "two slashes inside": "POST /containers//web/exec",
    "slash at the end": "POST /containers/web/exec/",
    "query in the path": "GET /containers/web%3fx/json",
    "fragment": "GET /containers/json#x",
    "NUL": "GET /containers/web%00/json",
    "line end": "GET /containers/web%0d%0aX:%20y/json",
    "old version": "POST /v1.20/containers/web/start",
    "version of letters": "GET /v1.x/containers/json",
    "two versions": "GET /v1.43/v1.43/containers/json",
    "host of another": "GET http://evil.example/containers/json",
    "whole address": "GET http://docker/containers/json",
    "build in the host's network": "POST /build?networkmode=host",
    "build in a container's network": "POST /build?networkmode=container:web",
    "build, network said twice": "POST /build?networkmode=none&networkmode=host",
    "build, network said twice, the good one last": (
        "POST /build?networkmode=host&networkmode=none"
    ),
    "build, network encoded": "POST /build?network%6dode=host",
    "build from elsewhere": "POST /build?remote=http://169.254.169.254/x",
    "build with hosts": "POST /build?extrahosts=x:127.0.0.1",
    "build of a file outside": "POST /build?dockerfile=../../etc/passwd",
    "build of a file inside and out": "POST /build?dockerfile=a/../../x",
    "build of an absolute file": "POST /build?dockerfile=/etc/passwd",
    "build of a remote file": "POST /build?dockerfile=http://x/y",
    "build with a session": "POST /build?version=2&session=x",
    "build with outputs": "POST /build?outputs=[]",
    "build with security options": "POST /build?securityopt=x",
    "build with a control group": "POST /build?cgroupparent=/",
    "build with limits": "POST /build?ulimits=[]",
    "build with a semicolon": "POST /build?q=1;networkmode=host",
    "arguments that are no object": "POST /build?buildargs=[]",
    "arguments said twice": "POST /build?buildargs={%22a%22:1,%22a%22:2}",
    "import of an image": "POST /images/create?fromSrc=http://169.254.169.254/",
    "import of the body": "POST /images/create?fromSrc=-",
    "changes of an image": "POST /images/create?fromImage=x&changes=USER%20root",
    "keys of a terminal": "POST /containers/web/start?detachKeys=x",
    "checkpoint": "POST /containers/web/start?checkpoint=x&checkpoint-dir=/",
    "link": "DELETE /containers/web?link=1",
    "name with a slash": "POST /containers/create?name=../x",
}  # fmt: skip
HEADS = {
    "upgrade": "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n",
    "upgrade to HTTP/2": "POST /build HTTP/1.1\r\nHost: docker\r\nUpgrade: h2c\r\n",
    "hijacked attach": (
        "POST /containers/web/attach HTTP/1.1\r\nHost: docker\r\nUpgrade: tcp\r\n"
    ),
    "another host": "GET /_ping HTTP/1.1\r\nHost: evil.example\r\n",
    "two hosts": "GET /_ping HTTP/1.1\r\nHost: docker\r\nHost: evil\r\n",
    "no host": "GET /_ping HTTP/1.1\r\n",
    "space before the colon": "GET /_ping HTTP/1.1\r\nHost: docker\r\nX : y\r\n",
    "folded field": "GET /_ping HTTP/1.1\r\nHost: docker\r\nX: y\r\n z\r\n",
    "two spaces": "GET  /_ping HTTP/1.1\r\nHost: docker\r\n",
    "line feeds": "GET /_ping HTTP/1.1\nHost: docker\r\n",
}  # fmt: skip


def plain(target: str) -> bytes:
    body = EMPTY if target.startswith(("POST", "PUT")) else ""
    return f"{target} HTTP/1.1\r\nHost: docker\r\n{body}\r\n".encode()


@pytest.mark.parametrize("form", TARGETS)
def test_request_reaches_the_engine_by_itself(
    bare: Bare, engine: Any, form: str
) -> None:
    """The positive control: a server that is no stricter than most takes each of them."""
    bare(plain(TARGETS[form]))
    assert len(engine.reached) == 1


@pytest.mark.parametrize("form", TARGETS)
def test_request_is_refused(ask: Ask, engine: Any, form: str) -> None:
    """What is not in the table does not exist, in whatever spelling."""
    assert ask(plain(TARGETS[form]))[:10] == b"HTTP/1.1 4"
    assert engine.reached == []


@pytest.mark.parametrize("form", HEADS)
def test_head_that_is_not_strict_is_refused(
    ask: Ask, bare: Bare, engine: Any, form: str
) -> None:
    """Neither another protocol nor another reading of the same bytes."""
    data = HEADS[form].encode() + b"\r\n"
    if form not in ("folded field", "space before the colon", "two spaces"):
        bare(data)
        assert len(engine.reached) == 1
        engine.reached.clear()
    assert ask(data)[:10] == b"HTTP/1.1 4"
    assert engine.reached == []


SECOND = create(granted('"Privileged": true'))
PRUNE = b"POST /containers/prune HTTP/1.1\r\nHost: docker\r\n"
SMUGGLED = {
    "after the first": PRUNE + b"\r\n" + SECOND,
    "behind no body": PRUNE + b"Content-Length: 0\r\n\r\n" + SECOND,
    "behind the last chunk": PRUNE
    + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + SECOND,
    "two lengths": PRUNE
    + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(SECOND)
    + SECOND,
    "length and chunks": PRUNE
    + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    % (5 + len(SECOND))
    + SECOND,
    "chunk with an extension": PRUNE
    + b"Transfer-Encoding: chunked\r\n\r\n0;x=y\r\n\r\n"
    + SECOND,
}


@pytest.mark.parametrize("form", SMUGGLED)
def test_second_request_never_reaches_the_engine(
    ask: Ask, bare: Bare, engine: Any, form: str
) -> None:
    """It would be judged by nobody: a connection carries one."""
    bare(SMUGGLED[form], count=2)
    assert engine.reached[1].host_config == {"privileged": True}
    engine.reached.clear()
    ask(SMUGGLED[form])
    assert {one.path for one in engine.reached} <= {"/containers/prune"}
    assert all(one.body == b"" for one in engine.reached)


CHUNKS = {
    "no number": b"x\r\n",
    "sign": b"+1\r\na\r\n0\r\n\r\n",
    "extension": b"1;x\r\na\r\n0\r\n\r\n",
    "line feed": b"1\na\n0\n\n",
    "longer than it says": b"1\r\nab\r\n0\r\n\r\n",
    "trailer": b"1\r\na\r\n0\r\nX: y\r\n\r\n",
    "huge": b"fffffffff\r\n",
    "more than there may be": b"7fffffff\r\n",
    "hexadecimal prefix": b"0x1\r\na\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("form", CHUNKS)
def test_chunks_that_are_not_strict_are_refused(
    ask: Ask, engine: Any, form: str
) -> None:
    """Two readers would see the body end in two places."""
    head = b"POST /containers/create HTTP/1.1\r\nHost: docker\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert ask(head + CHUNKS[form])[:10] == b"HTTP/1.1 4"
    assert engine.reached == []


def test_body_is_no_part_of_the_query(ask: Ask, bare: Bare, engine: Any) -> None:
    """A server that reads forms takes the host's network from the body of a build."""
    form = b"networkmode=host"
    data = (
        b"POST /build?q=1 HTTP/1.1\r\nHost: docker\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n" % len(form) + form
    )
    bare(data)
    assert engine.reached.pop().query["networkmode"] == ["host"]
    ask(data)
    (one,) = engine.reached
    assert (one.kind, one.query) == ("application/x-tar", {"q": ["1"]})


@pytest.mark.parametrize(
    "target", ["POST /containers/web/start", "GET /containers/json"]
)
def test_body_that_is_not_asked_for_is_refused(
    ask: Ask, engine: Any, target: str
) -> None:
    """Old Engines took a configuration of the host when a container was started."""
    head = f"{target} HTTP/1.1\r\nHost: docker\r\nContent-Length: 20\r\n\r\n"
    answer = ask(head.encode() + b'{"Privileged": true}')
    assert answer[:12] == b"HTTP/1.1 413"
    assert engine.reached == []
