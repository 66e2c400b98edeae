"""Made-up secrets for the tests, drawn at test time so that none stands in the repository."""

from __future__ import annotations

import random
import re
import string
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

ALPHABETS = {
    "alnum": string.ascii_letters + string.digits,
    "letter": string.ascii_letters,
    "low": string.ascii_lowercase + string.digits,
    "up": string.ascii_uppercase + string.digits,
    "b32": string.ascii_uppercase + "234567",
    "b32low": string.ascii_lowercase + "234567",
    "bech32": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    "base58": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "hex": "0123456789abcdef",
    "digit": "123456789",
    "word": string.ascii_letters + string.digits + "_-",
    "b64": string.ascii_letters + string.digits + "+/",
}
DRAWN = re.compile(r"\{(\w+):(\d+)\}|\{(uuid|jwt|basic|password)\}")

Fill = Callable[[str, int], str]


def _fill(template: str, seed: int = 1) -> str:
    """Replace `{alphabet:size}`, `{uuid}`, `{jwt}`, `{basic}` and `{password}`."""
    chance = random.Random(seed)

    def text(alphabet: str, size: int) -> str:
        return "".join(chance.choice(ALPHABETS[alphabet]) for _ in range(size))

    def password() -> str:
        return text("up", 2) + text("low", 6) + "&" + text("digit", 3)

    def draw(match: re.Match[str]) -> str:
        if match[1]:
            return text(match[1], int(match[2]))
        if match[3] == "uuid":
            return "-".join(text("hex", size) for size in (8, 4, 4, 4, 12))
        if match[3] == "basic":
            return b64encode(b"deploy:" + password().encode()).decode()
        if match[3] == "password":
            return password()
        head = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').rstrip(b"=").decode()
        body = urlsafe_b64encode(b'{"sub":"' + text("alnum", 12).encode() + b'"}')
        return f"{head}.{body.rstrip(b'=').decode()}.{text('word', 43)}"

    return DRAWN.sub(draw, template)


def _examples() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "examples.txt").read_text("utf-8")
    return [
        (row.partition(" | ")[0], row.partition(" | ")[2]) for row in text.splitlines()
    ]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `example` once for each pattern and the line that shows it."""
    if "example" in metafunc.fixturenames:
        examples = _examples()
        metafunc.parametrize("example", examples, ids=[id for id, _ in examples])


@pytest.fixture(scope="session")
def examples() -> list[tuple[str, str]]:
    """Return each pattern's id and a template of a line with such a secret."""
    return _examples()


@pytest.fixture(scope="session")
def fill() -> Fill:
    """Return what makes a line of a template and a seed."""
    return _fill
