"""The tables of goobits.yaml: every key, what it holds and what becomes of it."""

from __future__ import annotations

from goobits_engine._config._keys import (
    Key,
    Table,
    block,
    cosmetic,
    either,
    integer,
    later,
    legacy,
    line,
    list_of,
    map_of,
    one_of,
    refused,
    synonym,
    text,
    truth,
    word,
)

LANGUAGES = ("python", "nodejs", "typescript", "rust")

_ANY = Key("any")
_SWITCH = truth("Whether it is switched on.")
_WORDS = list_of(line())
_NAMES = list_of(word())
_NUMBER = Key("number")
_OLD_TYPES = {
    "string": "str",
    "text": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "file": "path",
    "directory": "path",
}
_OPTION_TYPES = ("str", "int", "float", "bool", "flag", "path", "choice")
_ARGUMENT_TYPES = ("str", "int", "float", "bool", "path", "choice")
_CHECKS = ("pkg_config", "dpkg_query", "rpm_query", "file_exists", "brew_list")
_PLATFORMS = ("ubuntu", "debian", "centos", "fedora", "macos", "windows")

_ROOT = Table(
    "",
    {
        "package_name": word("The name of the package.", "package"),
        "command_name": word("The word that starts the program."),
        "display_name": line("The title of the program."),
        "description": text("What the program is for."),
        "version": line("The version of the package."),
        "author": line("Who wrote the program."),
        "email": line("Where to reach the author."),
        "license": line("The licence, as an SPDX expression."),
        "homepage": line("The address of the project."),
        "repository": line("The address of the source."),
        "keywords": list_of(line(), "Words to find the package by."),
        "language": one_of(*LANGUAGES, about="The language to write."),
        "languages": list_of(one_of(*LANGUAGES), "Several languages to write."),
        "cli_path": word("Where the program goes.", "path"),
        "cli_hooks_path": word("Where the hooks go.", "path"),
        "cli_types_path": word("Where the types go.", "path"),
        "python": block("python", "What Python the program needs."),
        "dependencies": later(block("dependencies", "What else must be there.")),
        "installation": later(block("installation", "How setup.sh installs.")),
        "shell_integration": later(block("shell_integration", "Aliases of a shell.")),
        "validation": later(block("validation", "What setup.sh checks.")),
        "messages": later(block("messages", "What setup.sh says.")),
        "features": block("features", "Features of the program."),
        "performance": later(block("performance", "How fast the start must be.")),
        "plugins": block("plugins", "Whether plugins may add commands."),
        "completions": later(
            either(
                truth(),
                list_of(one_of("bash", "zsh", "fish", "powershell")),
                about="The shells to write completions for.",
            )
        ),
        "cli": block("cli", "The commands and the pages of the program."),
        "commands": refused("it belongs below 'cli'"),
        "cli_output_path": legacy(word("", "path"), "cli_path"),
        "hooks_path": legacy(word("", "path"), "cli_hooks_path"),
        "cli_hooks": legacy(word("", "path"), "cli_hooks_path"),
        "rust_crates": cosmetic(_ANY),
        "enable_upgrade_command": cosmetic(_ANY),
    },
    required=("cli",),
)

_CLI = Table(
    "'cli'",
    {
        "name": line("The title of the program, before display_name."),
        "version": line("The version that --version prints."),
        "display_version": truth("Whether the title shows the version."),
        "tagline": text("A few words after the title."),
        "description": text("The text below the title."),
        "icon": line("An emoji before the title."),
        "header_sections": list_of(block("section"), "Sections above the commands."),
        "footer_note": text("The last lines of the page."),
        "options": list_of(block("option"), "Options of every command."),
        "commands": Key("blocks", "The commands, by name.", table="command"),
        "command_groups": list_of(block("heading"), "Headings over the commands."),
        "config": block("cli_config", "How pages look."),
        "enable_recursive_help": truth("Whether there is --help-all."),
        "enable_help_json": truth("Whether there is --help-json."),
        "features": block("features", "Features of the program."),
        "env_prefix": later(word("A prefix of environment variables.", "variable")),
        "config_file": later(truth("Whether options can come from files.")),
        "colors": cosmetic(_ANY),
        "completion": cosmetic(_ANY),
        "enable_upgrade_command": cosmetic(_ANY),
        "root_options": legacy(list_of(block("option")), "options"),
        "global_options": legacy(list_of(block("option")), "options"),
    },
    required=("commands",),
)

_COMMAND = Table(
    "command",
    {
        "desc": text("The text in the list of commands."),
        "help": text("The text on the command's own page."),
        "description": legacy(text(), "desc"),
        "icon": line("An emoji before the text."),
        "is_default": truth("Whether it runs when no command is named."),
        "lifecycle": later(one_of("standard", "managed")),
        "args": list_of(block("argument"), "The arguments, in order."),
        "options": list_of(block("option"), "The options."),
        "subcommands": Key("blocks", "The commands below it.", table="command"),
        "commands": synonym(Key("blocks", table="command"), "subcommands"),
        "aliases": list_of(word(), "Other names of the command."),
        "hidden": truth("Whether pages leave it out."),
        "deprecated": Key("note", "What to use instead."),
        "examples": list_of(either(line(), block("row")), "Examples of its use."),
        "arguments": refused("the arguments of a command are its 'args'"),
        **dict.fromkeys(
            ("hooks", "hook_name", "action"),
            refused("a hook is found by its name: on_<command>"),
        ),
    },
)

