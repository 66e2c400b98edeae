"""From checked drafts to the intermediate representation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_engine._config._names import hook_key
from goobits_engine._program import (
    Argument,
    Command,
    CommandGroup,
    Option,
    Package,
    Program,
    Row,
    Scalar,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goobits_engine._config._drafts import (
        ArgumentDraft,
        CommandDraft,
        Literal,
        OptionDraft,
        RowDraft,
    )
    from goobits_engine._config._settings import Settings


def build_program(settings: Settings, root: CommandDraft) -> Program:
    """Return the program that error-free drafts describe."""
    cli, top = settings.cli, settings.root
    version = cli.text("version") or top.text("version") or "0.0.0"
    return Program(
        root=_root(settings, root),
        title=cli.text("name") or top.text("display_name") or settings.command_name,
        version=version,
        package=_package(settings, version),
        languages=settings.languages,
        display_version=cli.truth("display_version", default=True),
        tagline=cli.text("tagline"),
        sections=tuple(
            Section(section.title, section.icon, _rows(section.rows))
            for section in settings.sections
        ),
        groups=tuple(
            CommandGroup(heading.name, heading.icon, heading.commands)
            for heading in settings.headings
        ),
        footer=cli.text("footer_note"),
        width=settings.width,
        help_all=cli.truth("enable_recursive_help"),
        help_json=cli.truth("enable_help_json"),
        plugins=_plugins(settings),
        cli_path=settings.cli_path,
        hooks_path=settings.hooks_path,
        types_path=settings.types_path,
    )


def _plugins(settings: Settings) -> tuple[str, ...] | None:
    block = settings.root.block("plugins")
    if block is None or not block.truth("enabled"):
        return None
    return tuple(dict.fromkeys(block.texts("allow")))


def _package(settings: Settings, version: str) -> Package:
    top, cli = settings.root, settings.cli
    return Package(
        name=settings.package_name,
        version=top.text("version") or version,
        description=(
            top.text("description") or cli.text("description") or cli.text("tagline")
        ),
        author=top.text("author"),
        email=top.text("email"),
        license=top.text("license"),
        homepage=top.text("homepage"),
        repository=top.text("repository"),
        keywords=top.texts("keywords"),
        python_minimum=settings.python_minimum,
    )


def _root(settings: Settings, root: CommandDraft) -> Command:
    cli, top = settings.cli, settings.root
    name = settings.command_name
    return Command(
        name=name,
        key=hook_key(name),
        summary=cli.text("tagline"),
        description=cli.text("description") or top.text("description"),
        icon=cli.text("icon"),
        options=tuple(map(_option, root.options)),
        children=tuple(map(_command, root.children)),
        default=root.default,
    )


def _command(draft: CommandDraft) -> Command:
    block = draft.block
    desc, page = block.text("desc"), block.text("help")
    return Command(
        name=draft.name,
        key=hook_key(draft.name),
        summary=desc or page,
        description=page or desc,
        icon=block.text("icon"),
        aliases=block.texts("aliases"),
        hidden=block.truth("hidden"),
        deprecated=block.text("deprecated"),
        examples=_rows(draft.examples),
        arguments=tuple(map(_argument, draft.arguments)),
        options=tuple(map(_option, draft.options)),
        children=tuple(map(_command, draft.children)),
        default=draft.default,
    )


def _argument(draft: ArgumentDraft) -> Argument:
    block = draft.block
    return Argument(
        name=draft.name,
        key=draft.key,
        type=draft.type,
        desc=block.text("desc"),
        minimum=draft.minimum,
        maximum=draft.maximum,
        is_list=draft.is_list,
        required=draft.required,
        choices=_scalars(draft.choices),
        default=Scalar(*draft.default) if draft.default is not None else None,
        path_exists=block.truth("path_exists"),
    )


def _option(draft: OptionDraft) -> Option:
    block = draft.block
    return Option(
        name=draft.name,
        key=draft.key,
        long=draft.long,
        short=block.text("short"),
        kind=draft.kind,
        type=draft.type,
        desc=block.text("desc"),
        choices=_scalars(draft.choices),
        default=_scalars(draft.default),
        multiple=draft.multiple,
        required=draft.required,
        negatable=draft.negatable,
        hidden=block.truth("hidden"),
        deprecated=block.text("deprecated"),
        env=block.text("env"),
        conflicts_with=_once(block.texts("conflicts_with")),
        requires=_once(block.texts("requires")),
        path_exists=block.truth("path_exists"),
    )


def _scalars(literals: Iterable[Literal]) -> tuple[Scalar, ...]:
    return tuple(Scalar(text, value) for text, value in literals)


def _rows(rows: Iterable[RowDraft]) -> tuple[Row, ...]:
    return tuple(Row(item, desc, style) for item, desc, style in rows)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
