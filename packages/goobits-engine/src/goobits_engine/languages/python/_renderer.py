"""From a program to the files of its Python project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from goobits_engine._artifacts import Artifact, Stub
from goobits_engine._frozen import Frozen
from goobits_engine._help import help_json, page
from goobits_engine._messages import MESSAGES
from goobits_engine._modules import RESERVED, module_of, package_of
from goobits_engine._program import Program
from goobits_engine._tables import (
    Hook,
    Naming,
    builtin_table,
    command_table,
    hooks_of,
    path_text,
    walk,
)
from goobits_engine.languages._layout import Layout, layout
from goobits_engine.languages._templates import Templates, runtime
from goobits_engine.languages._toml import toml
from goobits_engine.languages.python import _literal as literal
from goobits_engine.languages.python import _manifest as manifest

_HOOKS_HEADER: Final = (
    '"""What the commands of {prog} do.'
    ' This file is yours: goobits never writes it again."""\n'
)


class _Hooks(Frozen):
    """How the entry finds the hooks: a folder to look in, or none beside or below it."""

    file: str
    module: str
    folder: str


def render(program: Program, templates: Templates) -> tuple[Artifact, ...]:
    """Return the entry, the hooks and what is needed to install them."""
    name = package_of(program.package.name)
    files = layout(program, f"{name}/cli.py", "app_hooks.py", (".py",))
    stubs = _stubs(program, templates)
    artifact = partial(Artifact, language="python")
    made = [
        artifact(
            path=str(files.entry),
            role="entry",
            content=_entry(program, files, templates),
        ),
        artifact(
            path=str(files.hooks),
            role="hooks",
            content=_HOOKS_HEADER.format(prog=program.root.name)
            + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        artifact(
            path="pyproject.toml",
            role="manifest",
            content=_manifest(program, files, templates),
            once=True,
        ),
    ]
    if len(module_of(str(files.entry))) > 1:
        marker = str(files.entry.parent / "__init__.py")
        doc = f'"""The command-line program {program.root.name}."""\n'
        made.append(artifact(path=marker, role="runtime", content=doc, once=True))
    return tuple(made)


def _key(key: str) -> str:
    return f"{key}_" if key in RESERVED else key


_NAMING: Final = Naming(key=_key, hooks=lambda name: (name,))


def _entry(program: Program, files: Layout, templates: Templates) -> str:
    paths = walk(program.root)
    template = templates.get(
        "python",
        "cli.py.j2",
        py=literal.text,
        py_block=literal.block,
        py_value=literal.value,
    )
    return template.render(
        prog=program.root.name,
        version=program.version,
        plugins=_admitted(program),
        runtime=runtime("python", ".py", "\n\n"),
        hooks=_import_of(files),
        messages=MESSAGES.items(),
        pages=[(path_text(path), page(program, path)) for path in paths],
        help_json=help_json(program) if program.help_json else "",
        builtins=builtin_table(program, _NAMING),
        root=command_table(program, _NAMING),
    )


def _admitted(program: Program) -> str:
    """Return the literal of the plugins that may add commands."""
    if program.plugins is None:
        return "None"
    return literal.value(program.plugins, 0, len('PLUGINS: "list[str] | None" = '))


def _import_of(files: Layout) -> _Hooks:
    folder = files.hooks_from_entry
    module = files.hooks.stem
    if folder.startswith(".."):
        return _Hooks(files.hooks.name, module, folder)
    return _Hooks(
        files.hooks.name, ".".join([*folder.split("/"), module]).lstrip("."), ""
    )


def _stubs(program: Program, templates: Templates) -> tuple[Stub, ...]:
    template = templates.get("python", "hook.py.j2")
    return tuple(
        Stub(hook.names, template.render(**_stub(hook)))
        for hook in hooks_of(program, _NAMING)
    )


def _stub(hook: Hook) -> dict[str, str]:
    name = hook.names[0]
    said = f"{name} is not written yet"
    return {
        "signature": _signature(name, hook.keys),
        "doc": literal.visible(hook.summary.replace("\\", "/").replace('"', "'")),
        "failure": literal.call("NotImplementedError", said, 4, len("raise ")),
    }


def _signature(name: str, keys: tuple[str, ...]) -> str:
    rest = "**others" if "kwargs" in keys else "**kwargs"
    parameters = ["*", *keys, rest] if keys else [rest]
    flat = f"def {name}({', '.join(parameters)}):"
    if len(flat) <= literal.LINE:
        return flat
    lines = "".join(f"    {parameter},\n" for parameter in parameters)
    return f"def {name}(\n{lines}):"


def _manifest(program: Program, files: Layout, templates: Templates) -> str:
    package = program.package
    folder = files.entry.parent
    return templates.get("python", "pyproject.toml.j2", toml=toml).render(
        package=package,
        prog=program.root.name,
        version=manifest.version(package.version),
        author=manifest.author(package),
        entry_point=".".join(module_of(str(files.entry))) + ":main",
        urls=[
            (name, url)
            for name, url in [
                ("Homepage", package.homepage),
                ("Repository", package.repository),
            ]
            if url
        ],
        packages=list(_top_packages(folder)),
        files=_loose_files(files),
    )


def _top_packages(folder: PurePosixPath) -> Iterator[str]:
    """Yield the folder that becomes the importable package, if there is one."""
    parts = folder.parts
    depth = 2 if parts[:1] == ("src",) else 1
    if len(parts) >= depth:
        yield "/".join(parts[:depth])


def _loose_files(files: Layout) -> list[tuple[str, str]]:
    """Return what lies in no package, with its place in the wheel."""
    folder = files.entry.parent
    inside = [f"{package}/" for package in _top_packages(folder)]
    return [
        (str(path), _place(path, folder))
        for path in (files.entry, files.hooks)
        if not any(str(path).startswith(package) for package in inside)
    ]


def _place(path: PurePosixPath, folder: PurePosixPath) -> str:
    """Return where a loose file goes: as it stands to the entry when it is below it."""
    below = path.is_relative_to(folder)
    return str(path.relative_to(folder)) if below else path.name
