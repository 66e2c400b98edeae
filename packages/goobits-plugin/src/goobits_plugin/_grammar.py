"""The command-line program goobits-program.

Written by `goobits build` from goobits.yaml: edit that file and the hooks, not this one.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
    from typing import Any, TextIO, TypedDict

    Scalar = str | int | float
    Value = Scalar | list[Scalar] | None
    Hook = Callable[..., Any]

    class Option(TypedDict, total=False):
        """An option; `kind` is flag, count, value or a page; no hook gets a `builtin`."""

        long: str
        short: str
        key: str
        kind: str
        builtin: bool
        type: str
        choices: list[str]
        default: list[str]
        multiple: bool
        required: bool
        negatable: bool
        hidden: bool
        deprecated: str
        env: str
        conflicts: list[str]
        requires: list[str]
        path_exists: bool

    class Argument(TypedDict, total=False):
        """A positional argument that takes up to `maximum` words (-1: no limit)."""

        name: str
        key: str
        type: str
        many: bool
        maximum: int
        required: bool
        choices: list[str]
        default: list[str]
        path_exists: bool

    class Command(TypedDict, total=False):
        """A command, or a group of `commands`; it runs when it has names of a hook."""

        name: str
        aliases: list[str]
        hooks: list[str]
        hidden: bool
        deprecated: str
        default: str
        arguments: list[Argument]
        options: list[Option]
        commands: list["Command"]


class Stop(Exception):
    """The command line ends here: with a page (exit 0, or 2 on stderr), or a mistake (2).

    Or at the `word` of a plugin, which the program `host` runs.
    """

    def __init__(
        self, text: str, *, page: bool = False, code: int = 2, suggestion: str = ""
    ) -> None:
        super().__init__(text)
        self.page = page
        self.code = code
        self.suggestion = suggestion
        self.word = ""
        self.host = ""


def message(code: str, **values: object) -> str:
    return MESSAGES[code].format(**values)


def quoted(text: str) -> str:
    """Quote a text for a message, with control and direction characters spelled out."""
    shown = ""
    for char in text:
        code = ord(char)
        if code < 0x20 or 0x7F <= code <= 0x9F:
            char = f"\\x{code:02x}"
        elif code in DIRECTION_MARKS:
            char = f"\\u{code:04x}"
        shown += char
    return f"'{shown}'"


def distance(left: str, right: str) -> int:
    """Count the edits between two texts; a swap of neighbours is one (optimal string
    alignment)."""
    before: "list[int]" = []
    last = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        now = [row]
        for col, b in enumerate(right, 1):
            best = min(last[col] + 1, now[col - 1] + 1, last[col - 1] + (a != b))
            if row > 1 and col > 1 and a == right[col - 2] and left[row - 2] == b:
                best = min(best, before[col - 2] + 1)
            now.append(best)
        before, last = last, now
    return last[-1]


def nearest(typed: str, candidates: "Iterable[str]") -> str:
    """Return the candidate that was probably meant, or an empty text."""
    limit = 0 if len(typed) < 2 else 1 if len(typed) < 5 else 2
    found = ""
    for candidate in candidates:
        if abs(len(candidate) - len(typed)) <= limit:
            edits = distance(typed, candidate)
            if edits <= limit:
                found, limit = candidate, edits - 1
    return found


def digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def is_integer(text: str) -> bool:
    return digits(text[1:] if text[:1] in ("+", "-") else text)


def is_number(text: str) -> bool:
    mantissa, mark, exponent = text.replace("E", "e").partition("e")
    if mark and not is_integer(exponent):
        return False
    whole, point, part = mantissa.partition(".")
    if whole in ("", "+", "-"):
        return bool(point) and digits(part)
    return is_integer(whole) and (not part or digits(part))


def is_option(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and not is_number(word)


def to_int(text: str) -> int:
    """Read an integer that every language can hold exactly.

    Raises:
        ValueError: with the reason.
    """
    if not is_integer(text):
        raise ValueError(message("not-int"))
    figures = text.lstrip("+-").lstrip("0") or "0"
    value = int(figures) if len(figures) < 17 else MAX_INT + 1
    if value > MAX_INT:
        raise ValueError(message("out-of-range"))
    return -value if text[0] == "-" else value


def to_float(text: str) -> float:
    """Read a finite binary64.

    Raises:
        ValueError: with the reason.
    """
    if not is_number(text):
        raise ValueError(message("not-float"))
    value = float(text)
    if value in (INFINITY, -INFINITY):
        raise ValueError(message("out-of-range"))
    return value


def to_bool(text: str) -> bool:
    """Read a truth value.

    Raises:
        ValueError: with the reason.
    """
    word = text.lower() if text.isascii() else text
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise ValueError(message("not-bool"))


def convert(text: str, type: str) -> "Scalar":
    """Read a value of a type; see `to_int`, `to_float` and `to_bool`."""
    if type == "int":
        return to_int(text)
    if type == "float":
        return to_float(text)
    return to_bool(text) if type == "bool" else text


def checked(text: str, target: "Option | Argument") -> "Scalar":
    """Read a value that was given for an option or an argument.

    Raises:
        ValueError: with the reason.
    """
    value = convert(text, target["type"])
    choices = target.get("choices", ())
    if choices and all(value != convert(c, target["type"]) for c in choices):
        known = "{" + ", ".join(choices) + "}"
        raise ValueError(message("not-choice", choices=known))
    if target.get("path_exists") and not os.path.exists(text.encode()):
        raise ValueError(message("not-path"))
    return value


def invalid(text: str, place: str, error: ValueError) -> Stop:
    return Stop(message("U6", q=quoted(text), place=place, reason=error))


def well_formed(text: str) -> "str | None":
    """Return a text of the system as Unicode, or None when it is not valid UTF-8."""
    try:
        if sys.getfilesystemencoding() == "utf-8":
            text.encode()
        else:
            text = os.fsencode(text).decode()
    except UnicodeError:
        return None
    return None if "\ufffd" in text else text


def child_of(command: "Command", word: str) -> "Command | None":
    """Return the command that a word names inside a group."""
    for child in command.get("commands", ()):
        if word == child["name"] or word in child.get("aliases", ()):
            return child
    return None


def options_of(command: "Command") -> "Sequence[Option]":
    return command.get("options", ())


def dashed(option: "Option") -> str:
    return "--" + option["long"]


def answers(option: "Option", word: str) -> bool:
    """Tell whether `--name`, `--no-name` or `-n` means an option."""
    if word[1] != "-":
        return option.get("short") == word[1]
    long = option["long"]
    if long == word[2:]:
        return True
    return bool(option.get("negatable")) and word == f"--no-{long}"


def same_shape(one: "Option", other: "Option") -> bool:
    """Tell whether a value of one option can stand for a value of the other."""
    return (
        one["kind"] == other["kind"]
        and one["type"] == other["type"]
        and one.get("multiple") == other.get("multiple")
    )


def absent_option(option: "Option") -> "Value":
    """Return what a hook gets for an option that was not given."""
    default = option.get("default", ())
    if option["kind"] == "flag":
        return bool(default)
    if option["kind"] == "count":
        return 0
    values = [convert(text, option["type"]) for text in default]
    if option.get("multiple"):
        return values
    return values[0] if values else None


def absent_argument(argument: "Argument") -> "Value":
    """Return what a hook gets for an argument that was not given."""
    default = argument.get("default", ())
    values = [convert(text, argument["type"]) for text in default]
    if argument.get("many"):
        return values
    return values[0] if values else None


class Parser:
    """One pass over the command line, from left to right."""

    def __init__(self) -> None:
        self.words: "Iterator[str]" = iter(())
        self.command = ROOT
        self.path = [ROOT]
        self.name = ROOT["name"]
        self.in_force: "dict[str, Option]" = {}
        self.given: "dict[str, tuple[Option, Value]]" = {}
        self.positionals = 0
        self.arguments: "dict[str, Value]" = {}
        self.deprecations: "list[str]" = []
        self.color = "auto"
        self.descending = True
        self.helping = False
        self.literal = False
        self.plugins: "dict[str, tuple[str, str]] | None" = None

    def run(self, words: "Sequence[str]") -> None:
        """Read every word, then the environment, then check what is still missing.

        Raises:
            Stop: at the first mistake, or when a page was asked for.
        """
        self.words = iter(checked_words(words))
        for word in self.words:
            if self.literal:
                self.positional(word)
            elif word == "--":
                self.literal = True
                self.descending = False
            elif word[:2] == "--":
                self.long(word)
            elif is_option(word):
                self.cluster(word)
            else:
                self.word(word)
        if self.helping:
            raise self.page()
        default = self.default()
        if default is not None:
            self.enter_default(default)
        if "hooks" not in self.command:
            raise self.page(code=2)
        self.settle()
        self.read_environment()
        self.check_arguments()
        self.check_options()

    # Pages

    def page(self, code: int = 0) -> Stop:
        return Stop(self.whole(PAGES[self.name]), page=True, code=code)

    def whole(self, text: str) -> str:
        """Return a page with the commands of plugins on it."""
        return with_plugins(text, self.known_plugins()) if "\x0e" in text else text

    def all_pages(self, command: "Command", path: str) -> "list[str]":
        pages = [PAGES[path]]
        for child in command.get("commands", ()):
            if "hidden" not in child:
                pages += self.all_pages(child, f"{path} {child['name']}")
        return pages

    def json_page(self) -> str:
        """Cut the object of this command out of the document of the root."""
        lines = HELP_JSON.split("\n")
        name = f'"path": "{self.name}"'
        place = [line.strip().rstrip(",") for line in lines].index(name)
        margin = lines[place - 2][:-1]
        cut = []
        for line in lines[place - 2 :]:
            cut.append(line[len(margin) :])
            if cut[-1] in ("}", "},"):
                break
        return "\n".join(cut).rstrip(",") + "\n"

    # Descent

    def enter(self, command: "Command") -> None:
        self.command = command
        self.path.append(command)
        self.name += " " + command["name"]
        if "deprecated" in command:
            text = command["deprecated"]
            self.deprecate(message("old-command", path=self.words_only(), text=text))

    def words_only(self) -> str:
        """Return the path of the command without the program."""
        return self.name.partition(" ")[2]

    def default(self) -> "Command | None":
        """Return the default command that may still be entered here."""
        if self.descending and not self.helping and "default" in self.command:
            return child_of(self.command, self.command["default"])
        return None

    def enter_default(self, command: "Command") -> None:
        self.enter(command)
        self.descending = False

    def word(self, word: str) -> None:
        if self.descending:
            child = child_of(self.command, word)
            if child is not None:
                self.enter(child)
                return
            if word == "help" and self.command is ROOT:
                self.helping = True
                return
            if self.command is ROOT:
                self.check_plugins(word)
            default = self.default()
            if default is not None:
                self.enter_default(default)
            elif self.helping or "hooks" not in self.command:
                raise self.unknown_command(word)
        self.positional(word)

    def unknown_command(self, word: str) -> Stop:
        candidates = []
        for command in self.command.get("commands", ()):
            if "hidden" not in command and "deprecated" not in command:
                candidates += [command["name"], *command.get("aliases", ())]
        if self.command is ROOT:
            known = self.known_plugins()
            candidates += [word for word in known if known[word][0]]
            candidates.append("help")
        meant = nearest(word, candidates)
        return Stop(message("U2", q=quoted(word)), suggestion=meant)

    def known_plugins(self) -> "dict[str, tuple[str, str]]":
        """Return the words that plugins add; they are read when they are first needed."""
        if self.plugins is None:
            self.plugins = read_plugins(self.color)
        return self.plugins

    def check_plugins(self, word: str) -> None:
        """End the command line at a word, if it is one that a plugin adds.

        Raises:
            Stop: it is.
        """
        if word not in self.known_plugins():
            return
        for option, _ in self.given.values():
            if not any(option is known for known in BUILTINS):
                raise Stop(message("U14", opt=dashed(option), q=quoted(word)))
        stop = Stop("")
        stop.word, stop.host = word, self.known_plugins()[word][1]
        raise stop

    def positional(self, word: str) -> None:
        self.descending = False
        place = self.positionals
        known = () if self.helping else self.command.get("arguments", ())
        for argument in known:
            if argument["maximum"] < 0 or place < argument["maximum"]:
                self.collect(argument, word)
                return
            place -= argument["maximum"]
        raise Stop(message("U7", q=quoted(word)))

    def collect(self, argument: "Argument", word: str) -> None:
        try:
            value = checked(word, argument)
        except ValueError as error:
            place = message("in-argument", A=argument["name"].upper())
            raise invalid(word, place, error) from None
        self.positionals += 1
        key = argument["key"]
        if argument.get("many"):
            values = self.arguments.setdefault(key, [])
            if isinstance(values, list):
                values.append(value)
        else:
            self.arguments[key] = value

    # Options

    def scopes(self) -> "Iterable[Sequence[Option]]":
        """Return the options of every scope, the nearest first."""
        return (*map(options_of, reversed(self.path)), BUILTINS)

    def find(self, word: str) -> "Option | None":
        """Return the nearest option that answers; enter a default command for its own."""
        for options in self.scopes():
            for option in options:
                if answers(option, word):
                    return option
        default = self.default()
        if default is not None:
            for option in options_of(default):
                if answers(option, word):
                    self.enter_default(default)
                    return option
        return None

    def long(self, word: str) -> None:
        name, equals, value = word.partition("=")
        option = self.find(name)
        if option is None:
            raise self.unknown_option(name)
        if option["kind"] == "value":
            self.store(option, value if equals else self.following(option))
        elif dashed(option) != name:
            if equals:
                raise Stop(message("U5", opt=name))
            self.put(option, False)
        else:
            self.switch(option, value if equals else None)

    def unknown_option(self, name: str) -> Stop:
        scopes = list(self.scopes())
        default = self.default()
        if default is not None:
            scopes.append(options_of(default))
        candidates = []
        for options in scopes:
            for option in options:
                if "hidden" not in option and "deprecated" not in option:
                    candidates.append(option["long"])
                    if "negatable" in option:
                        candidates.append("no-" + option["long"])
        meant = nearest(name[2:], candidates)
        suggestion = f"--{meant}" if meant else ""
        return Stop(message("U3", q=quoted(name)), suggestion=suggestion)

    def cluster(self, word: str) -> None:
        for place, letter in enumerate(word[1:], 2):
            option = self.find(f"-{letter}")
            if option is None:
                raise Stop(message("U3", q=quoted(f"-{letter}")))
            rest = word[place:]
            if option["kind"] == "value":
                value = rest.removeprefix("=") if rest else self.following(option)
                self.store(option, value)
                return
            if rest[:1] == "=":
                self.switch(option, rest[1:])
                return
            self.switch(option, None)

    def following(self, option: "Option") -> str:
        word = next(self.words, "--")
        if word == "--" or is_option(word):
            raise Stop(message("U4", opt=dashed(option)))
        return word

    def switch(self, option: "Option", value: "str | None") -> None:
        """Act on an option that takes no value, with what stood behind its `=`."""
        kind = option["kind"]
        if kind == "flag" and value in (None, "true", "false"):
            self.put(option, value != "false")
        elif value is not None:
            raise Stop(message("U5", opt=dashed(option)))
        elif kind == "count":
            before = self.value_of(option)
            self.put(option, before + 1 if isinstance(before, int) else 1)
        elif kind == "version":
            raise Stop(f"{self.path[0]['name']} {VERSION}\n", page=True, code=0)
        elif kind == "help-json":
            raise Stop(self.json_page(), page=True, code=0)
        elif kind == "help-all":
            pages = self.all_pages(self.command, self.name)
            text = self.whole(f"\n{'=' * 80}\n\n".join(pages))
            raise Stop(text, page=True, code=0)
        else:
            raise self.page()

    def store(self, option: "Option", text: str) -> None:
        try:
            value = checked(text, option)
        except ValueError as error:
            raise invalid(
                text, message("in-option", opt=dashed(option)), error
            ) from None
        if "builtin" in option:
            self.color = text
        elif option.get("multiple"):
            values = self.value_of(option)
            values = values if isinstance(values, list) else []
            values.append(value)
            self.put(option, values)
        else:
            self.put(option, value)

    def put(self, option: "Option", value: "Value") -> None:
        self.given[option["key"]] = (option, value)
        if "deprecated" in option:
            text = option["deprecated"]
            self.deprecate(message("old-option", opt=dashed(option), text=text))

    def deprecate(self, text: str) -> None:
        if text not in self.deprecations:
            self.deprecations.append(text)

    def is_given(self, option: "Option") -> bool:
        """Tell whether an option was given, here or as an outer one of its shape."""
        given = self.given.get(option["key"])
        return given is not None and same_shape(given[0], option)

    def value_of(self, option: "Option") -> "Value":
        """Return what was given for an option, or None."""
        return self.given[option["key"]][1] if self.is_given(option) else None

    # After the last word

    def settle(self) -> None:
        """Find the options in force, globals before locals, the nearest of each key."""
        for options in (BUILTINS, *map(options_of, self.path)):
            for option in options:
                if "builtin" not in option:
                    self.in_force[option["key"]] = option

    def read_environment(self) -> None:
        for option in self.in_force.values():
            variable = option.get("env", "")
            raw = os.environ.get(variable) if variable else None
            if not raw or self.is_given(option):
                continue
            text = well_formed(raw)
            if text is None:
                raise Stop(message("U13", V=variable))
            try:
                value = checked(text, option)
            except ValueError as error:
                place = message("in-environment", V=variable)
                raise invalid(text, place, error) from None
            self.put(option, [value] if option.get("multiple") else value)

    def check_arguments(self) -> None:
        left = self.positionals
        for argument in self.command.get("arguments", ()):
            maximum = argument["maximum"]
            taken = left if maximum < 0 else min(left, maximum)
            left -= taken
            name = argument["name"].upper()
            if not taken and argument.get("required"):
                raise Stop(message("U8", A=name))
            if 0 < taken < maximum:
                raise Stop(message("U9", A=name, n=maximum, m=taken))

    def check_options(self) -> None:
        active = {}
        for option in self.in_force.values():
            if not self.is_given(option):
                if option.get("required"):
                    raise Stop(message("U10", opt=dashed(option)))
            elif self.value_of(option) is not False:
                active[option["key"]] = option
        for option in active.values():
            for key in option.get("conflicts", ()):
                if key in active:
                    raise self.clash("U11", option, self.in_force[key])
            for key in option.get("requires", ()):
                if key not in active:
                    raise self.clash("U12", option, self.in_force[key])

    def clash(self, code: str, option: "Option", other: "Option") -> Stop:
        return Stop(message(code, opt=dashed(option), other=dashed(other)))

    def hook_arguments(self) -> "dict[str, Value]":
        """Return what the hook is called with; every list is a new one."""
        values: "dict[str, Value]" = {}
        for option in self.in_force.values():
            given = self.is_given(option)
            value = self.value_of(option) if given else absent_option(option)
            values[option["key"]] = value
        for argument in self.command.get("arguments", ()):
            key = argument["key"]
            given = key in self.arguments
            values[key] = self.arguments[key] if given else absent_argument(argument)
        values["command_name"] = self.words_only()
        return values


def painted(text: str, stream: "TextIO | None", choice: str) -> str:
    """Replace the markers of a text by escape sequences, or by nothing."""
    if choice == "auto":
        force = os.environ.get("CLICOLOR_FORCE", "")
        if os.environ.get("NO_COLOR"):
            choice = "never"
        elif force and force != "0":
            choice = "always"
        elif os.environ.get("TERM") == "dumb":
            choice = "never"
    if choice == "auto":
        choice = "always" if stream is not None and stream.isatty() else "never"
    for marker, escape in MARKERS:
        text = text.replace(marker, escape if choice == "always" else "")
    return text


def prepare(stream: "TextIO | None") -> None:
    """Make a stream write UTF-8 and bare newlines, whatever the locale."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure and (stream.encoding != "utf-8" or os.linesep != "\n"):  # type: ignore[union-attr]
        reconfigure(encoding="utf-8", newline="\n")


