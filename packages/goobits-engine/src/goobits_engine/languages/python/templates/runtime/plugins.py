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
