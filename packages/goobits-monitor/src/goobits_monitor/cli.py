"""The command-line program goobits-monitor.

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

HOOKS_FILE = "_commands.py"
HOOKS_MODULE = "_commands"


def load_hooks(names: "list[str]") -> object:
    """Import the hooks; only a command that runs does."""
    return __import__(HOOKS_MODULE, globals(), {}, names, 1 if __package__ else 0)


PLUGINS: "list[str] | None" = None

VERSION = "0.1.0"

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
    "goobits-monitor": """\
⏱️ \x01Goobits Monitor\x07 0.1.0 - what a command costs to start, and whether that
became more

Measure what a command costs to start, and tell a regression from noise

\x02Usage:\x07 goobits-monitor [OPTIONS] <COMMAND>

\x02💡 Quick start\x07
  \x04goobits-monitor run -- mytool --help\x07
                        What a user waits for and why
  \x04goobits-monitor compare 'old/mytool' 'new/mytool'\x07
                        Which one is faster

\x02Commands\x07
  \x03run\x07                   🚀 Measure a command against the bare interpreter and
                        its targets
  \x03compare\x07               ⚖️ Measure commands in turn, and say which is slower
  \x03imports\x07               🌳 Show what a Python program imports, by cost
  \x03record\x07                📝 Add values to the history
  \x03history\x07               📈 Show what was recorded, and where it changed
  \x03gate\x07                  🚦 Fail when results, or the history, show a regression

\x02Global options\x07
      \x04--json\x07            Print the result as JSON
  \x04-q\x07, \x04--quiet\x07           Show no progress
  \x04-v\x07, \x04--verbose\x07         Say more, and show traces
      \x04--color\x07 \x05<CHOICE>\x07  When to use colour \x06[choices: auto, always, never]\x07
                        \x06[default: auto]\x07
  \x04-h\x07, \x04--help\x07            Show this help
      \x04--help-all\x07        Show the help of every command
      \x04--help-json\x07       Show this help as JSON
  \x04-V\x07, \x04--version\x07         Show the version
""",
    "goobits-monitor run": """\
🚀 \x01goobits-monitor run\x07

Run a command many times, in turn with the bare interpreter that runs it: CPU
time of the whole process, time by the clock, peak memory; where it is a Python
program, what its imports cost; and the phases that it reports. Its output is
thrown away.

\x02Usage:\x07 goobits-monitor run [OPTIONS] <COMMAND>...

\x02Arguments\x07
  \x05<COMMAND>\x07...           The command and its words, after --

\x02Options\x07
      \x04--target\x07 \x05<FLOAT>\x07   How many milliseconds the start may take \x06[default: 100]\x07
      \x04--memory\x07 \x05<FLOAT>\x07   How many megabytes it may hold \x06[default: 50]\x07
      \x04--budget\x07 \x05<TEXT>\x07    What a phase may take: NAME=MILLISECONDS \x06[repeatable]\x07
  \x04-n\x07, \x04--pairs\x07 \x05<INT>\x07      How often to measure, instead of for 3 seconds and at
                         least 7 times
      \x04--timeout\x07 \x05<FLOAT>\x07  Seconds after which a run is killed \x06[default: 60]\x07
  \x04-i\x07, \x04--ignore-failure\x07   Measure a command that fails
      \x04--check\x07            Exit with 1 unless all targets are met
      \x04--record\x07 \x05<TEXT>\x07    Add the result to the history under this name
      \x04--label\x07 \x05<TEXT>\x07     What is recorded with it, such as a commit
      \x04--history\x07 \x05<PATH>\x07   The file of the history
  \x04-o\x07, \x04--output\x07 \x05<PATH>\x07    Write the result as JSON of pytest-benchmark

\x02Examples\x07
  \x04goobits-monitor run -- black --version\x07
                         Measure a start
  \x04goobits-monitor run --target 80 --check -- mytool --help\x07
                         Fail when it is slow

Global options: see goobits-monitor --help
""",
    "goobits-monitor compare": """\
⚖️ \x01goobits-monitor compare\x07

Run each command in turn with the first, in pairs, on one CPU, and judge the
ratios of their costs: slower, faster, the same, or not to be told from this
noise.

