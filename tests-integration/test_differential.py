"""Random programs answer random command lines with the same bytes in every language.

`GOOBITS_SPECIMENS` (25) and `GOOBITS_SEED` (1) make a run longer, or another one; the seed is
part of a test's name. What a run finds is written down as a vector in `vectors/found.json`.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

import pytest
from goobits_engine._program import Argument, Command, Option, Program
from quartet import LANGUAGES, Programs, compiled, write_files
from specimens import VALUES, specimen
from toolchain import run, tool

SPECIMENS = int(os.environ.get("GOOBITS_SPECIMENS", "25"))
SEED = os.environ.get("GOOBITS_SEED", "1")
LINES = 20
WORKERS = 2
BATCH = 25
FORMATTED = 10
TYPED = 2

ODD_WORDS = (
    *"- -- --- --= -= --=x -1 -1x +1 -.5 -1e5 -e5 -é -👍 --é=1 👍🏽 ﬁ İ __proto__".split(),
    *"help --help --help= --hepl -h -V --version --help-all --help-json -vh -hV".split(),
    *"-v --verbose --verbose=false --no-verbose -vv=false constructor".split(),
    *"--color --color=auto --color=always --color= --colour".split(),
    *("", " ", "\t", "a\nb", "x\x1b[31m", "\x7f\x9b", "\u202eabc", "\u2028", "e\u0301"),
)
ODD_BYTES = (b"\xff", b"caf\xe9", b"--\xff", b"-\xe9", b"\xed\xa0\x80", b"\xef\xbf\xbd")
COLOURS = {
    "NO_COLOR": ("", "1"),
    "CLICOLOR_FORCE": ("", "0", "1"),
    "TERM": ("dumb", "xterm"),
    "LC_ALL": ("C", "POSIX", "C.UTF-8"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What is typed after a program's name, and the variables that are set."""

    words: tuple[bytes, ...]
    environment: tuple[tuple[str, bytes], ...]

    def __str__(self) -> str:
        words = [shlex.quote(os.fsdecode(word)) for word in self.words]
        return f"{dict(self.environment)} demo {' '.join(words)}"


class Typist:
    """Types command lines that make sense to a program, and slips."""

    def __init__(self, program: Program, random: Random) -> None:
        self._root = program.root
        self._random = random

    def line(self) -> Line:
        """Return the next command line."""
        path = self._path()
        words = self._sensible(path)
        if self._chance(0.06):
            words.insert(0, "help")
        if self._chance(0.06):
            words.append(self._random.choice(["--help", "--help-json", "--help-all"]))
        for _ in range(self._random.choice([0, 0, 0, 1, 1, 3])):
            self._slip(words)
        typed = [word.encode() for word in words]
        if self._chance(0.02):
            typed.insert(self._place(typed), self._random.choice(ODD_BYTES))
        return Line(tuple(typed), tuple(self._environment(path).items()))

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _place(self, words: Sequence[object]) -> int:
        return self._random.randint(0, len(words))

    def _path(self) -> list[Command]:
        path = [self._root]
        while path[-1].children and self._chance(0.9):
            path.append(self._random.choice(path[-1].children))
        return path

    def _sensible(self, path: list[Command]) -> list[str]:
        """Return the words of a path, with options on the way and arguments behind."""
        words: list[str] = []
        for depth, command in enumerate(path):
            if depth and (command.name != path[depth - 1].default or self._chance(0.7)):
                words.append(self._random.choice((command.name, *command.aliases)))
            known = [option for step in path[: depth + 1] for option in step.options]
            share = 0.6 if command is path[-1] else 0.4
            while known and self._chance(share):
                words += self._option(self._random.choice(known))
        for argument in path[-1].arguments:
            for _ in range(self._count(argument)):
                words.append(self._value(argument))
        for option in path[-1].options:
            if option.required or self._chance(0.2):
                place = len(words) - self._random.randint(0, min(2, len(words) // 2))
                words[place:place] = self._option(option)
        return words

    def _count(self, argument: Argument) -> int:
        most = 3 if argument.maximum is None else argument.maximum
        if self._chance(0.1):
            return self._random.randint(0, most + 1)
        return self._random.randint(min(1, argument.minimum), 1) * most

    def _value(self, target: Argument | Option) -> str:
        if target.choices and self._chance(0.8):
            return self._random.choice(target.choices).text
        if self._chance(0.2):
            return self._numeral() if target.type in ("int", "float") else self._text()
        good = VALUES[target.type]
        return self._random.choice(good[:5] if self._chance(0.85) else good)

    def _numeral(self) -> str:
        digits = str(self._random.getrandbits(self._random.choice([3, 40, 53, 54, 80])))
        at = self._place(digits)
        forms = [digits, f"-{digits}", f"{digits[:at]}.{digits[at:]}"]
        return self._random.choice([*forms, f"{digits}e{at - 9 * len(digits)}"])

    def _text(self) -> str:
        blocks = ((1, 0xFF), (0x600, 0x6FF), (0x2000, 0x20FF), (0xFE00, 0xFFFF))
        block = self._random.choice([*blocks, (0x10000, 0x10FFFF)])
        return "".join(chr(self._random.randint(*block)) for _ in range(3))

    def _option(self, option: Option) -> list[str]:
        long, short = f"--{option.long}", f"-{option.short}"
        if option.kind == "value":
            value = self._value(option)
            forms = [[f"{long}={value}"], [long, value]]
            if option.short:
                forms += [[short, value], [short + value], [f"{short}={value}"]]
            return self._random.choice(forms)
        words = [*[long] * 6, f"{long}=true", f"{long}=false"]
        words += [f"--no-{option.long}"] * 6 * option.negatable
        if option.short:
            words += [*[short] * 4, short * 2, short + self._random.choice("vcxh")]
        if self._chance(0.1):
            words = [f"{long}=yes", f"--no-{option.long}", f"{short}=", f"{short}=true"]
        return [self._random.choice(words)]

    def _slip(self, words: list[str]) -> None:
        """Change words as haste, habit and malice do."""
        names = [at for at, word in enumerate(words) if word.strip("-")[:1].isalpha()]
        place = self._random.choice(names or range(max(1, len(words))))
        slip = self._random.randrange(7)
        if slip < 2 or not words:
            words.insert(self._place(words), self._random.choice(ODD_WORDS))
        elif slip < 4:
            words[place] = self._typo(words[place])
        elif slip == 4:
            del words[place]
        elif slip == 5:
            words.insert(self._place(words), words[place])
        else:
            other = self._random.randrange(len(words))
            words[place], words[other] = words[other], words[place]

    def _typo(self, word: str) -> str:
        at = self._place(word)
        letter = self._random.choice([*"abe-=_ 1'é", "\x1b", "\u202e", "👍"])
        swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        forms = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], swapped]
        return self._random.choice([*forms, word.swapcase()])

    def _environment(self, path: list[Command]) -> dict[str, bytes]:
        chosen = {"LC_ALL": b"C.UTF-8"}
        for option in (option for step in path for option in step.options):
            if option.env and self._chance(0.4):
                chosen[option.env] = self._value(option).encode()
                if self._chance(0.1):
                    chosen[option.env] = self._random.choice(ODD_BYTES)
        for name, values in COLOURS.items():
            if self._chance(0.15):
                chosen[name] = self._random.choice(values).encode()
        return chosen


