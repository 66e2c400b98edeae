"""The clients that people use reach an allowed host from the sandbox, and no other.

The servers are local and vouch for themselves; their names resolve to a public address that is
never dialled.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import socket
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import Limits, Outcome, Policy, Sandbox
from proxy_way import Server

Dial = Callable[[str, int, float], socket.socket]
NODE = """
const http = require('http'), tls = require('tls'), fs = require('fs');
const proxy = new URL(process.env.HTTPS_PROXY);
http.request({host: proxy.hostname, port: proxy.port, method: 'CONNECT',
              path: process.argv[1] + ':443'})
  .on('connect', (answer, socket) => {
    if (answer.statusCode !== 200) { console.log(answer.statusCode); process.exit(1); }
    const ca = fs.readFileSync(process.env.NODE_EXTRA_CA_CERTS);
    const client = tls.connect({socket, servername: process.argv[1], ca}, () =>
      client.write('GET /node HTTP/1.1\\r\\nHost: ' + process.argv[1] +
                   '\\r\\nConnection: close\\r\\n\\r\\n'));
    client.on('data', data => process.stdout.write(data));
  }).end();
"""
PYTHON = """
import http.client, sys, urllib.request
print(urllib.request.urlopen("https://api.example/urllib").read())
tunnel = http.client.HTTPSConnection("127.0.0.1", 3128)
tunnel.set_tunnel("api.example", 443)
tunnel.request("GET", "/http.client")
print(tunnel.getresponse().read())
print(urllib.request.urlopen("http://api.example/plain").read())
"""


@pytest.fixture
def run(
    authority: Path,
    resolve: Callable[[str, int], tuple[str, ...]],
    dial: Dial,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Outcome]:
    """Return a function that runs a client in the sandbox."""
    for name in (
        *("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "PIP_CERT"),
        *("NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO", "CARGO_HTTP_CAINFO"),
    ):
        monkeypatch.setenv(name, str(authority / "cert.pem"))
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)

    def start(*words: str, **variables: str) -> Outcome:
        if shutil.which(words[0]) is None:
            if "CI" in os.environ:
                pytest.fail(f"{words[0]} is not installed")
            pytest.skip(f"{words[0]} is not installed")
        policy = Policy(
            net=("api.example:443", "api.example:80"),
            project=str(tmp_path),
            read=(".",),
            variables=tuple(variables.items()),
            limits=Limits(memory=2 << 30, processes=200),
        )
        return Sandbox(policy, resolve=resolve, dial=dial).run(words)

    return start


def test_curl(run: Callable[..., Outcome]) -> None:
    """The one that every shell script uses."""
    assert run("curl", "-sS", "https://api.example/a").stdout == b"/a api.example"
    assert run("curl", "-sS", "http://api.example/b").stdout == b"/b api.example"
    assert run("curl", "-sS", "https://other.example/").exit_code != 0
    assert run("curl", "-sS", "--noproxy", "*", "https://api.example/").exit_code != 0


def test_python(run: Callable[..., Outcome]) -> None:
    """What its standard library offers."""
    outcome = run("python3", "-c", PYTHON)
    assert outcome.stdout.count(b"api.example") == 3, outcome.stderr


def test_node(run: Callable[..., Outcome]) -> None:
    """A tunnel by hand, as clients of Node.js make them."""
    outcome = run("node", "-e", NODE, "api.example")
    assert b"/node api.example" in outcome.stdout, outcome.stderr
    assert run("node", "-e", NODE, "other.example").stdout == b"403\n"


def _wheel() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as wheel:
        meta = "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n"
        wheel.writestr("small.py", "VALUE = 1\n")
        wheel.writestr("small-1.0.dist-info/METADATA", meta)
        wheel.writestr(
            "small-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr("small-1.0.dist-info/RECORD", "")
    return content.getvalue()


def test_pip(run: Callable[..., Outcome], secure: Server) -> None:
    """An index of one package, as pip reads it."""
    name = "small-1.0-py3-none-any.whl"
    secure.files = {
        "/simple/small/": f'<a href="/{name}">{name}</a>'.encode(),
        f"/{name}": _wheel(),
    }
    outcome = run(
        *("pip", "install", "--no-cache-dir", "--target", "/tmp/t"),
        *("--index-url", "https://api.example/simple", "small"),
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )
    assert b"Successfully installed small-1.0" in outcome.stdout, outcome.stderr


def _tarball() -> bytes:
    content = io.BytesIO()
    text = json.dumps({"name": "small", "version": "1.0.0"}).encode()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        entry = tarfile.TarInfo("package/package.json")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return content.getvalue()


def test_npm(run: Callable[..., Outcome], secure: Server) -> None:
    """A registry of one package, as npm reads it."""
    tarball = _tarball()
    digest = hashlib.sha1(tarball).hexdigest()
    version = {
        "name": "small",
        "version": "1.0.0",
        "dist": {"tarball": "https://api.example/small.tgz", "shasum": digest},
    }
    about = {
        "name": "small",
        "dist-tags": {"latest": "1.0.0"},
        "versions": {"1.0.0": version},
    }
    secure.files = {"/small": json.dumps(about).encode(), "/small.tgz": tarball}
    outcome = run(
        *("npm", "install", "--prefix", "/tmp/n", "--registry", "https://api.example/"),
        *("--no-audit", "--no-fund", "--no-update-notifier", "small"),
    )
    assert b"added 1 package" in outcome.stdout, outcome.stderr


@pytest.fixture(scope="session")
def rust_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a program that fetches with ureq, built from its locked dependencies."""
    target = tmp_path_factory.mktemp("rust")
    manifest = Path(__file__).with_name("rust") / "Cargo.toml"
    words = ["cargo", "build", "--locked", "--quiet", "--manifest-path", str(manifest)]
    why = "cargo is not installed"
    if shutil.which("cargo") is not None:
        built = subprocess.run(
            [*words, "--target-dir", str(target)], capture_output=True, check=False
        )
        if built.returncode == 0:
            return target / "debug" / "client"
        why = f"the client was not built: {built.stderr.decode()[-2000:]}"
    if "CI" in os.environ:
        pytest.fail(why)
    pytest.skip(why)