\x02Usage:\x07 goobits-monitor compare [OPTIONS] <BASE> <HEADS>...

\x02Arguments\x07
  \x05<BASE>\x07                      The command to compare with, in quotes; it is run
                              by no shell
  \x05<HEADS>\x07...                  The commands to compare, each in quotes

\x02Options\x07
  \x04-n\x07, \x04--pairs\x07 \x05<INT>\x07           How many pairs; below 7 nothing can be told
                              \x06[default: 20]\x07
      \x04--repeats\x07 \x05<INT>\x07         Runs per side of a pair, instead of as many as the
                              noise asks for
      \x04--limit\x07 \x05<FLOAT>\x07         How many percent more are no regression
                              \x06[default: 2]\x07
      \x04--metric\x07 \x05<CHOICE>\x07       What --check judges, by default CPU (Windows:
                              wall) \x06[choices: cpu, wall, memory]\x07 \x06[repeatable]\x07
      \x04--check\x07                 Exit with 1 when a command is slower than the
                              first
      \x04--on-regression\x07 \x05<TEXT>\x07  A command that is run then, with the verdict as
                              JSON on its stdin; no shell
      \x04--timeout\x07 \x05<FLOAT>\x07       Seconds after which a run is killed \x06[default: 60]\x07
  \x04-i\x07, \x04--ignore-failure\x07        Measure commands that fail
      \x04--no-pin\x07                Let the commands use every CPU
  \x04-o\x07, \x04--output\x07 \x05<PATH>\x07         Write the result as JSON of pytest-benchmark

\x02Examples\x07
  \x04goobits-monitor compare 'python old.py' 'python new.py'\x07
                              Which one is faster
  \x04goobits-monitor compare --check base/tool head/tool\x07
                              Fail when head is slower

Global options: see goobits-monitor --help
""",
    "goobits-monitor imports": """\
🌳 \x01goobits-monitor imports\x07

Show what a Python program imports, by cost

\x02Usage:\x07 goobits-monitor imports [OPTIONS] <COMMAND>...

\x02Arguments\x07
  \x05<COMMAND>\x07...           The command and its words, after --

\x02Options\x07
      \x04--runs\x07 \x05<INT>\x07       How many runs to take the median of \x06[default: 5]\x07
      \x04--least\x07 \x05<FLOAT>\x07    Leave out what costs fewer milliseconds \x06[default: 1]\x07
      \x04--flat\x07             List packages instead, by what they cost themselves
      \x04--all\x07              Show what the bare interpreter imports too
      \x04--timeout\x07 \x05<FLOAT>\x07  Seconds after which a run is killed \x06[default: 60]\x07

Global options: see goobits-monitor --help
""",
    "goobits-monitor record": """\
📝 \x01goobits-monitor record\x07

Add a measured value, or the results of pytest-benchmark, or those that --output
wrote, to the history. More is always worse.

\x02Usage:\x07 goobits-monitor record [OPTIONS] [<METRIC>] [<VALUE>]

\x02Arguments\x07
  \x05<METRIC>\x07              What was measured
  \x05<VALUE>\x07               The value, in --unit

\x02Options\x07
      \x04--unit\x07 \x05<TEXT>\x07     The unit of the value \x06[default: s]\x07
  \x04-f\x07, \x04--file\x07 \x05<PATH>\x07     A run of pytest-benchmark: every benchmark in it is
                        recorded \x06[repeatable]\x07
      \x04--label\x07 \x05<TEXT>\x07    What is recorded with it, such as a commit
      \x04--history\x07 \x05<PATH>\x07  The file of the history

Global options: see goobits-monitor --help
""",
    "goobits-monitor history": """\
📈 \x01goobits-monitor history\x07

Show what was recorded, and where it changed

\x02Usage:\x07 goobits-monitor history [OPTIONS] [<METRIC>]

\x02Arguments\x07
  \x05<METRIC>\x07              Show the values of this one

\x02Options\x07
      \x04--last\x07 \x05<INT>\x07      How many values to look at \x06[default: 200]\x07
      \x04--history\x07 \x05<PATH>\x07  The file of the history

Global options: see goobits-monitor --help
""",
    "goobits-monitor gate": """\
