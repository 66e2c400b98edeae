"""What lock files pin, and from where."""

from __future__ import annotations

import json

import pytest
from goobits_scanner._finding import Severity
from goobits_scanner._manifests import manifest_findings

NPM = "https://registry.npmjs.org"
YARN_2 = (
    '__metadata:\n  version: 6\n\n"@scope/a@npm:^1.0.0":\n  version: 1.2.3\n'
    '  resolution: "@scope/a@npm:1.2.3"\n  checksum: 0\n'
)
PNPM = (
    "lockfileVersion: '9.0'\n\npackages:\n\n  '@scope/a@1.2.3':\n"
    "    resolution: {integrity: sha512-x}\n\nsnapshots:\n\n  b@2.0.0:\n    x: y\n"
)
PACKAGE_LOCK = (
    '{"packages": {"": {"version": "9.9.9"},\n"node_modules/a": {"version": "1.2.3"},\n'
    '"node_modules/a/node_modules/@s/b": {"version": "2.0.0"}}}'
)
CARGO = (
    'version = 4\n\n[[package]]\nname = "a"\nversion = "1.2.3"\n'
    'source = "registry+https://github.com/rust-lang/crates.io-index"\n'
)
UV = (
    'version = 1\n\n[[package]]\nname = "a"\nversion = "1.2.3"\n'
    'source = { registry = "https://pypi.org/simple" }\nsdist = { url = "https://x" }\n\n'
    '[package.metadata]\nname = "no"\n'
)


@pytest.mark.parametrize(
    ("name", "text", "pinned"),
    [
        (
            "package-lock.json",
            PACKAGE_LOCK,
            [("npm", "a", "1.2.3", 2), ("npm", "@s/b", "2.0.0", 3)],
        ),
        (
            "package-lock.json",
            '{"dependencies": {"a": {"version": "1.2.3"}}}',
            [("npm", "a", "1.2.3", 1)],
        ),
        (
            "yarn.lock",
            '# v1\n\na@^1.0.0, a@1:\n  version "1.2.3"\n',
            [("npm", "a", "1.2.3", 3)],
        ),
        ("yarn.lock", YARN_2, [("npm", "@scope/a", "1.2.3", 4)]),
        ("pnpm-lock.yaml", PNPM, [("npm", "@scope/a", "1.2.3", 5)]),
        (
            "pnpm-lock.yaml",
            "packages:\n\n  /a@1.2.3(b@2):\n",
            [("npm", "a", "1.2.3", 3)],
        ),
        ("uv.lock", UV, [("pypi", "a", "1.2.3", 3)]),
        (
            "poetry.lock",
            '[[package]]\nname = "a"\nversion = "1.2.3"\n\n[package.dependencies]\nname = "x"\n',
            [("pypi", "a", "1.2.3", 1)],
        ),
        (
            "Cargo.lock",
            CARGO,
            [("crates", "a", "1.2.3", 3)],
        ),
    ],
)
def test_pins_are_read(
    name: str, text: str, pinned: list[tuple[str, str, str, int]]
) -> None:
    """Known vulnerabilities are matched by what is read here."""
    findings, dependencies, _ = manifest_findings(name, text)
    told = [
        (item.ecosystem, item.name, item.version, item.line) for item in dependencies
    ]
    assert told == pinned
    assert findings == []


def lock(**packages: str) -> str:
    return json.dumps(
        {
            "packages": {
                f"node_modules/{name}": {
                    "version": "1.0.0",
                    "resolved": resolved,
                    "integrity": "sha512-x",
                }
                for name, resolved in packages.items()
            }
        }
    )


def test_one_odd_host_among_usual_ones_is_worse() -> None:
    """That is how a lock file is injected; a company's mirror serves everything."""
    usual = {name: f"{NPM}/{name}/-/{name}-1.0.0.tgz" for name in "abcd"}
    odd = lock(**usual, e="https://x.invalid/e/-/e-1.0.0.tgz")
    mirror = lock(
        **{name: f"https://x.invalid/{name}/-/{name}-1.tgz" for name in "abcd"}
    )
    (first,) = manifest_findings("package-lock.json", odd)[0]
    (second,) = manifest_findings("package-lock.json", mirror)[0]
    assert (first.rule, first.severity) == ("lock-host", Severity.MEDIUM)
    assert (second.rule, second.severity) == ("lock-host", Severity.LOW)


def test_scoped_packages_match_their_addresses() -> None:
    """Registries write the scope into the path, plain or escaped."""
    text = lock(
        **{
            "@s/a": f"{NPM}/@s/a/-/a-1.0.0.tgz",
            "@s/b": f"{NPM}/@s%2fb/-/b-1.0.0.tgz",
        }
    )
    assert manifest_findings("package-lock.json", text)[0] == []


def test_yarn_alias_is_no_mismatch() -> None:
    """An alias is written where everybody can read it."""
    text = (
        f'"w-cjs@npm:wrap-ansi@^7.0.0":\n  version "7.0.0"\n'
        f'  resolved "{NPM}/wrap-ansi/-/wrap-ansi-7.0.0.tgz#0a"\n'
    )
    findings, dependencies, _ = manifest_findings("yarn.lock", text)
    assert findings == []
    assert dependencies[0].name == "wrap-ansi"


def test_foreign_source_of_a_crate_is_found() -> None:
    """A crate from another registry is another crate."""
    text = '[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://x.invalid/i"\n'
    (finding,) = manifest_findings("Cargo.lock", text)[0]
    assert finding.rule == "lock-host"
