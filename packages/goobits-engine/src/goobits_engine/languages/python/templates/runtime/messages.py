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
