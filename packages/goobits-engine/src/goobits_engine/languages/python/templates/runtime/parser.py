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
