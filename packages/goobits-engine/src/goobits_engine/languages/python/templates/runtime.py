class Option:
    """An option: `kind` is flag, count, value, or the built-in page that it prints."""

    __slots__ = (
        "choices",
        "conflicts",
        "default",
        "deprecated",
        "env",
        "hidden",
        "key",
        "kind",
        "long",
        "multiple",
        "negatable",
        "path_exists",
        "required",
        "requires",
        "short",
        "type",
    )

    def __init__(
        self,
        long: str,
        short: str = "",
        *,
        key: str = "",
        kind: str = "value",
        type: str = "str",
        choices: "Sequence[str]" = (),
        default: "Sequence[str]" = (),
        multiple: bool = False,
        required: bool = False,
        negatable: bool = False,
        hidden: bool = False,
        deprecated: str = "",
        env: str = "",
        conflicts: "Sequence[str]" = (),
        requires: "Sequence[str]" = (),
        path_exists: bool = False,
    ) -> None:
        self.long = long
        self.short = short
        self.key = key or long
        self.kind = kind
        self.type = type
        self.choices = choices
        self.default = default
        self.multiple = multiple
        self.required = required
        self.negatable = negatable
        self.hidden = hidden
        self.deprecated = deprecated
        self.env = env
        self.conflicts = conflicts
        self.requires = requires
        self.path_exists = path_exists

    def answers(self, word: str) -> bool:
        """Tell whether `--name`, `--no-name` or `-n` means this option."""
        if word[1] != "-":
            return self.short == word[1]
        name = word[2:]
        return self.long == name or (self.negatable and f"no-{self.long}" == name)


class Argument:
    """A positional argument that takes up to `maximum` words (-1: no limit)."""

    __slots__ = (
        "choices",
        "default",
        "key",
        "many",
        "maximum",
        "name",
        "path_exists",
        "required",
        "type",
    )

    def __init__(
        self,
        name: str,
        *,
        key: str = "",
        type: str = "str",
        many: bool = False,
        maximum: int = 1,
        required: bool = False,
        choices: "Sequence[str]" = (),
        default: "Sequence[str]" = (),
        path_exists: bool = False,
    ) -> None:
        self.name = name
        self.key = key or name
        self.type = type
        self.many = many
        self.maximum = maximum
        self.required = required
        self.choices = choices
        self.default = default
        self.path_exists = path_exists


class Command:
    """A command, or a group of `commands`; it runs when it has the names of a hook."""

    __slots__ = (
        "aliases",
        "arguments",
        "commands",
        "default",
        "deprecated",
        "hidden",
        "hooks",
        "name",
        "options",
    )

    def __init__(
        self,
        name: str,
        *,
        aliases: "Sequence[str]" = (),
        hooks: "Sequence[str]" = (),
        hidden: bool = False,
        deprecated: str = "",
        default: str = "",
        arguments: "Sequence[Argument]" = (),
        options: "Sequence[Option]" = (),
        commands: "Sequence[Command]" = (),
    ) -> None:
        self.name = name
        self.aliases = aliases
        self.hooks = hooks
        self.hidden = hidden
        self.deprecated = deprecated
        self.default = default
        self.arguments = arguments
        self.options = options
        self.commands = commands

    def child(self, word: str) -> "Command | None":
        for command in self.commands:
            if word == command.name or word in command.aliases:
                return command
        return None


class UsageError(Exception):
    """The command line is wrong: exit 2."""

    def __init__(self, text: str, suggestion: str = "") -> None:
        super().__init__(text)
        self.suggestion = suggestion


class HookError(Exception):
    """The hook cannot be called: exit 1."""


