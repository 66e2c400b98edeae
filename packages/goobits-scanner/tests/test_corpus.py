"""The corpora are whole, harmless and fair, and the scanner does no worse on them than before."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PACKAGE = Path(__file__).resolve().parent.parent
CORPUS = PACKAGE / "corpus"
HALVES = ("open", "sealed")
LANGUAGES = ("javascript", "manifests", "python", "rust", "typescript")
# Recall and precision of the open half: they may rise, not fall.
RATCHET = {
    "javascript": (0.95, 0.95),
    "manifests": (0.75, 0.95),
    "python": (0.93, 0.90),
    "rust": (0.88, 0.93),
    "typescript": (0.94, 0.90),
}
# Names that samples have to hold to look real, and that only stand for themselves there.
HOSTS = {
    "discord.com",
    "localhost",
    "vqyr-fpurqhyre.vainyvq",
}  # the last is ROT13 of `.invalid`
ADDRESSES = {"0.0.0.0", "127.0.0.1", "169.254.169.254"}
PAIR = """\
#: bad pick as app/views.py
from flask import request

eval(request.args["e<|2A*3|>"])  #!
token = "ab<|>cd"

#: good pick as app/views.py
from ast import literal_eval
"""


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """Import the program that reads and scores the corpora."""
    found = importlib.util.spec_from_file_location(
        "goobits_scanner_score", PACKAGE / "benchmarks" / "score.py"
    )
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpora(score: ModuleType) -> list[Any]:
    """Read both halves."""
    return [sample for half in HALVES for sample in score.samples(CORPUS / half)]


def test_samples_are_read_as_written(score: ModuleType, tmp_path: Path) -> None:
    """What is scanned must be the sample, not its notation."""
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "exec.py").write_text(PAIR)
    bad, good = score.samples(tmp_path)
    assert (bad.language, bad.category, bad.name) == ("python", "exec", "pick")
    assert (bad.is_bad, good.is_bad) == (True, False)
    assert bad.file_name == "app/views.py"
    assert bad.lines == (3,)
    assert bad.text == (
        'from flask import request\n\neval(request.args["e***"])\ntoken = "abcd"\n'
    )
    assert good.text == "from ast import literal_eval\n"


def test_scores_tell_found_from_flagged(score: ModuleType, tmp_path: Path) -> None:
    """A score that calls everything found would make the ratchet worthless."""
    (tmp_path / "python").mkdir()
    swapped = PAIR.replace(": bad", ": x").replace(": good", ": bad")
    for name, text in (("exec", PAIR), ("sql", swapped.replace(": x", ": good"))):
        (tmp_path / "python" / f"{name}.py").write_text(text)
    done = list(score.outcomes(score.samples(tmp_path)))
    assert [each.is_found for each in done] == [True, False, False, False]
    counts = score.tally(done, score.by_own_category)
    assert counts == (2, 1, 2, 0)
    assert (counts.recall, counts.precision) == (0.5, 1.0)
    assert [each.is_alarmed for each in done] == [True, False, True, False]
    assert score.tally(done, lambda each: each.is_alarmed) == (2, 1, 2, 1)
    assert [each.is_placed for each in done] == [True, False, False, False]


def test_levels_of_malice_are_told_apart(score: ModuleType) -> None:
    """What could merely be attacked must not hide how many hostile packages pass as safe."""
    found = [
        score.Outcome(
            score.Sample("python", category, "pick", is_bad, "pick.py", "", ()),
            is_found=False,
            is_placed=False,
            is_alarmed=False,
            is_levelled=is_levelled,
            is_unscanned=False,
        )
        for category, is_bad, is_levelled in (
            ("sql", True, False),
            ("theft", True, True),
            ("theft", False, False),
            ("benign", False, True),
        )
    ]
    by_title = {
        line[:28].strip(): line[28:].split() for line in score.table(found).splitlines()
    }
    assert by_title["level medium or high"][:4] == ["2", "1", "2", "1"]
    assert by_title["the same, malice only"][:4] == ["1", "1", "2", "1"]


def test_there_are_hundreds_of_samples_of_each_kind(corpora: list[Any]) -> None:
    """A share of a few dozen samples says nothing."""
    kinds = Counter(sample.is_bad for sample in corpora)
    assert kinds[True] >= 320
    assert kinds[False] >= 350
    assert {sample.language for sample in corpora} == set(LANGUAGES)


@pytest.mark.parametrize("half", HALVES)
def test_every_bad_sample_has_one_lookalike(score: ModuleType, half: str) -> None:
    """A rule that flags the library rather than its misuse must be caught."""
    names = Counter(
        (each.language, each.category, each.name, each.is_bad)
        for each in score.samples(CORPUS / half)
    )
    assert set(names.values()) == {1}
    lonely = [key for key in names if key[3] and (*key[:3], False) not in names]
    assert lonely == []


def test_a_third_is_sealed(score: ModuleType) -> None:
    """Rules are written against the open half; the sealed one tells whether they carry over."""
    sizes = [
        sum(each.is_bad for each in score.samples(CORPUS / half)) for half in HALVES
    ]
    assert 0.28 < sizes[1] / sum(sizes) < 0.38


def test_no_sample_occurs_twice(corpora: list[Any]) -> None:
    """What is counted twice weighs twice."""
    texts = Counter(re.sub(r"\s+", " ", sample.text) for sample in corpora)
    assert [text for text, count in texts.items() if count > 1] == []


def test_marked_lines_exist_and_hold_code(corpora: list[Any]) -> None:
    """Recall by line needs a line to find."""
    empty = [
        (sample.category, sample.name)
        for sample in corpora
        for line in sample.lines
        if not sample.text.splitlines()[line - 1].strip()
    ]
    assert empty == []
    assert not [each.name for each in corpora if each.lines and not each.is_bad]


def test_notations_are_resolved(corpora: list[Any]) -> None:
    """The scanner must see what the note stands for, and neither the note nor a marker."""
    left = re.compile(r"<\|[0-9A-F*]*\|?>|(?:#|//)!$", re.MULTILINE)
    assert [each.name for each in corpora if left.search(each.text)] == []


def test_python_compiles(corpora: list[Any]) -> None:
    """A sample that Python refuses is no sample of Python; nothing of it is run."""
    for sample in corpora:
        if sample.file_name.endswith(".py"):
            ast.parse(sample.text, filename=f"{sample.category}/{sample.name}")


def test_manifests_parse(corpora: list[Any]) -> None:
    """A broken manifest tests the parser's mercy, not the rules."""
    for sample in corpora:
        if sample.file_name.endswith("package.json"):
            assert json.loads(sample.text)["name"], sample.name