def complain(text: str) -> None:
    """Write to stderr; that it cannot be written changes nothing."""
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            discard(2)


def fail(text: str, color: str = "auto") -> int:
    prefix = painted("\x01error:\x07", sys.stderr, color)
    complain(f"{ROOT['name']}: {prefix} {text}\n")
    return 1


def discard(descriptor: int) -> None:
    """Let what is left in the buffer of a stream, and what comes later, go nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def finish(code: int, text: str = "", color: str = "auto") -> int:
    """Write the last of stdout and return the exit code, another one if it failed."""
    if sys.stdout is None or sys.stdout.closed:
        return code
    try:
        if text:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        discard(1)
        return 141
    except OSError:
        discard(1)
        return fail(message("F3"), color)
    return code


def reader_is_gone() -> bool:
    """Tell whether nobody reads stdout any more."""
    if sys.stdout is None or os.name != "posix":
        return False
    import select

    poll = select.poll()
    poll.register(1, 0)
    gone = select.POLLERR | select.POLLHUP
    return any(event & gone for _, event in poll.poll(0))


def output_is_full() -> bool:
    """Tell whether stdout takes no more: a full device, or a file on a full disk."""
    if sys.stdout is None or os.name != "posix":
        return False
    try:
        os.write(1, b"")
    except OSError:
        return True
    is_file = os.fstat(1).st_mode & 0o170000 == 0o100000
    return is_file and os.fstatvfs(1).f_bavail == 0


def plugin_folder() -> str:
    """Return the folder of the user's plugins, or an empty text."""
    if os.name != "posix":
        return ""
    data = os.environ.get("XDG_DATA_HOME", "")
    home = os.environ.get("HOME", "")
    if data[:1] != "/" and home[:1] == "/":
        data = f"{home}/.local/share"
    return f"{data}/goobits/plugins" if data[:1] == "/" else ""