def test_rust(rust_client: Path, run: Callable[..., Outcome], tmp_path: Path) -> None:
    """Its programs ask for tunnels, even for plain HTTP: there only TLS goes through."""
    client = shutil.copy(rust_client, tmp_path / "client")
    outcome = run(
        *(str(client), "https://api.example/ureq", "http://api.example/plain"),
        "https://other.example/",
    )
    lines = outcome.stdout.splitlines()
    assert lines[0] == b"/ureq api.example", outcome
    assert [line[:9] for line in lines[1:]] == [b"refused: "] * 2, outcome
    assert [(one.host, one.port, one.allowed) for one in outcome.decisions] == [
        ("api.example", 443, True),
        ("api.example", 80, False),
        ("other.example", 443, False),
    ]
    assert "only TLS" in outcome.decisions[1].why


def test_cargo(run: Callable[..., Outcome], secure: Server, tmp_path: Path) -> None:
    """A sparse registry: cargo's own HTTP client is Rust's most used one."""
    config = {"dl": "https://api.example/dl"}
    secure.files = {
        "/index/config.json": json.dumps(config).encode(),
        "/index/sm/al/small": json.dumps(
            {"name": "small", "vers": "1.0.0", "deps": [], "cksum": "0" * 64}
            | {"features": {}, "yanked": False}
        ).encode(),
    }
    (tmp_path / "Cargo.toml").write_text(
        '[package]\nname = "user"\nversion = "1.0.0"\nedition = "2021"\n'
        '[dependencies]\nsmall = { version = "1", registry = "local" }\n'
    )
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.rs").write_text("fn main() {}\n")
    outcome = run(
        *(
            "cargo",
            "generate-lockfile",
            "--manifest-path",
            str(tmp_path / "Cargo.toml"),
        ),
        CARGO_REGISTRIES_LOCAL_INDEX="sparse+https://api.example/index/",
        CARGO_HOME="/tmp/cargo",
    )
    assert b"/index/sm/al/small api.example" in secure.asked, outcome.stderr