🚦 \x01goobits-monitor gate\x07

Judge measurements that were made before. Files are results of 'compare --json',
or runs of pytest-benchmark made in turn: all of base after --base, all of head
after --head. Without files, the history is judged: has a metric recently become
worse, and stayed so?

\x02Usage:\x07 goobits-monitor gate [OPTIONS] [<FILES>...]

\x02Arguments\x07
  \x05<FILES>\x07...                  Results of 'compare --json'

\x02Options\x07
      \x04--base\x07 \x05<PATH>\x07           Runs of pytest-benchmark with the old code, in
                              order \x06[repeatable]\x07
      \x04--head\x07 \x05<PATH>\x07           The same of the new code \x06[repeatable]\x07
      \x04--metric\x07 \x05<TEXT>\x07         Judge this one, by default all of the history or
                              the CPU time \x06[repeatable]\x07
      \x04--recent\x07 \x05<INT>\x07          How many values back a step of the history counts
                              as new \x06[default: 20]\x07
      \x04--limit\x07 \x05<FLOAT>\x07         How many percent more are no regression; in a
                              history at least 3 \x06[default: 2]\x07
      \x04--on-regression\x07 \x05<TEXT>\x07  A command that is run then, with the verdict as
                              JSON on its stdin; no shell
      \x04--history\x07 \x05<PATH>\x07        The file of the history

