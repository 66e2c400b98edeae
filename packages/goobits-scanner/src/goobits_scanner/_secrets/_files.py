"""What the name of a file says about how to read it."""

from __future__ import annotations

from typing import NamedTuple

_LOCKS = frozenset(
    """
    package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock poetry.lock uv.lock
    pdm.lock pipfile.lock cargo.lock composer.lock gemfile.lock go.sum flake.lock deno.lock
    mix.lock pubspec.lock podfile.lock pixi.lock record checksums.txt sha256sums
    """.split()
)
# Files in which a bare word after a name may be a variable or prose.
_CODE = frozenset(
    """
    py pyi pyx js jsx mjs cjs ts tsx mts cts rs go java kt kts scala groovy c h cc cpp hpp cs fs vb
    php rb swift dart lua pl pm r jl ex exs erl hs clj vue svelte astro sql graphql proto html htm
    css scss less svg md markdown rst adoc tex po pot ipynb map toml json jsonc json5 tf tfvars hcl
    """.split()
)
_TRIED = frozenset(
    """
    test tests testing __tests__ spec specs fixture fixtures testdata test_data mock mocks
    __mocks__ example examples sample samples doc docs demo demos benchmark benchmarks
    """.split()
)


class FileKind(NamedTuple):
    """How to read a file.

    `is_lock`: it holds checksums; `is_code`: secrets are quoted; `is_data`: names and texts may
    be translations; `is_tried`: it lies among tests, examples or documentation.
    """

    is_lock: bool
    is_code: bool
    is_data: bool
    is_tried: bool
    is_netrc: bool
    is_password_file: bool


def kind_of(name: str) -> FileKind:
    """Read a file's kind off its name, which may lie in an archive (`a.zip!b/c.py`)."""
    *folders, base = name.lower().replace("!", "/").split("/")
    extension = base.rpartition(".")[2] if "." in base[1:] else ""
    return FileKind(
        is_lock=base in _LOCKS or base.endswith((".lock", ".sum", ".integrity")),
        is_code=extension in _CODE,
        is_data=extension
        in ("json", "jsonc", "json5", "yaml", "yml", "po", "arb", "xml"),
        is_tried=not _TRIED.isdisjoint(folders)
        or base.startswith(("test_", "conftest."))
        or ".test." in base
        or ".spec." in base
        or base.endswith(("_test.py", "_test.go", "_test.rs"))
        or extension in ("md", "markdown", "rst", "adoc", "ipynb"),
        is_netrc=base.endswith("netrc"),
        is_password_file="passwd" in base or "shadow" in base,
    )