def is_own(found: os.stat_result) -> bool:
    """Tell whether a file is the user's, and nobody else can write to it."""
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022


def plugin_table(color: str) -> str:
    """Return the text of the table of the plugins, if there is one that only the user writes."""
    folder = plugin_folder()
    path = f"{folder}/current/commands.tsv"
    try:
        # Who opened a pipe would wait for somebody to write to it.
        if not folder or os.stat(path).st_mode & 0o170000 != 0o100000:
            return ""
        with open(path, "rb") as file:
            if is_own(os.fstat(file.fileno())) and is_own(os.stat(folder)):
                return file.read().decode()
    except (OSError, ValueError):
        return ""
    prefix = painted("\x05warning:\x07", sys.stderr, color)
    complain(f"{ROOT['name']}: {prefix} {message('foreign', path=folder)}\n")
    return ""


def is_admitted(plugin: str) -> bool:
    """Tell whether a plugin may add commands."""
    admitted = PLUGINS or []
    publisher, slash, _ = plugin.partition("/")
    every = publisher + slash + "*"
    return not admitted or plugin in admitted or (bool(slash) and every in admitted)


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a command."""
    rest = text.replace("-", "").replace("_", "")
    return text[:1].isalpha() and rest.isalnum() and text.isascii()


def read_plugins(color: str) -> "dict[str, tuple[str, str]]":
    """Return the words that plugins add: the row of each on the page, and who runs it."""
    found: "dict[str, tuple[str, str]]" = {}
    for line in plugin_table(color).split("\n") if PLUGINS is not None else ():
        cells = line.split("\t")
        if len(cells) == 5 and cells[0] in ("*", ROOT["name"]):
            _, word, plugin, row, host = cells
            if is_name(word) and is_admitted(plugin):
                found.setdefault(word, (row.replace("\x0b", "\n"), host))
    return found


def with_plugins(page: str, known: "dict[str, tuple[str, str]]") -> str:
    """Fill in the commands of the plugins where a page has a place for them."""
    own = [row for word, (row, _) in known.items() if not child_of(ROOT, word)]
    rows = "".join(f"{row}\n" for row in own if row)
    block = f"\x02Plugin commands\x07\n{rows}\n" if rows else ""
    return page.replace("\x0e", block)


def become_host(stop: Stop, words: "Sequence[str]", color: str) -> int:
    """Become the program that runs a plugin; return the exit code when there is none."""
    name = ROOT["name"]
    start = [stop.host, "plugin", "exec", "--cli", name, "--cli-version", VERSION]
    if os.path.isabs(stop.host):
        import signal

        # Python ignores it, and what it runs would, too.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        try:
            os.execv(stop.host, [*start, stop.word, "--", *words])
        except (OSError, ValueError):
            pass
    fail(message("F6", q=quoted(stop.word), path=stop.host), color)
    return 127


def find_hook(names: "Sequence[str]") -> "Hook | None":
    """Import the hooks module and return the hook, or None when it is not there."""
    module = None
    try:
        module = load_hooks(list(names))
    except ModuleNotFoundError as error:
        if error.name not in (HOOKS_MODULE, f"{__package__}.{HOOKS_MODULE}"):
            raise
    for name in names:
        hook = getattr(module, name, None)
        if callable(hook):
            return hook  # type: ignore[no-any-return]
    return None


async def awaited(result: "Awaitable[object]") -> object:
    return await result


def call(parser: Parser) -> int:
    """Call the hook and return the exit code of its result."""
    names = parser.command["hooks"]
    hook = find_hook(names)
    if hook is None:
        text = message("F1", function=names[0], file=HOOKS_FILE)
        return fail(text, parser.color)
    result = hook(**parser.hook_arguments())
    if hasattr(result, "__await__"):
        import asyncio

        result = asyncio.run(awaited(result))
    if isinstance(result, int) and not isinstance(result, bool):
        return result if 0 <= result <= 255 else 1
    return 0


def hook_failed(error: BaseException, parser: Parser) -> int:
    """Report what a hook raised."""
    if isinstance(error, BrokenPipeError) and reader_is_gone():
        return finish(141)
    if isinstance(error, OSError) and error.filename is None and output_is_full():
        discard(1)
        return fail(message("F3"), parser.color)
    failed = finish(0, "", parser.color)
    if failed:
        return failed
    if parser.hook_arguments().get("verbose"):
        import traceback

        complain("".join(traceback.format_exception(error)))
    try:
        text = str(error)
    except Exception:
        text = ""
    return fail(text or type(error).__name__, parser.color)


def stopped(stop: Stop, parser: Parser) -> int:
    """Show the page or the mistake at which the command line ended."""
    text = str(stop)
    if stop.page and stop.code:
        complain(painted(text, sys.stderr, parser.color))
        return stop.code
    if stop.page:
        return finish(0, painted(text, sys.stdout, parser.color), parser.color)
    lines = [text]
    if stop.suggestion:
        lines.append(message("suggestion", name=stop.suggestion))
    lines.append(message("usage", path=parser.name))
    fail("\n".join(lines), parser.color)
    return stop.code


def run(words: "Sequence[str]") -> int:
    """Read the command line, call the hook, and return the exit code."""
    parser = Parser()
    try:
        parser.run(words)
    except Stop as stop:
        if stop.word:
            return become_host(stop, words, parser.color)
        return stopped(stop, parser)
    for text in parser.deprecations:
        prefix = painted("\x05warning:\x07", sys.stderr, parser.color)
        complain(f"{ROOT['name']}: {prefix} {text}\n")
    try:
        code = call(parser)
    except KeyboardInterrupt:
        raise
    except SystemExit:
        failed = finish(0, "", parser.color)
        if failed:
            return failed
        raise
    except BaseException as error:
        return hook_failed(error, parser)
    return finish(code, "", parser.color)


def checked_words(words: "Sequence[str]") -> "list[str]":
    """Return the words as Unicode.

    Raises:
        Stop: one is not valid UTF-8.
    """
    read = []
    for place, word in enumerate(words, 1):
        text = well_formed(word)
        if text is None:
            raise Stop(message("U1", n=place))
        read.append(text)
    return read


def interrupted() -> int:
    """Die by SIGINT, as whoever waits for this process expects."""
    finish(130)
    if os.name == "posix":
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return 130


def main() -> int:
    """Run the program on the arguments of the process and return its exit code."""
    if sys._getframe(1).f_globals.get("__name__") == "__main__":
        # The process is ours, and all that it has loaded so far lives until it ends:
        # the garbage collector need not visit it, least of all at exit.
        import gc

        gc.freeze()
    prepare(sys.stdout)
    prepare(sys.stderr)
    try:
        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return interrupted()


MAX_INT = 2**53 - 1
INFINITY = float("inf")
DIRECTION_MARKS = frozenset(
    [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
MARKERS = (
    ("\x01", "\x1b[1m"),
    ("\x02", "\x1b[1;4m"),
    ("\x03", "\x1b[36m"),
    ("\x04", "\x1b[32m"),
    ("\x05", "\x1b[33m"),
    ("\x06", "\x1b[2m"),
    ("\x07", "\x1b[0m"),
)

HOOKS_FILE = "app_hooks.py"
HOOKS_MODULE = "app_hooks"


def load_hooks(names: "list[str]") -> object:
    """Import the hooks; only a command that runs does."""
    return __import__(HOOKS_MODULE, globals(), {}, names, 1 if __package__ else 0)


PLUGINS: "list[str] | None" = None

VERSION = "0.0.0"

MESSAGES = {
    "U1": "argument {n} is not valid UTF-8",
    "U2": "unknown command {q}",
    "U3": "unknown option {q}",
    "U4": "option '{opt}' needs a value",
    "U5": "option '{opt}' takes no value",
    "U6": "invalid value {q} for {place}: {reason}",
    "U7": "unexpected argument {q}",
    "U8": "missing argument <{A}>",
    "U9": "argument <{A}> needs {n} values, got {m}",
    "U10": "missing option '{opt}'",
    "U11": "option '{opt}' cannot be used with option '{other}'",
    "U12": "option '{opt}' needs option '{other}'",
    "U13": "environment variable {V} is not valid UTF-8",
    "U14": "option '{opt}' cannot be used with the plugin command {q}",
    "F1": "no function {function} in {file}",
    "F3": "cannot write to standard output",
    "F4": "function {function} never finished",
    "F5": "{file} is not compiled yet: run 'npm run build' to make {path}",
    "F6": "cannot run the plugin command {q}: there is no {path} any more",
    "foreign": "plugins are ignored: others than you own {path} or can write to it",
    "not-int": "not an integer",
    "not-float": "not a number",
    "not-bool": "use true or false",
    "not-choice": "choose from {choices}",
    "not-path": "no such path",
    "out-of-range": "out of range",
    "in-option": "option '{opt}'",
    "in-argument": "argument <{A}>",
    "in-environment": "environment variable {V}",
    "suggestion": "Did you mean '{name}'?",
    "usage": "Try '{path} --help'.",
    "old-command": "command '{path}' is deprecated: {text}",
    "old-option": "option '{opt}' is deprecated: {text}",
}

PAGES = {
    "goobits-program": """\