Global options: see goobits-monitor --help
""",
}

HELP_JSON = """\
{
  "name": "goobits-monitor",
  "path": "goobits-monitor",
  "description": "Measure what a command costs to start, and tell a regression from noise",
  "options": [
    {
      "name": "--json",
      "description": "Print the result as JSON",
      "type": "flag"
    },
    {
      "name": "--quiet",
      "short": "-q",
      "description": "Show no progress",
      "type": "flag"
    },
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
      "name": "--help-all",
      "description": "Show the help of every command",
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
  ],
  "commands": [
    {
      "name": "run",
      "path": "goobits-monitor run",
      "description": "Run a command many times, in turn with the bare interpreter that runs it: CPU time of the whole process, time by the clock, peak memory; where it is a Python program, what its imports cost; and the phases that it reports. Its output is thrown away.",
      "arguments": [
        {
          "name": "command",
          "description": "The command and its words, after --",
          "type": "str",
          "required": true,
          "minimum": 1
        }
      ],
      "options": [
        {
          "name": "--target",
          "description": "How many milliseconds the start may take",
          "type": "float",
          "default": "100"
        },
        {
          "name": "--memory",
          "description": "How many megabytes it may hold",
          "type": "float",
          "default": "50"
        },
        {
          "name": "--budget",
          "description": "What a phase may take: NAME=MILLISECONDS",
          "type": "str",
          "multiple": true
        },
        {
          "name": "--pairs",
          "short": "-n",
          "description": "How often to measure, instead of for 3 seconds and at least 7 times",
          "type": "int"
        },
        {
          "name": "--timeout",
          "description": "Seconds after which a run is killed",
          "type": "float",
          "default": "60"
        },
        {
          "name": "--ignore-failure",
          "short": "-i",
          "description": "Measure a command that fails",
          "type": "flag"
        },
        {
          "name": "--check",
          "description": "Exit with 1 unless all targets are met",
          "type": "flag"
        },
        {
          "name": "--record",
          "description": "Add the result to the history under this name",
          "type": "str"
        },
        {
          "name": "--label",
          "description": "What is recorded with it, such as a commit",
          "type": "str",
          "requires": [
            "record"
          ]
        },
        {
          "name": "--history",
          "description": "The file of the history",
          "type": "path",
          "requires": [
            "record"
          ]
        },
        {
          "name": "--output",
          "short": "-o",
          "description": "Write the result as JSON of pytest-benchmark",
          "type": "path"
        }
      ]
    },
    {
      "name": "compare",
      "path": "goobits-monitor compare",
      "description": "Run each command in turn with the first, in pairs, on one CPU, and judge the ratios of their costs: slower, faster, the same, or not to be told from this noise.",
      "arguments": [
        {
          "name": "base",
          "description": "The command to compare with, in quotes; it is run by no shell",
          "type": "str",
          "required": true
        },
        {
          "name": "heads",
          "description": "The commands to compare, each in quotes",
          "type": "str",
          "required": true,
          "minimum": 1
        }
      ],
      "options": [
        {
          "name": "--pairs",
          "short": "-n",
          "description": "How many pairs; below 7 nothing can be told",
          "type": "int",
          "default": "20"
        },
        {
          "name": "--repeats",
          "description": "Runs per side of a pair, instead of as many as the noise asks for",
          "type": "int"
        },
        {
          "name": "--limit",
          "description": "How many percent more are no regression",
          "type": "float",
          "default": "2"
        },
        {
          "name": "--metric",
          "description": "What --check judges, by default CPU (Windows: wall)",
          "type": "str",
          "multiple": true,
          "choices": [
            "cpu",
            "wall",
            "memory"
          ],
          "requires": [
            "check"
          ]
        },
        {
          "name": "--check",
          "description": "Exit with 1 when a command is slower than the first",
          "type": "flag"
        },
        {
          "name": "--on-regression",
          "description": "A command that is run then, with the verdict as JSON on its stdin; no shell",
          "type": "str",
          "requires": [
            "check"
          ]
        },
        {
          "name": "--timeout",
          "description": "Seconds after which a run is killed",
          "type": "float",
          "default": "60"
        },
        {
          "name": "--ignore-failure",
          "short": "-i",
          "description": "Measure commands that fail",
          "type": "flag"
        },
        {
          "name": "--no-pin",
          "description": "Let the commands use every CPU",
          "type": "flag"
        },
        {
          "name": "--output",
          "short": "-o",
          "description": "Write the result as JSON of pytest-benchmark",
          "type": "path"
        }
      ]
    },
    {
      "name": "imports",
      "path": "goobits-monitor imports",
      "description": "Show what a Python program imports, by cost",
      "arguments": [
        {
          "name": "command",
          "description": "The command and its words, after --",
          "type": "str",
          "required": true,
          "minimum": 1
        }
      ],
      "options": [
        {
          "name": "--runs",
          "description": "How many runs to take the median of",
          "type": "int",
          "default": "5"
        },
        {
          "name": "--least",
          "description": "Leave out what costs fewer milliseconds",
          "type": "float",
          "default": "1"
        },
        {
          "name": "--flat",
          "description": "List packages instead, by what they cost themselves",
          "type": "flag"
        },
        {
          "name": "--all",
          "description": "Show what the bare interpreter imports too",
          "type": "flag"
        },
        {
          "name": "--timeout",
          "description": "Seconds after which a run is killed",
          "type": "float",
          "default": "60"
        }
      ]
    },
    {
      "name": "record",
      "path": "goobits-monitor record",
      "description": "Add a measured value, or the results of pytest-benchmark, or those that --output wrote, to the history. More is always worse.",
      "arguments": [
        {
          "name": "metric",
          "description": "What was measured",
          "type": "str"
        },
        {
          "name": "value",
          "description": "The value, in --unit",
          "type": "float"
        }
      ],
      "options": [
        {
          "name": "--unit",
          "description": "The unit of the value",
          "type": "str",
          "default": "s"
        },
        {
          "name": "--file",
          "short": "-f",
          "description": "A run of pytest-benchmark: every benchmark in it is recorded",
          "type": "path",
          "multiple": true
        },
        {
          "name": "--label",
          "description": "What is recorded with it, such as a commit",
          "type": "str"
        },
        {
          "name": "--history",
          "description": "The file of the history",
          "type": "path"
        }
      ]
    },
    {
      "name": "history",
      "path": "goobits-monitor history",
      "description": "Show what was recorded, and where it changed",
      "arguments": [
        {
          "name": "metric",
          "description": "Show the values of this one",
          "type": "str"
        }
      ],
      "options": [
        {
          "name": "--last",
          "description": "How many values to look at",
          "type": "int",
          "default": "200"
        },
        {
          "name": "--history",
          "description": "The file of the history",
          "type": "path"
        }
      ]
    },
    {
      "name": "gate",
      "path": "goobits-monitor gate",
      "description": "Judge measurements that were made before. Files are results of 'compare --json', or runs of pytest-benchmark made in turn: all of base after --base, all of head after --head. Without files, the history is judged: has a metric recently become worse, and stayed so?",
      "arguments": [
        {
          "name": "files",
          "description": "Results of 'compare --json'",
          "type": "path"
        }
      ],
      "options": [
        {
          "name": "--base",
          "description": "Runs of pytest-benchmark with the old code, in order",
          "type": "path",
          "multiple": true
        },
        {
          "name": "--head",
          "description": "The same of the new code",
          "type": "path",
          "multiple": true,
          "requires": [
            "base"
          ]
        },
        {
          "name": "--metric",
          "description": "Judge this one, by default all of the history or the CPU time",
          "type": "str",
          "multiple": true
        },
        {
          "name": "--recent",
          "description": "How many values back a step of the history counts as new",
          "type": "int",
          "default": "20"
        },
        {
          "name": "--limit",
          "description": "How many percent more are no regression; in a history at least 3",
          "type": "float",
          "default": "2"
        },
        {
          "name": "--on-regression",
          "description": "A command that is run then, with the verdict as JSON on its stdin; no shell",
          "type": "str"
        },
        {
          "name": "--history",
          "description": "The file of the history",
          "type": "path"
        }
      ]
    }
  ],
  "version": "0.1.0"
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
        "long": "help-all",
        "key": "help_all",
        "kind": "help-all",
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
    "name": "goobits-monitor",
    "options": [
        {"long": "json", "key": "json", "kind": "flag", "type": "bool"},
        {"long": "quiet", "short": "q", "key": "quiet", "kind": "flag", "type": "bool"},
    ],
    "commands": [
        {
            "name": "run",
            "hooks": ["on_run"],
            "arguments": [
                {
                    "name": "command",
                    "key": "command",
                    "type": "str",
                    "many": True,
                    "maximum": -1,
                    "required": True,
                },
            ],
            "options": [
                {
                    "long": "target",
                    "key": "target",
                    "kind": "value",
                    "type": "float",
                    "default": ["100"],
                },
                {
                    "long": "memory",
                    "key": "memory",
                    "kind": "value",
                    "type": "float",
                    "default": ["50"],
                },
                {
                    "long": "budget",
                    "key": "budget",
                    "kind": "value",
                    "type": "str",
                    "multiple": True,
                },
                {
                    "long": "pairs",
                    "short": "n",
                    "key": "pairs",
                    "kind": "value",
                    "type": "int",
                },
                {
                    "long": "timeout",
                    "key": "timeout",
                    "kind": "value",
                    "type": "float",
                    "default": ["60"],
                },
                {
                    "long": "ignore-failure",
                    "short": "i",
                    "key": "ignore_failure",
                    "kind": "flag",
                    "type": "bool",
                },
                {"long": "check", "key": "check", "kind": "flag", "type": "bool"},
                {"long": "record", "key": "record", "kind": "value", "type": "str"},
                {
                    "long": "label",
                    "key": "label",
                    "kind": "value",
                    "type": "str",
                    "default": [""],
                    "requires": ["record"],
                },
                {
                    "long": "history",
                    "key": "history",
                    "kind": "value",
                    "type": "path",
                    "requires": ["record"],
                },
                {
                    "long": "output",
                    "short": "o",
                    "key": "output",
                    "kind": "value",
                    "type": "path",
                },
            ],
        },
        {
            "name": "compare",
            "hooks": ["on_compare"],
            "arguments": [
                {
                    "name": "base",
                    "key": "base",
                    "type": "str",
                    "maximum": 1,
                    "required": True,
                },
                {
                    "name": "heads",
                    "key": "heads",
                    "type": "str",
                    "many": True,
                    "maximum": -1,
                    "required": True,
                },
            ],
            "options": [
                {
                    "long": "pairs",
                    "short": "n",
                    "key": "pairs",
                    "kind": "value",
                    "type": "int",
                    "default": ["20"],
                },
                {"long": "repeats", "key": "repeats", "kind": "value", "type": "int"},
                {
                    "long": "limit",
                    "key": "limit",
                    "kind": "value",
                    "type": "float",
                    "default": ["2"],
                },
                {
                    "long": "metric",
                    "key": "metric",
                    "kind": "value",
                    "type": "str",
                    "choices": ["cpu", "wall", "memory"],
                    "multiple": True,
                    "requires": ["check"],
                },
                {"long": "check", "key": "check", "kind": "flag", "type": "bool"},
                {
                    "long": "on-regression",
                    "key": "on_regression",
                    "kind": "value",
                    "type": "str",
                    "requires": ["check"],
                },
                {
                    "long": "timeout",
                    "key": "timeout",
                    "kind": "value",
                    "type": "float",
                    "default": ["60"],
                },
                {
                    "long": "ignore-failure",
                    "short": "i",
                    "key": "ignore_failure",
                    "kind": "flag",
                    "type": "bool",
                },
                {"long": "no-pin", "key": "no_pin", "kind": "flag", "type": "bool"},
                {
                    "long": "output",
                    "short": "o",
                    "key": "output",
                    "kind": "value",
                    "type": "path",
                },
            ],
        },
        {
            "name": "imports",
            "hooks": ["on_imports"],
            "arguments": [
                {
                    "name": "command",
                    "key": "command",
                    "type": "str",
                    "many": True,
                    "maximum": -1,
                    "required": True,
                },
            ],
            "options": [
                {
                    "long": "runs",
                    "key": "runs",
                    "kind": "value",
                    "type": "int",
                    "default": ["5"],
                },
                {
                    "long": "least",
                    "key": "least",
                    "kind": "value",
                    "type": "float",
                    "default": ["1"],
                },
                {"long": "flat", "key": "flat", "kind": "flag", "type": "bool"},
                {"long": "all", "key": "all", "kind": "flag", "type": "bool"},
                {
                    "long": "timeout",
                    "key": "timeout",
                    "kind": "value",
                    "type": "float",
                    "default": ["60"],
                },
            ],
        },
        {
            "name": "record",
            "hooks": ["on_record"],
            "arguments": [
                {"name": "metric", "key": "metric", "type": "str", "maximum": 1},
                {"name": "value", "key": "value", "type": "float", "maximum": 1},
            ],
            "options": [
                {
                    "long": "unit",
                    "key": "unit",
                    "kind": "value",
                    "type": "str",
                    "default": ["s"],
                },
                {
                    "long": "file",
                    "short": "f",
                    "key": "file",
                    "kind": "value",
                    "type": "path",
                    "multiple": True,
                },
                {
                    "long": "label",
                    "key": "label",
                    "kind": "value",
                    "type": "str",
                    "default": [""],
                },
                {"long": "history", "key": "history", "kind": "value", "type": "path"},
            ],
        },
        {
            "name": "history",
            "hooks": ["on_history"],
            "arguments": [
                {"name": "metric", "key": "metric", "type": "str", "maximum": 1},
            ],
            "options": [
                {
                    "long": "last",
                    "key": "last",
                    "kind": "value",
                    "type": "int",
                    "default": ["200"],
                },
                {"long": "history", "key": "history", "kind": "value", "type": "path"},
            ],
        },
        {
            "name": "gate",
            "hooks": ["on_gate"],
            "arguments": [
                {
                    "name": "files",
                    "key": "files",
                    "type": "path",
                    "many": True,
                    "maximum": -1,
                },
            ],
            "options": [
                {
                    "long": "base",
                    "key": "base",
                    "kind": "value",
                    "type": "path",
                    "multiple": True,
                },
                {
                    "long": "head",
                    "key": "head",
                    "kind": "value",
                    "type": "path",
                    "multiple": True,
                    "requires": ["base"],
                },
                {
                    "long": "metric",
                    "key": "metric",
                    "kind": "value",
                    "type": "str",
                    "multiple": True,
                },
                {
                    "long": "recent",
                    "key": "recent",
                    "kind": "value",
                    "type": "int",
                    "default": ["20"],
                },
                {
                    "long": "limit",
                    "key": "limit",
                    "kind": "value",
                    "type": "float",
                    "default": ["2"],
                },
                {
                    "long": "on-regression",
                    "key": "on_regression",
                    "kind": "value",
                    "type": "str",
                },
                {"long": "history", "key": "history", "kind": "value", "type": "path"},
            ],
        },
    ],
}

if __name__ == "__main__":
    sys.exit(main())
