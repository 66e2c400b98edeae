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
