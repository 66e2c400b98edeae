"""What `package.json` says, in the forms that npm accepts."""

from __future__ import annotations

from pathlib import PurePosixPath

from goobits_engine._program import Package, Program
from goobits_engine.languages._templates import Templates
from goobits_engine.languages._versions import semantic_version
from goobits_engine.languages.nodejs import _literal as literal


def package_json(
    program: Program,
    templates: Templates,
    entry: PurePosixPath,
    hooks: str,
    *,
    compiled: bool = False,
) -> str:
    """Return the manifest of a package that holds the entry and the hooks.

    Of what is `compiled` the `hooks` are a folder, made of modules in TypeScript.
    """
    return templates.get("nodejs", "package.json.j2", json=literal.json).render(
        name=package_name(program.package.name),
        version=semantic_version(program.package.version),
        texts=texts(program.package),
        keywords=program.package.keywords,
        prog=program.root.name,
        entry=str(entry),
        hooks=hooks,
        compiled=compiled,
    )


def package_name(name: str) -> str:
    """Return a name that npm accepts."""
    return name.lower()[:214]


def texts(package: Package) -> list[tuple[str, str]]:
    """Return the fields that are texts, those that are not empty."""
    email = f"<{package.email}>" if package.email else ""
    fields = [
        ("description", package.description),
        ("license", package.license),
        ("author", " ".join(filter(None, [package.author, email]))),
        ("homepage", package.homepage),
        ("repository", package.repository),
    ]
    return [(name, said) for name, said in fields if said]