class Page(Exception):
    """The command line asks for a page: exit 0, or 2 on stderr."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


class Given:
    """What the command line or the environment gave for an option."""

    __slots__ = ("option", "value")

    def __init__(self, option: Option, value: "Value") -> None:
        self.option = option
        self.value = value


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


def checked(text: str, place: str, target: "Option | Argument") -> "Scalar":
    """Read a value that was given for an option or an argument.

    Raises:
        UsageError: it is not of the type, not one of the choices, or no path.
    """
    try:
        value = convert(text, target.type)
        if target.choices:
            if all(value != convert(known, target.type) for known in target.choices):
                known = "{" + ", ".join(target.choices) + "}"
                raise ValueError(message("not-choice", choices=known))
        if target.path_exists and not os.path.exists(os.fsencode(text)):
            raise ValueError(message("not-path"))
    except ValueError as error:
        raise UsageError(
            message("U6", q=quoted(text), place=place, reason=error)
        ) from None
    return value


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


class Parser:
    """One pass over the command line, from left to right."""

    def __init__(self, words: "Sequence[str]") -> None:
        self.words = iter(words)
        self.path = [ROOT]
        self.given: "dict[str, Given]" = {}
        self.positionals: "list[str]" = []
        self.arguments: "dict[str, Value]" = {}
        self.deprecations: "list[str]" = []
        self.color = "auto"
        self.descending = True
        self.helping = False
        self.literal = False

    @property
    def command(self) -> Command:
        return self.path[-1]

    def names(self) -> str:
        return " ".join([command.name for command in self.path])

    def run(self) -> None:
        """Read every word, then the environment, then check what is still missing.

        Raises:
            UsageError: at the first mistake.
            Page: when a page was asked for.
        """
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
            raise Page(self.page())
        if self.descending and self.command.default:
            self.enter_default()
        if not self.command.hooks:
            raise Page(self.page(), 2)
        self.read_environment()
        self.check_arguments()
        self.check_options()

    def page(self) -> str:
        return PAGES[self.names()]

    def json_page(self) -> str:
        """Cut the object of this command out of the document of the root."""
        lines = HELP_JSON.split("\n")
        name = f'"path": "{self.names()}"'
        place = [line.strip().rstrip(",") for line in lines].index(name)
        margin = lines[place - 2][:-1]
        cut = []
        for line in lines[place - 2 :]:
            cut.append(line[len(margin) :])
            if cut[-1] in ("}", "},"):
                break
        return "\n".join(cut).rstrip(",") + "\n"

    # Descent

    def enter(self, command: Command) -> None:
        self.path.append(command)
        if command.deprecated:
            path = " ".join([step.name for step in self.path[1:]])
            text = message("old-command", path=path, text=command.deprecated)
            self.deprecate(text)

    def enter_default(self) -> None:
        child = self.command.child(self.command.default)
        if child is not None:
            self.enter(child)
        self.descending = False

    def default(self) -> "Command | None":
        if self.descending and self.command.default and not self.helping:
            return self.command.child(self.command.default)
        return None

    def word(self, word: str) -> None:
        if self.descending:
            child = self.command.child(word)
            if child is not None:
                self.enter(child)
                return
            if word == "help" and len(self.path) == 1:
                self.helping = True
                return
            if self.helping or not (self.command.hooks or self.command.default):
                raise self.unknown_command(word)
            if self.command.default:
                self.enter_default()
        self.positional(word)

    def unknown_command(self, word: str) -> UsageError:
        candidates = []
        for command in self.command.commands:
            if not command.hidden and not command.deprecated:
                candidates += [command.name, *command.aliases]
        if len(self.path) == 1:
            candidates.append("help")
        return UsageError(message("U2", q=quoted(word)), nearest(word, candidates))

    def positional(self, word: str) -> None:
        self.descending = False
        place = len(self.positionals)
        for argument in self.command.arguments if not self.helping else ():
            if argument.maximum < 0 or place < argument.maximum:
                where = message("in-argument", A=argument.name.upper())
                value = checked(word, where, argument)
                self.positionals.append(word)
                if argument.many:
                    values = self.arguments.setdefault(argument.key, [])
                    if isinstance(values, list):
                        values.append(value)
                else:
                    self.arguments[argument.key] = value
                return
            place -= argument.maximum
        raise UsageError(message("U7", q=quoted(word)))

    # Options

    def scopes(self) -> "Iterator[Sequence[Option]]":
        for command in reversed(self.path):
            yield command.options
        yield BUILTINS

    def find(self, word: str) -> "Option | None":
        """Return the nearest option that answers; enter a default command for its own."""
        for options in self.scopes():
            for option in options:
                if option.answers(word):
                    return option
        child = self.default()
        if child is not None:
            for option in child.options:
                if option.answers(word):
                    self.enter_default()
                    return option
        return None

    def long(self, word: str) -> None:
        name, equals, value = word[2:].partition("=")
        option = self.find(f"--{name}")
        if option is None:
            raise self.unknown_option(name)
        if option.kind == "value":
            self.store(option, value if equals else self.following(option))
        elif option.long != name:
            if equals:
                raise UsageError(message("U5", opt=f"--{name}"))
            self.put(option, False)
        else:
            self.switch(option, value if equals else None)

    def unknown_option(self, name: str) -> UsageError:
        scopes = list(self.scopes())
        child = self.default()
        if child is not None:
            scopes.append(child.options)
        candidates = []
        for options in scopes:
            for option in options:
                if not option.hidden and not option.deprecated:
                    candidates.append(option.long)
                    if option.negatable:
                        candidates.append(f"no-{option.long}")
        meant = nearest(name, candidates)
        text = message("U3", q=quoted(f"--{name}"))
        return UsageError(text, f"--{meant}" if meant else "")

    def cluster(self, word: str) -> None:
        for place, letter in enumerate(word[1:], 2):
            option = self.find(f"-{letter}")
            if option is None:
                raise UsageError(message("U3", q=quoted(f"-{letter}")))
            rest = word[place:]
            if option.kind == "value":
                if rest:
                    rest = rest[1:] if rest[0] == "=" else rest
                    self.store(option, rest)
                else:
                    self.store(option, self.following(option))
                return
            if rest[:1] == "=":
                self.switch(option, rest[1:])
                return
            self.switch(option, None)

    def following(self, option: Option) -> str:
        word = next(self.words, "--")
        if word == "--" or is_option(word):
            raise UsageError(message("U4", opt=f"--{option.long}"))
        return word

    def switch(self, option: Option, value: "str | None") -> None:
        """Act on an option that takes no value, with what stood behind its `=`."""
        if option.kind == "flag":
            if value not in (None, "true", "false"):
                raise UsageError(message("U5", opt=f"--{option.long}"))
            self.put(option, value != "false")
            return
        if value is not None:
            raise UsageError(message("U5", opt=f"--{option.long}"))
        if option.kind == "count":
            seen = self.given.get(option.key)
            before = seen.value if seen and same_shape(seen.option, option) else 0
            self.put(option, before + 1 if isinstance(before, int) else 1)
        elif option.kind == "version":
            raise Page(f"{ROOT.name} {VERSION}\n")
        elif option.kind == "help-json":
            raise Page(self.json_page())
        elif option.kind == "help-all":
            raise Page(
                f"\n{'=' * 80}\n\n".join(self.all_pages(self.command, self.names()))
            )
        else:
            raise Page(self.page())

    def all_pages(self, command: Command, path: str) -> "list[str]":
        pages = [PAGES[path]]
        for child in command.commands:
            if not child.hidden:
                pages += self.all_pages(child, f"{path} {child.name}")
        return pages

    def store(self, option: Option, text: str) -> None:
        value = checked(text, message("in-option", opt=f"--{option.long}"), option)
        if option.long == "color" and option in BUILTINS:
            self.color = text
        elif option.multiple:
            seen = self.given.get(option.key)
            before = seen.value if seen and same_shape(seen.option, option) else []
            self.put(option, [*before, value] if isinstance(before, list) else [value])
        else:
            self.put(option, value)

    def put(self, option: Option, value: "Value") -> None:
        self.given[option.key] = Given(option, value)
        if option.deprecated:
            text = message("old-option", opt=f"--{option.long}", text=option.deprecated)
            self.deprecate(text)

    def deprecate(self, text: str) -> None:
        if text not in self.deprecations:
            self.deprecations.append(text)

    # After the last word

    def in_force(self) -> "list[Option]":
        """Return the options in force, globals before locals, the nearest of each key."""
        nearest_of: "dict[str, Option]" = {}
        for options in [BUILTINS, *[command.options for command in self.path]]:
            for option in options:
                if option.kind in ("flag", "count", "value") and option.long != "color":
                    nearest_of[option.key] = option
        return list(nearest_of.values())

    def value_of(self, option: Option) -> "Given | None":
        """Return what was given for an option, here or to an outer one of its shape."""
        given = self.given.get(option.key)
        return given if given and same_shape(given.option, option) else None

    def read_environment(self) -> None:
        for option in self.in_force():
            raw = os.environ.get(option.env) if option.env else None
            if not raw or self.value_of(option):
                continue
            text = well_formed(raw)
            if text is None:
                raise UsageError(message("U13", V=option.env))
            place = message("in-environment", V=option.env)
            value: "Value"
            if option.kind == "value":
                value = checked(text, place, option)
                self.put(option, [value] if option.multiple else value)
                continue
            try:
                value = to_bool(text) if option.kind == "flag" else to_int(text)
            except ValueError as error:
                raise UsageError(
                    message("U6", q=quoted(text), place=place, reason=error)
                ) from None
            self.put(option, value)

    def check_arguments(self) -> None:
        left = len(self.positionals)
        for argument in self.command.arguments:
            taken = left if argument.maximum < 0 else min(left, argument.maximum)
            left -= taken
            name = argument.name.upper()
            if not taken and argument.required:
                raise UsageError(message("U8", A=name))
            if 0 < taken < argument.maximum:
                text = message("U9", A=name, n=argument.maximum, m=taken)
                raise UsageError(text)

    def check_options(self) -> None:
        options = self.in_force()
        active = {}
        for option in options:
            given = self.value_of(option)
            if option.required and given is None:
                raise UsageError(message("U10", opt=f"--{option.long}"))
            if given is not None and given.value is not False:
                active[option.key] = option
        by_key = {option.key: option for option in options}
        for option in active.values():
            for key in option.conflicts:
                if key in active:
                    raise self.clash("U11", option, active[key])
            for key in option.requires:
                if key not in active:
                    raise self.clash("U12", option, by_key[key])

    def clash(self, code: str, option: Option, other: Option) -> UsageError:
        text = message(code, opt=f"--{option.long}", other=f"--{other.long}")
        return UsageError(text)

    def hook_arguments(self) -> "dict[str, Value]":
        """Return what the hook is called with; every list is a new one."""
        values: "dict[str, Value]" = {}
        for option in self.in_force():
            given = self.value_of(option)
            values[option.key] = given.value if given else absent_value(option)
        for argument in self.command.arguments:
            value = self.arguments.get(argument.key)
            if value is None and argument.default:
                value = convert(argument.default[0], argument.type)
            elif value is None and argument.many:
                value = []
            values[argument.key] = value
        values["command_name"] = " ".join([step.name for step in self.path[1:]])
        return values


def same_shape(one: Option, other: Option) -> bool:
    return (one.kind, one.type, one.multiple) == (
        other.kind,
        other.type,
        other.multiple,
    )


def absent_value(option: Option) -> "Value":
    if option.kind == "flag":
        return bool(option.default)
    if option.kind == "count":
        return 0
    values = [convert(text, option.type) for text in option.default]
    if option.multiple:
        return list(values)
    return values[0] if values else None


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
    if choice == "always" or (
        choice == "auto" and stream is not None and stream.isatty()
    ):
        return text.translate(PAINT)
    return text.translate(PLAIN)


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
            pass


def fail(text: str, color: str = "auto") -> int:
    prefix = painted("\x01error:\x07", sys.stderr, color)
    complain(f"{ROOT.name}: {prefix} {text}\n")
    return 1


def discard_output() -> None:
    """Let what is left in the buffer of stdout, and what comes later, go nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def finish(code: int, text: str = "", color: str = "auto") -> int:
    """Write the last of stdout and return the exit code, another one if it failed."""
    if sys.stdout is None:
        return code
    try:
        if text:
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        discard_output()
        return 141
    except OSError:
        discard_output()
        return fail(message("F3"), color)
    return code


