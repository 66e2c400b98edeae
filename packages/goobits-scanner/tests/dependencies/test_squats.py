"""Names that are made to be mistaken, and names that only are near others."""

from __future__ import annotations

import pytest
from goobits_scanner._dependencies import Dependency
from goobits_scanner._dependencies._names import FAMOUS, HONEST
from goobits_scanner._dependencies._squats import (
    mistaken,
    normalized,
    own_name_findings,
    squat_findings,
)

DECEIVING = """
pypi reqeusts requests
pypi requets requests
pypi requestss requests
pypi djang0 django
pypi pythondateutil python-dateutil
pypi beautifulsuop4 beautifulsoup4
pypi tensofrlow tensorflow
pypi matplotlip matplotlib
pypi dateutil-python python-dateutil
pypi crytpography cryptography
pypi requests-official requests
pypi c0lorama colorama
npm crossenv cross-env
npm cross-env.js -
npm expres express
npm lodahs lodash
npm electorn electron
npm mongose mongoose
npm discordjs discord.js
npm discord.js.js -
npm reactdom react-dom
npm @types-node @types/node
npm @typs/node @types/node
npm @bable/core @babel/core
npm puppeter puppeteer
npm bcryptjss bcryptjs
crates serde-jsn serde-json
crates reqwets reqwest
crates rustdecimal rust-decimal
crates tokoi -
crates crossbeem crossbeam
crates lazystatic lazy-static
crates env-loger env-logger
"""

LEGIT = {
    "pypi": """
        botocore jmespath s3transfer python-dateutil urllib3 charset_normalizer idna certifi PyYAML
        typing_extensions packaging numpy pandas pytz tzdata six setuptools wheel pip click flask
        Jinja2 MarkupSafe itsdangerous werkzeug blinker cffi pycparser cryptography attrs PySocks
        hatchling flit_core poetry-core setuptools_scm pbr
        meson-python cython pybind11 trove-classifiers
        pytest pytest-cov pytest-mock pytest-xdist pytest-asyncio pytest-timeout coverage tox
        nox mypy
        ruff black isort flake8 pylint sphinx furo
        sphinx-rtd-theme myst-parser hypothesis freezegun
        responses respx httpbin trustme moto requests-mock pluggy iniconfig exceptiongroup tomli
        annotated-types pydantic-core anyio sniffio h11 httpcore httpx trio uvloop greenlet yarl
        multidict aiosignal frozenlist propcache aiohappyeyeballs async-timeout brotlicffi aiodns
        colorama towncrier pre-commit build twine virtualenv filelock platformdirs distlib pretend
        email-validator rich pygments markdown-it-py mdurl zstandard lxml html5lib beautifulsoup4
    """,
    "npm": """
        semver ansi-styles debug ms chalk supports-color string-width strip-ansi minimatch lru-cache
        brace-expansion balanced-match tslib color-name color-convert has-flag emoji-regex wrap-ansi
        commander readable-stream safe-buffer string_decoder util-deprecate inherits ajv uuid which
        isexe fast-deep-equal json-schema-traverse uri-js punycode mocha chai nyc tap tape ava xo
        eslint-plugin-import standard benchmark tsd tsx rollup typescript @types/node @types/mocha
        matcha coveralls istanbul browserify karma sinon jest @babel/core @babel/preset-env husky
        lint-staged prettier nodemon mkdirp rimraf glob np c8 aud safe-publish-latest auto-changelog
        evalmd in-publish npmignore es-value-fixtures for-each has-strict-mode @ljharb/eslint-config
        @arethetypeswrong/cli @ljharb/tsconfig @types/tape esbuild vitest tsup microbundle
    """,
    "crates": """
        serde serde_json serde_derive toml tokio tracing regex syn quote proc-macro2 libc cc rand
        trybuild rustversion criterion proptest quickcheck bincode doc-comment static_assertions
        windows-sys hermit-abi wasi wasm-bindgen-test loom futures-test memchr aho-corasick
    """,
}


@pytest.mark.parametrize(
    "case", DECEIVING.strip().splitlines(), ids=lambda case: case.replace(" ", "-")
)
def test_deceiving_name_is_found(case: str) -> None:
    """Attackers publish what people mistype; what is too short or too far stays unfound."""
    ecosystem, name, meant = case.split()
    assert mistaken(ecosystem, name)[1] == ("" if meant == "-" else meant)


@pytest.mark.parametrize("ecosystem", LEGIT)
def test_dependencies_of_the_most_used_packages_are_silent(ecosystem: str) -> None:
    """A warning about honest names is what teaches people to ignore warnings."""
    names = LEGIT[ecosystem].split()
    assert {
        name: mistaken(ecosystem, name)
        for name in names
        if mistaken(ecosystem, name)[0]
    } == {}


@pytest.mark.parametrize("ecosystem", FAMOUS)
def test_well_known_names_are_silent_and_normal(ecosystem: str) -> None:
    """A table entry in another spelling than the registry's would never match."""
    for name in (*FAMOUS[ecosystem].split(), *HONEST[ecosystem].split()):
        assert normalized(ecosystem, name) == name
        assert mistaken(ecosystem, name) == ("", "")


def test_homoglyph_is_a_lookalike() -> None:
    """Nobody can see that this is not express."""
    assert mistaken("npm", "expr\N{CYRILLIC SMALL LETTER IE}ss") == (
        "lookalike",
        "express",
    )


def test_versions_in_names_are_no_slips() -> None:
    """The next major version is no slip of the keyboard."""
    assert mistaken("pypi", "psycopg3") == ("", "")
    assert mistaken("npm", "webpack5") == ("", "")


@pytest.mark.parametrize("name", ["", "@", "@/", "a", "-", "\0", "@types/", "é" * 300])
def test_odd_names_are_survived(name: str) -> None:
    """Hostile manifests hold names that no registry takes."""
    for ecosystem in FAMOUS:
        mistaken(ecosystem, name)


def test_each_name_is_told_once() -> None:
    """A dependency of three groups is one mistake."""
    one = Dependency("pypi", "reqeusts", "", None, "a.txt", 3, "reqeusts")
    (finding,) = squat_findings([one, one._replace(line=9)])
    assert (finding.rule, finding.line) == ("dependency-typosquat", 3)
    assert "requests" in finding.evidence


def test_own_name_counts(tmp_path: object) -> None:
    """The package itself may be the trap."""
    assert own_name_findings("npm", "expres", "package.json", 1)
    assert not own_name_findings("npm", "express", "package.json", 1)