def disagree(programs: Programs, line: Line) -> bool:
    """Tell whether two languages answer a line differently."""
    first, *others = answers(programs, line)
    return any(other != first for other in others)


def answers(programs: Programs, line: Line) -> list[tuple[int, bytes, bytes]]:
    """Return what each language makes of a line: exit code, stdout, stderr."""
    done = [
        subprocess.run(
            [*command, *line.words],
            cwd=programs.folder / "cwd",
            env=dict(line.environment),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        for command in programs.commands
    ]
    return [(one.returncode, one.stdout, one.stderr) for one in done]


def shortest(programs: Programs, line: Line) -> Line:
    """Return a line without whatever the languages disagree about anyway."""
    for name in ("words", "environment"):
        for place in reversed(range(len(getattr(line, name)))):
            kept = getattr(line, name)
            less = {name: kept[:place] + kept[place + 1 :]}
            shorter = replace(line, **less)
            line = shorter if disagree(programs, shorter) else line
    return line


def report(programs: Programs, line: Line) -> str:
    """Return the lines that show a disagreement."""
    least = shortest(programs, line)
    shown = zip(LANGUAGES, answers(programs, least), strict=True)
    return "\n".join([str(least), *(f"  {name}: {answer}" for name, answer in shown)])


class Batches:
    """Compiles specimens below a folder, a batch at a time, when one of it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, list[Programs]] = {}

    def programs(self, number: int) -> Programs:
        """Return the programs of the specimen of a number."""
        start = number - number % BATCH
        if start not in self._made:
            numbers = range(start, min(start + BATCH, SPECIMENS))
            folder = self._folder / str(start)
            folder.mkdir()
            some = [specimen(f"{SEED}-{one}") for one in numbers]
            self._made[start] = compiled(folder, some)
        return self._made[start][number - start]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> Batches:
    """Return the programs of this run."""
    return Batches(tmp_path_factory.mktemp("specimens"))


@pytest.mark.parametrize("number", range(SPECIMENS), ids=lambda n: f"{SEED}-{n}")
def test_languages_give_one_answer(number: int, batches: Batches) -> None:
    """A team that moves from one language to another must not have to retrain its scripts."""
    seed = f"{SEED}-{number}"
    programs = batches.programs(number)
    typist = Typist(specimen(seed).program, Random(f"{seed}-lines"))
    lines = [typist.line() for _ in range(LINES)]
    with ThreadPoolExecutor(WORKERS) as pool:
        verdicts = list(pool.map(partial(disagree, programs), lines))
    odd = [line for line, differs in zip(lines, verdicts, strict=True) if differs]
    if odd:
        head = f"seed {seed}, {programs.folder / 'goobits.yaml'}"
        reports = [report(programs, line) for line in odd]
        pytest.fail("\n".join([head, *reports]), pytrace=False)


def test_generated_files_are_as_their_formatters_and_checkers_want(
    tmp_path: Path,
) -> None:
    """Any text and any name may stand in somebody's goobits.yaml, not only ours."""
    folders = [tmp_path / str(number) for number in range(FORMATTED)]
    made = [write_files(f, specimen(f"{SEED}-{f.name}")) for f in folders]
    ruff = run(tool("ruff"), "format", "--isolated", "--diff", ".", folder=tmp_path)
    assert ruff.returncode == 0, ruff.stdout.decode()
    prettier = run(tool("prettier"), "--check", ".", folder=tmp_path)
    assert prettier.returncode == 0, prettier.stderr.decode()
    sources = sorted(tmp_path.rglob("*.rs"))
    rustfmt = run(
        *(tool("rustfmt"), "--edition=2021", "--check", *sources), folder=tmp_path
    )
    assert rustfmt.returncode == 0, rustfmt.stdout.decode()
    for files in made[:TYPED]:
        words = ("--strict", "--cache-dir", tmp_path / "mypy", files["python", "entry"])
        mypy = run(tool("mypy"), *words, folder=tmp_path)
        assert mypy.returncode == 0, mypy.stdout.decode()