_ARGUMENT = Table(
    "argument",
    {
        "name": word("The name, also for the hook."),
        "desc": text("What it is."),
        "type": one_of(*_ARGUMENT_TYPES, about="Its type.", spellings=_OLD_TYPES),
        "nargs": Key(
            "nargs",
            "How many words it takes: ?, *, + or a number.",
            values=("?", "*", "+"),
            spellings={"-1": "*"},
            low=1,
            high=100,
        ),
        "choices": list_of(Key("single"), "The values that it can have."),
        "required": truth("Whether it must be given."),
        "default": Key("single", "The value when none is given."),
        "path_exists": truth("Whether the path must exist."),
        "description": legacy(text(), "desc"),
        "help": legacy(text(), "desc"),
    },
    required=("name",),
    label="name",
)

_OPTION = Table(
    "option",
    {
        "name": word("The name, also for the hook.", strip=True),
        "short": word("One letter for the short form.", "short", strip=True),
        "long": word("The long form, when it is not the name.", strip=True),
        "desc": text("What it does."),
        "type": one_of(
            *_OPTION_TYPES,
            about="Its type; bool is the same as flag.",
            spellings={**_OLD_TYPES, "option": "str", "argument": "str"},
        ),
        "default": Key("scalar", "The value when none is given."),
        "choices": list_of(Key("single"), "The values that it can have."),
        "multiple": truth("Whether it can be repeated, for a list."),
        "required": truth("Whether it must be given."),
        "env": word("An environment variable that gives it.", "variable"),
        "negatable": truth("Whether there is a --no- form."),
        "count": truth("Whether it counts how often it is given."),
        "hidden": truth("Whether pages leave it out."),
        "deprecated": Key("note", "What to use instead."),
        "conflicts_with": list_of(word(), "Options that exclude it."),
        "requires": list_of(word(), "Options that it needs."),
        "path_exists": truth("Whether the path must exist."),
        "description": legacy(text(), "desc"),
        "help": legacy(text(), "desc"),
    },
    required=("name",),
    label="name",
)

_DEPENDENCY = Table(
    "dependency",
    {
        "type": one_of("command", "system_package"),
        "name": line(),
        "description": text(),
        **dict.fromkeys(_PLATFORMS, line()),
        "check_method": one_of(*_CHECKS),
        "check_args": either(_WORDS, line()),
        "install_instructions": either(map_of(text()), text()),
    },
    required=("name",),
    label="name",
)

TABLES: dict[str, Table] = {
    "root": _ROOT,
    "cli": _CLI,
    "command": _COMMAND,
    "argument": _ARGUMENT,
    "option": _OPTION,
    "dependency": _DEPENDENCY,
    "section": Table(
        "section",
        {
            "title": line("The heading."),
            "icon": line("An emoji before the heading."),
            "items": list_of(block("row"), "The lines below it."),
        },
        required=("title",),
        label="title",
    ),
    "row": Table(
        "item",
        {
            "item": line("The left cell."),
            "desc": text("The right cell."),
            "style": one_of(
                "example", "setup", "command", about="How the left cell is coloured."
            ),
        },
        required=("item",),
        label="item",
    ),
    "heading": Table(
        "command group",
        {
            "name": line("The heading."),
            "icon": line("An emoji before the heading."),
            "commands": list_of(word(), "The commands below it."),
        },
        required=("name",),
        label="name",
    ),
    "cli_config": Table(
        "'config'",
        {"max_width": integer("The width of pages in columns, 60 to 120.")},
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "features": Table(
        "'features'",
        {"interactive_mode": later(block("interactive_mode"))},
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "interactive_mode": Table(
        "'interactive_mode'",
        {
            "enabled": _SWITCH,
            "history_enabled": truth(),
            "tab_completion": truth(),
            "prompt": text(),
            "max_history": integer(),
        },
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "python": Table(
        "'python'",
        {
            "minimum_version": word("The oldest Python.", "python"),
            "maximum_version": word(
                "The newest Python. (without effect in this version)", "python"
            ),
            **dict.fromkeys(("version", "min_version"), cosmetic(_ANY)),
        },
    ),
    "dependencies": Table(
        "'dependencies'",
        {
            **dict.fromkeys(
                ("required", "optional", "development"),
                list_of(either(line(), block("dependency"))),
            ),
            **dict.fromkeys(("core", "python", "pip", "apt", "npm"), cosmetic(_ANY)),
        },
    ),
    "installation": Table(
        "'installation'",
        {
            "pypi_name": line(),
            "development_path": line(),
            "setup_path": line(),
            "extras": block("extras"),
            **dict.fromkeys(("github_repo", "npm_name", "crate_name"), cosmetic(_ANY)),
        },
    ),
    "extras": Table(
        "'extras'",
        {
            **dict.fromkeys(("python", "npm", "apt", "cargo"), _WORDS),
            "rust_crates": cosmetic(_ANY),
        },
    ),
    "shell_integration": Table(
        "'shell_integration'",
        {
            "enabled": _SWITCH,
            "alias": line(),
            "aliases": either(_WORDS, map_of(line())),
        },
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "validation": Table(
        "'validation'",
        {
            "check_api_keys": truth(),
            "check_disk_space": truth(),
            "minimum_disk_space_mb": integer(),
        },
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "messages": Table(
        "'messages'",
        dict.fromkeys(
            (
                "install_success",
                "install_dev_success",
                "upgrade_success",
                "uninstall_success",
            ),
            text(),
        ),
        other=cosmetic(_ANY),
        grouped=True,
    ),
    "performance": Table(
        "'performance'",
        {
            "startup_budget_ms": _NUMBER,
            "preload": either(truth(), _WORDS),
        },
    ),
    "plugins": Table(
        "'plugins'",
        {
            "enabled": truth("Whether plugins may add commands."),
            "allow": list_of(
                word("`publisher/name`, or `publisher/*`.", "plugin"),
                "The plugins that may, instead of all.",
            ),
            "registry": later(line("Where plugins are found.")),
        },
    ),
}
