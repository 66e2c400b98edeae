"""What runs of a command used: as a value, and as lines of text.

    run<TAB>seconds name<TAB>...<TAB>.
    past<TAB>runs<TAB>uses seconds name<TAB>...<TAB>.

A line that does not end in a field `.` is one that a killed process has not finished.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 1e9
LINE_LIMIT = 4096
"""The most characters of a line; what costs or is used least is left out."""


class Usage:
    """Aged sums over the runs of a command.

    `components` holds for each name the aged number of runs that used it, and the seconds that
    loading it took on average.
    """

    __slots__ = ("components", "runs")

    def __init__(
        self, runs: float, components: Mapping[str, tuple[float, float]]
    ) -> None:
        self.runs = runs
        self.components = components

    def probability(self, name: str) -> float:
        """Return how probable it is that the next run uses the component.

        Half a use in one more run is added (Krichevsky and Trofimov, 1981), so that few runs say
        little: 0.5 when there were none.
        """
        used, _ = self.components.get(name, (0.0, 0.0))
        return (used + 0.5) / (self.runs + 1.0)

    def seconds(self, name: str) -> float:
        """Return what loading the component took on average, 0.0 when it is not known."""
        return self.components.get(name, (0.0, 0.0))[1]

    def __repr__(self) -> str:
        return f"Usage({self.runs!r}, {self.components!r})"


def parse(text: str, decay: float) -> Usage:
    """Return the sum of the lines; a run counts `decay` times as much after another one.

    Raises:
        ValueError: a line is complete but says nothing.
    """
    runs = 0.0
    now = 0
    found: dict[str, tuple[float, float, int]] = {}
    for line in text.split("\n"):
        kind, *fields = line.split("\t")
        if not fields or fields.pop() != ".":
            continue
        if kind == "run":
            now += 1
            runs = runs * decay + 1.0
            for field in fields:
                cost, _, name = field.partition(" ")
                uses, mean, last = found.get(name, (0.0, 0.0, now))
                uses *= decay ** (now - last)
                mean += (_amount(cost) - mean) / (uses + 1.0)
                found[name] = uses + 1.0, mean, now
        elif kind == "past" and fields:
            runs = _amount(fields[0])
            for field in fields[1:]:
                count, cost, name = field.split(" ", 2)
                found[name] = _amount(count), _amount(cost), now
        else:
            raise ValueError(f"no line of this file begins with {kind!r}")
    components = {
        _plain(name): (uses * decay ** (now - last), mean)
        for name, (uses, mean, last) in found.items()
    }
    return Usage(runs, components)


def run_line(used: Mapping[str, float]) -> str:
    """Return the line of a run that used these components at these costs in seconds.

    What is no amount, as a clock that was set back may give, counts as 0.
    """
    amounts = {name: cost if 0.0 <= cost < MOST else 0.0 for name, cost in used.items()}
    costly = sorted(amounts.items(), key=lambda item: -item[1])
    return _line("run", [f"{cost:.6g} {_quoted(name)}" for name, cost in costly])


def past_line(usage: Usage) -> str:
    """Return the line that sums up all runs."""
    frequent = sorted(usage.components.items(), key=lambda item: -item[1][0])
    fields = [f"{uses!r} {cost:.6g} {_quoted(name)}" for name, (uses, cost) in frequent]
    return _line("past", [repr(usage.runs), *fields])


def _line(kind: str, fields: list[str]) -> str:
    """Begin on a new line, as the last one may be half written."""
    kept = [f"\n{kind}"]
    room = LINE_LIMIT - len(kind) - len("\n\t.\n")
    for field in fields:
        room -= len(field) + 1
        if room < 0:
            break
        kept.append(field)
    return "\t".join([*kept, ".\n"])


def _amount(text: str) -> float:
    amount = float(text)
    if not 0.0 <= amount <= MOST:
        raise ValueError(f"{text} is no amount")
    return amount


def _quoted(name: str) -> str:
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return name.encode("unicode_escape").decode("ascii")


def _plain(name: str) -> str:
    return name.encode("ascii").decode("unicode_escape") if "\\" in name else name
