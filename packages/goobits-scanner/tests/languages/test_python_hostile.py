"""Python files made to crash, to stall, or to hide code in depth."""

from __future__ import annotations

import time

import pytest
from goobits_scanner._facts import Fact
from goobits_scanner._languages.python import evaluate


class Everything(frozenset[str]):
    """Contains every name."""

    def __contains__(self, _: object) -> bool:
        return True


class Recorder:
    """Keeps all facts."""

    names = roots = Everything()

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def observe(self, fact: Fact) -> frozenset[str] | None:
        self.facts.append(fact)
        return None

    def alias(self, name: str, path: str) -> None:
        pass

    def wants(self, start: int, end: int) -> bool:
        return True


def nested(line: str, levels: int, last: str) -> str:
    lines = [" " * level + line for level in range(levels)]
    return "\n".join([*lines, " " * levels + last])


DEEP = {
    "brackets": "[" * 10_000 + "run(x)" + "]" * 10_000,
    "parentheses": "(" * 10_000 + "run(x)" + ")" * 10_000,
    "dicts": "x=" + "{1:" * 5_000 + "run(x)" + "}" * 5_000,
    "arguments": "f(" * 5_000 + "run(x)" + ")" * 5_000,
    "keywords": "f(a=" * 5_000 + "run(x)" + ")" * 5_000,
    "negations": "not " * 10_000 + "run(x)",
    "signs": "-" * 10_000 + "run(x)",
    "lambdas": "f(lambda: " * 2_000 + "run(x)" + ")" * 2_000,
    "conditions": "a if b else " * 5_000 + "run(x)",
    "subscripts": "a[" * 5_000 + "run(x)" + "]" * 5_000,
    "assignments": "a=" * 2_000 + "run(x)",
    "chained calls": "run(x)" + ".b()" * 10_000,
    "chained attributes": "run(x)" + ".b" * 10_000,
    "chained items": "run(x)" + "[0]" * 10_000,
    "operands": "y=run(x)+" + "a+" * 10_000 + "1",
    "alternatives": "y=run(x) or " + "a or " * 10_000 + "1",
    "comprehensions": "[" * 1_000 + "run(x)" + " for a in b]" * 1_000,
    "ifs": nested("if a:", 300, "run(x)"),
    "functions": nested("def f():", 300, "run(x)"),
    "classes": nested("class A:", 300, "run(x)"),
    "tries": nested("try:", 90, "run(x)"),
    "elifs": "if a: pass\n" + "elif a: pass\n" * 5_000 + "else: run(x)\n",
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_neither_crashes_nor_hides(name: str) -> None:
    """Whatever nests deeply is found in the depths."""
    recorder = Recorder()
    evaluate(DEEP[name].encode(), recorder)
    assert any(fact.path == "run" for fact in recorder.facts if fact.kind == "call")


def nest(levels: int, code: str) -> str:
    if levels:
        return nest(levels - 1, code)
    return evaluate(code.encode(), Recorder()).problem


@pytest.mark.parametrize("name", ["arguments", "lambdas", "functions", "conditions"])
def test_depth_leaves_room_on_the_stack(name: str) -> None:
    """The scanner is called from within other programs."""
    assert nest(250, DEEP[name]) == ""


def code_in_code(levels: int) -> str:
    code = "run(x)"
    for _ in range(levels):
        code = f"exec({code!r})"
    return code


def test_code_in_code_is_found_or_named() -> None:
    """What nests deeper than anybody honest would is a finding, never silence."""
    for levels in (1, 3, 9):
        recorder = Recorder()
        problem = evaluate(code_in_code(levels).encode(), recorder).problem
        assert problem or any(fact.path == "run" for fact in recorder.facts)


GROWING = {
    "text": "s='aaaaaaaa'\n" + "s=s+s\n" * 300 + "f(s)",
    "template": "s='a'\n" + "s=f'{s}{s}'\n" * 300 + "f(s)",
    "list": "a=[1,2]\n" + "a=[*a,*a]\n" * 100 + "f(a)",
    "added lists": "a=[1,2]\n" + "a=a+a\n" * 100 + "f(a)",
    "tree": "o={'a':1}\n" + "o={'a':o,'b':o}\n" * 200 + "f(o)",
    "nested lists": "o=[1]\n" + "o=[o,o]\n" * 200 + "f(o)",
    "own member": "o={}\n" + "o['x']=o\no['y']=o\n" * 300 + "f(o)",
    "pushed": "o=[]\n" + "o.append(o)\n" * 1_000 + "f(o)",
    "number": "s=99999\n" + "s=s*s\n" * 300 + "f(s)",
    "power": "f(2**99999, 1<<99999, 'a'*10**9, 9.0**9999)",
    "repeated": "s='ab'*30000\n" + "s=s.replace('a', s)\n" * 20 + "f(s)",
    "padded": "f('a'.ljust(10**9), 'a'.zfill(10**9), '{:>999999999}'.format(1), '%999999999d' % 1)",
    "encoded": "f(bytes(10**10), bytearray(10**10), list('a' * 60000), int('9' * 9999))",
    "recursion": "def f(a): return g(a)+f(a)\ndef g(a): return f(a)\nf('a')",
    "calls": "def f0(a): return a\n"
    + "".join(f"def f{n}(a): return f{n - 1}(a)+f{n - 1}('b')\n" for n in range(1, 60))
    + "f59('a')\nf(1)",
    "operands": "f(" + "'a'+" * 100_000 + "'a')",
    "strings": "f(" + "'a' " * 100_000 + ")",
    "big list": "f([" + "1," * 200_000 + "])",
    "big dict": "f({" + "'a':1," * 100_000 + "})",
    "big f-string": "f(f'" + "{a}" * 100_000 + "')",
}


@pytest.mark.parametrize("name", GROWING)
def test_values_stay_small(name: str) -> None:
    """No line of code may double what the evaluator holds."""
    recorder = Recorder()
    start = time.process_time()
    evaluate(GROWING[name].encode(), recorder)
    for fact in recorder.facts[-20:]:
        for value in fact.arguments:
            assert value.is_constant in {True, False}
            assert value.text is None or len(value.text) <= 1 << 20
    assert any(fact.path.strip("&") in {"f", "a"} for fact in recorder.facts)
    assert time.process_time() - start < 5


def test_parsing_ends_when_time_is_over() -> None:
    """A giant file may not stall a scan."""
    outcome = evaluate(b"a=f(b+1)\n" * 200_000, Recorder(), deadline=lambda: True)
    assert outcome.problem == "parsing it took too long"


@pytest.mark.parametrize("code", [b"f(a)\n" * 10_000, b"[" + b"f(a)," * 10_000 + b"]"])
def test_evaluation_ends_when_time_is_over(code: bytes) -> None:
    """Time may run out after parsing, too, within one statement even."""
    recorder = Recorder()
    outcome = evaluate(code, recorder, deadline=lambda: len(recorder.facts) > 500)
    assert outcome.problem == "evaluating it took too long"
    assert len(recorder.facts) < 2_000


@pytest.mark.parametrize(
    "code",
    [
        "",
        "import",
        "from . import",
        "def f(",
        "class A(",
        "f(",
        "a[",
        "'",
        "'''",
        "f'{'",
        "f'{}'",
        "@",
        "lambda",
        "x = ",
        "with",
        "match",
        "\0",
        "\ufeffa",
        "'\\xZZ\\u12\\N{NO SUCH NAME}\\U99999999'",
        "print 'a', b\nexec 'x'\nraise A, 'b'\n",
        "0x; 08; 1_000; 9" + "9" * 5000,
        "getattr(); __import__(); map(); vars(); exec(); chr(-1); ''.join(); 'a'[9]; [][1]",
        "1/0; 1%0; 'a'%1; 'a'*-1; ~1.5; -'a'; bytes(-1); 'a'.encode('no'); b''.hex(1,2,3,4)",
        "'\ud800'".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_odd_input_is_survived(code: str) -> None:
    """Fragments and nonsense are told of, not crashed on."""
    assert evaluate(code.encode("utf-8", "replace"), Recorder()).lines >= 1