def reader_is_gone() -> bool:
    """Tell whether nobody reads stdout any more."""
    if sys.stdout is None or os.name != "posix":
        return False
    import select

    poll = select.poll()
    poll.register(1, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def find_hook(names: "Sequence[str]") -> "Hook":
    """Import the hooks module and return the hook.

    Raises:
        HookError: the file or the function is not there.
    """
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
    raise HookError(message("F1", function=names[0], file=HOOKS_FILE))


async def awaited(result: "Awaitable[object]") -> object:
    return await result


def call(parser: Parser) -> int:
    """Call the hook and return the exit code of its result."""
    result = find_hook(parser.command.hooks)(**parser.hook_arguments())
    if hasattr(result, "__await__"):
        import asyncio

        result = asyncio.run(awaited(result))
    if isinstance(result, int) and not isinstance(result, bool):
        return result if 0 <= result <= 255 else 1
    return 0


def hook_failed(error: Exception, parser: Parser) -> int:
    """Report what a hook raised."""
    if isinstance(error, BrokenPipeError) and reader_is_gone():
        return finish(141)
    code = finish(1, "", parser.color)
    if code != 1:
        return code
    verbose = parser.hook_arguments().get("verbose")
    if verbose and not isinstance(error, HookError):
        import traceback

        complain("".join(traceback.format_exception(error)))
    return fail(str(error) or type(error).__name__, parser.color)


def run(words: "Sequence[str]") -> int:
    """Read the command line, call the hook, and return the exit code."""
    parser = Parser(words)
    try:
        parser.words = iter(checked_words(words))
        parser.run()
    except Page as page:
        if page.code:
            complain(painted(str(page), sys.stderr, parser.color))
            return page.code
        return finish(0, painted(str(page), sys.stdout, parser.color), parser.color)
    except UsageError as error:
        lines = [str(error)]
        if error.suggestion:
            lines.append(message("suggestion", name=error.suggestion))
        lines.append(message("usage", path=parser.names()))
        fail("\n".join(lines), parser.color)
        return 2
    for text in parser.deprecations:
        prefix = painted("\x05warning:\x07", sys.stderr, parser.color)
        complain(f"{ROOT.name}: {prefix} {text}\n")
    try:
        code = call(parser)
    except Exception as error:
        return hook_failed(error, parser)
    except SystemExit:
        failed = finish(0, "", parser.color)
        if failed:
            return failed
        raise
    return finish(code, "", parser.color)


def checked_words(words: "Sequence[str]") -> "list[str]":
    """Return the words as Unicode.

    Raises:
        UsageError: one is not valid UTF-8.
    """
    read = []
    for place, word in enumerate(words, 1):
        text = well_formed(word)
        if text is None:
            raise UsageError(message("U1", n=place))
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
PAINT = {
    1: "\x1b[1m",
    2: "\x1b[1;4m",
    3: "\x1b[36m",
    4: "\x1b[32m",
    5: "\x1b[33m",
    6: "\x1b[2m",
    7: "\x1b[0m",
}
PLAIN = dict.fromkeys(range(1, 8))