def test_every_sample_parses(corpora: list[Any]) -> None:
    """An error of syntax would hide the rest of a sample from the rules."""
    parsers = _parsers()
    broken = [
        (sample.language, sample.category, sample.name)
        for sample in corpora
        for parse in [parsers.get(sample.file_name.rpartition(".")[2])]
        if parse is not None and parse(sample.text)
    ]
    assert broken == []


def _parsers() -> dict[str, Callable[[str], bool]]:
    """Return, by a file's extension, a function that says whether a text has errors."""
    import tree_sitter_javascript
    import tree_sitter_python
    import tree_sitter_rust
    import tree_sitter_typescript
    from tree_sitter import Language, Parser

    def has_error(parser: Parser) -> Callable[[str], bool]:
        return lambda text: parser.parse(text.encode()).root_node.has_error

    grammars = {
        "js": tree_sitter_javascript.language(),
        "py": tree_sitter_python.language(),
        "rs": tree_sitter_rust.language(),
        "ts": tree_sitter_typescript.language_typescript(),
        "tsx": tree_sitter_typescript.language_tsx(),
    }
    return {
        extension: has_error(Parser(Language(grammar)))
        for extension, grammar in grammars.items()
    }


def test_hosts_can_never_exist(corpora: list[Any]) -> None:
    """A sample that somebody runs by mistake must reach nobody."""
    url = re.compile(r"(?:\w+:)?//(?:[^\s/@'\"]+@)?([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)")
    bare = re.compile(r"[\"'@ ]([\w.-]+\.(?:com|net|org|io|dev|ru|cn|xyz))(?=[\"':/ ])")
    ip = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?![\w.])")
    real = [
        (sample.category, sample.name, host)
        for sample in corpora
        for pattern in (url, bare, ip)
        for host in pattern.findall(sample.text)
        if not host.endswith(".invalid") and host not in HOSTS | ADDRESSES
    ]
    assert real == []


def test_no_word_gives_the_answer_away(corpora: list[Any]) -> None:
    """A scanner that reads comments must not score by it."""
    telling = re.compile(
        r"\b(vulnerab\w+|malicious|malware|insecure|exploit\w*|attack\w*|evil|hacker)\b",
        re.IGNORECASE,
    )
    assert [each.name for each in corpora if telling.search(each.text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scanner_does_no_worse(score: ModuleType, language: str) -> None:
    """A change that loses findings or adds false ones is seen before it is merged."""
    chosen = [
        each for each in score.samples(CORPUS / "open") if each.language == language
    ]
    done = list(score.outcomes(chosen))
    assert [each.sample.name for each in done if each.is_unscanned] == []
    counts = score.tally(done, score.by_own_category)
    recall, precision = RATCHET[language]
    assert counts.recall >= recall
    assert counts.precision >= precision