\x01goobits-program\x07 0.0.0

A program that a plugin appears in

\x02Usage:\x07 goobits-program [OPTIONS] <COMMAND>

\x02Commands\x07
  \x03plugin\x07                Whatever a plugin adds

\x02Global options\x07
  \x04-v\x07, \x04--verbose\x07         Say more, and show traces
      \x04--color\x07 \x05<CHOICE>\x07  When to use colour \x06[choices: auto, always, never]\x07
                        \x06[default: auto]\x07
  \x04-h\x07, \x04--help\x07            Show this help
      \x04--help-json\x07       Show this help as JSON
  \x04-V\x07, \x04--version\x07         Show the version
""",
    "goobits-program plugin": """\
\x01goobits-program plugin\x07

Whatever a plugin adds

\x02Usage:\x07 goobits-program plugin [OPTIONS]

Global options: see goobits-program --help
""",
}

HELP_JSON = """\
{
  "name": "goobits-program",
  "path": "goobits-program",
  "description": "A program that a plugin appears in",
  "commands": [
    {
      "name": "plugin",
      "path": "goobits-program plugin",
      "description": "Whatever a plugin adds"
    }
  ],
  "version": "0.0.0",
  "options": [
    {
      "name": "--verbose",
      "short": "-v",
      "description": "Say more, and show traces",
      "type": "flag"
    },
    {
      "name": "--color",
      "description": "When to use colour",
      "type": "str",
      "choices": [
        "auto",
        "always",
        "never"
      ],
      "default": "auto"
    },
    {
      "name": "--help",
      "short": "-h",
      "description": "Show this help",
      "type": "flag"
    },
    {
      "name": "--help-json",
      "description": "Show this help as JSON",
      "type": "flag"
    },
    {
      "name": "--version",
      "short": "-V",
      "description": "Show the version",
      "type": "flag"
    }
  ]
}
"""

BUILTINS: "list[Option]" = [
    {"long": "verbose", "short": "v", "key": "verbose", "kind": "flag", "type": "bool"},
    {
        "long": "color",
        "key": "color",
        "kind": "value",
        "builtin": True,
        "type": "str",
        "choices": ["auto", "always", "never"],
        "default": ["auto"],
    },
    {
        "long": "help",
        "short": "h",
        "key": "help",
        "kind": "help",
        "builtin": True,
        "type": "bool",
    },
    {
        "long": "help-json",
        "key": "help_json",
        "kind": "help-json",
        "builtin": True,
        "type": "bool",
    },
    {
        "long": "version",
        "short": "V",
        "key": "version",
        "kind": "version",
        "builtin": True,
        "type": "bool",
    },
]

ROOT: "Command" = {
    "name": "goobits-program",
    "commands": [
        {"name": "plugin", "hooks": ["on_plugin"]},
    ],
}

if __name__ == "__main__":
    sys.exit(main())
