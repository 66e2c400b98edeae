"""From a program to the files of its Rust crate."""

from __future__ import annotations

from functools import partial

from goobits_engine._artifacts import Artifact
from goobits_engine._messages import MESSAGES
from goobits_engine._program import Program
from goobits_engine.languages._layout import Layout, layout
from goobits_engine.languages._templates import Templates, runtime
from goobits_engine.languages.rust import _hooks as hooks
from goobits_engine.languages.rust import _literal as literal
from goobits_engine.languages.rust import _manifest as manifest
from goobits_engine.languages.rust._entry import entry


def render(program: Program, templates: Templates) -> tuple[Artifact, ...]:
    """Return the entry, its runtime, the types, the hooks and what builds them."""
    files = layout(program, "src/main.rs", "app_hooks.rs", (".rs",), "cli_types.rs")
    stubs = hooks.stubs(program, templates)
    artifact = partial(Artifact, language="rust")
    return (
        artifact(
            path=str(files.entry),
            role="entry",
            content=entry(program, files, templates),
        ),
        artifact(
            path=str(files.entry.parent / "goobits.rs"),
            role="runtime",
            content=_runtime(templates),
        ),
        artifact(
            path=str(files.types), role="types", content=hooks.types(program, templates)
        ),
        artifact(
            path=str(files.hooks),
            role="hooks",
            content=hooks.header(program, templates)
            + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        _manifest(program, files, templates),
    )


def _runtime(templates: Templates) -> str:
    return templates.get("rust", "goobits.rs.j2", rs=literal.text).render(
        runtime=runtime("rust", ".rs", "\n"), messages=MESSAGES.items()
    )


def _manifest(program: Program, files: Layout, templates: Templates) -> Artifact:
    needed = manifest.needed(program, files)
    return Artifact(
        path="Cargo.toml",
        role="manifest",
        language="rust",
        content=manifest.fresh(program.package, needed, templates),
        once=True,
        merge=partial(_merged, needed=needed),
    )


def _merged(text: str, needed: manifest.Needed) -> str:
    """Add to a manifest that is there; only then is what edits TOML imported."""
    from goobits_engine.languages.rust._merge import merged

    return merged(text, needed)
