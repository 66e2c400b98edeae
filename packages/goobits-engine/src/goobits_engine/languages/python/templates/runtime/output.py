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
