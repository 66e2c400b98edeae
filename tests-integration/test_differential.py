"""Random programs answer random command lines with the same bytes in every language.

`GOOBITS_SPECIMENS` (25) and `GOOBITS_SEED` (1) make a run longer, or another one; the seed is
part of a test's name. What a run finds is written down as a vector in `vectors/found.json`.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from goobits_engine import render
from goobits_engine._program import Argument, Command, Option, Program
from specimens import VALUES, Specimen, specimen
from toolchain import run, tool

SPECIMENS = int(os.environ.get("GOOBITS_SPECIMENS", "25"))
SEED = os.environ.get("GOOBITS_SEED", "1")
LINES = 20
WORKERS = 2
LANGUAGES = ("python", "nodejs")
FORMATTED = 10
TYPED = 2

PYTHON_RECORDER = """\
import json
import struct


def canonical(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return {"number": struct.pack(">d", value).hex()}


def camel(key):
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def __getattr__(name):
    if not name.startswith("on_"):
        raise AttributeError(name)

    def hook(**values):
        named = {camel(key): canonical(value) for key, value in values.items()}
        call = [name, sorted(named.items())]
        print(json.dumps(call, ensure_ascii=False, separators=(",", ":")))

    return hook
"""
NODE_RECORDER = """\
function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "number") return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return { number: bytes.toString("hex") };
}

function hook(name) {
  if (typeof name !== "string" || !name.startsWith("on_")) return undefined;
  return (values) => {
    const named = Object.keys(values).map((key) => [key, canonical(values[key])]);
    console.log(JSON.stringify([name, named.sort((a, b) => (a[0] < b[0] ? -1 : 1))]));
  };
}

module.exports = new Proxy({}, { get: (target, name) => hook(name) });
"""
PYTHON_START = "import sys\n\nimport cli\n\nsys.exit(cli.main())\n"

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


@dataclass(frozen=True, slots=True)
class Programs:
    """One specimen on disk: a folder with its files, and how each language runs it."""

    folder: Path
    commands: tuple[tuple[str, ...], ...]

    def disagree(self, line: Line) -> bool:
        first, *others = self.answers(line)
        return any(other != first for other in others)

    def answers(self, line: Line) -> list[tuple[int, bytes, bytes]]:
        """Return what each language makes of a line: exit code, stdout, stderr."""
        done = [
            subprocess.run(
                [*command, *line.words],
                cwd=self.folder / "cwd",
                env=dict(line.environment),
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=60,
                check=False,
            )
            for command in self.commands
        ]
        return [(one.returncode, one.stdout, one.stderr) for one in done]

    def shortest(self, line: Line) -> Line:
        """Return a line without whatever the languages disagree about anyway."""
        for name in ("words", "environment"):
            for place in reversed(range(len(getattr(line, name)))):
                kept = getattr(line, name)
                less = {name: kept[:place] + kept[place + 1 :]}
                shorter = replace(line, **less)
                line = shorter if self.disagree(shorter) else line
        return line

    def report(self, line: Line) -> str:
        """Return the lines that show a disagreement."""
        shortest = self.shortest(line)
        answers = [f"  {answer}" for answer in self.answers(shortest)]
        return "\n".join([str(shortest), *answers])


def write_files(folder: Path, specimen: Specimen) -> None:
    """Write the files of a specimen in every language, each to a folder of its own."""
    for language in LANGUAGES:
        for artifact in render(specimen.program, language):
            path = folder / language / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artifact.content, encoding="utf-8")


def write(folder: Path, specimen: Specimen) -> Programs:
    """Write the programs of a specimen, with recorders for hooks."""
    write_files(folder, specimen)
    (folder / "goobits.yaml").write_text(specimen.text, encoding="utf-8")
    (folder / "python" / "hooks.py").write_text(PYTHON_RECORDER)
    (folder / "nodejs" / "hooks.cjs").write_text(NODE_RECORDER)
    (folder / "python" / "start.py").write_text(PYTHON_START)
    (folder / "cwd").mkdir()
    (folder / "cwd" / "file").touch()
    (folder / "cwd" / "dangling").symlink_to("nowhere")
    commands = (
        (sys.executable, "-S", str(folder / "python" / "start.py")),
        (tool("node"), str(folder / "nodejs" / "cli.cjs")),
    )
    return Programs(folder, commands)


@pytest.mark.parametrize("seed", [f"{SEED}-{number}" for number in range(SPECIMENS)])
def test_languages_give_one_answer(seed: str, tmp_path: Path) -> None:
    """A team that moves from one language to another must not have to retrain its scripts."""
    chosen = specimen(seed)
    programs = write(tmp_path, chosen)
    typist = Typist(chosen.program, Random(f"{seed}-lines"))
    lines = [typist.line() for _ in range(LINES)]
    with ThreadPoolExecutor(WORKERS) as pool:
        verdicts = list(pool.map(programs.disagree, lines))
    odd = [line for line, differs in zip(lines, verdicts, strict=True) if differs]
    if odd:
        head = f"seed {seed}, {tmp_path / 'goobits.yaml'}"
        pytest.fail("\n".join([head, *map(programs.report, odd)]), pytrace=False)


def test_generated_files_are_as_their_formatters_and_checkers_want(
    tmp_path: Path,
) -> None:
    """Any text and any name may stand in somebody's goobits.yaml, not only ours."""
    folders = [tmp_path / str(number) for number in range(FORMATTED)]
    for folder in folders:
        write_files(folder, specimen(f"{SEED}-{folder.name}"))
    ruff = run(tool("ruff"), "format", "--isolated", "--diff", ".", folder=tmp_path)
    assert ruff.returncode == 0, ruff.stdout.decode()
    prettier = run(tool("prettier"), "--check", ".", folder=tmp_path)
    assert prettier.returncode == 0, prettier.stderr.decode()
    for folder in folders[:TYPED]:
        words = ("--strict", "--cache-dir", tmp_path / "mypy", "python/cli.py")
        mypy = run(tool("mypy"), *words, folder=folder)
        assert mypy.returncode == 0, mypy.stdout.decode()
