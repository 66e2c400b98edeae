"""Files made to crash, to stall, or to hide code in depth."""

from __future__ import annotations

import time

import pytest
from goobits_scanner._facts import Fact
from goobits_scanner._languages.javascript import evaluate


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


DEEP = {
    "brackets": "[" * 10_000 + "eval(x)" + "]" * 10_000,
    "parentheses": "(" * 10_000 + "eval(x)" + ")" * 10_000,
    "blocks": "{" * 10_000 + "eval(x)" + "}" * 10_000,
    "objects": "x=" + "{a:" * 5_000 + "eval(x)" + "}" * 5_000,
    "else-if": "if(a){}else " * 5_000 + "{eval(x)}",
    "negations": "!" * 10_000 + "eval(x)",
    "arrows": "a=>" * 5_000 + "eval(x)",
    "arguments": "f(" * 5_000 + "eval(x)" + ")" * 5_000,
    "callbacks": "p.then(r=>" * 1_000 + "eval(x)" + ")" * 1_000,
    "functions": "(function(){" * 2_000 + "eval(x)" + "})()" * 2_000,
    "conditions": "a?b:" * 5_000 + "eval(x)",
    "templates": "`${" * 2_000 + "eval(x)" + "}`" * 2_000,
    "assignments": "a=" * 5_000 + "eval(x)",
    "subscripts": "a[" * 5_000 + "eval(x)" + "]" * 5_000,
    "item assignments": "a[b][" * 2_000 + "eval(x)" + "]=1" * 2_000,
    "augmented": "(a[" * 1_000 + "eval(x)" + "].z+=1)" * 1_000,
    "sequence": "a," * 10_000 + "eval(x)",
    "classes": "class A{m(){" * 1_000 + "eval(x)" + "}}" * 1_000,
    "elements": "x=" + "<a>" * 2_000 + "{eval(x)}" + "</a>" * 2_000,
    "chained calls": "eval(x)" + ".b()" * 10_000,
    "chained items": "eval(x)" + "[0]" * 10_000,
    "operands": "x=eval(x)+" + "a+" * 10_000 + "1",
    "tries": "try{" * 2_000 + "eval(x)" + "}catch(e){}" * 2_000,
    "object patterns": "var " + "{a:" * 2_000 + "b" + "}" * 2_000 + "=eval(x)",
    "list patterns": "var " + "[" * 2_000 + "b" + "]" * 2_000 + "=eval(x)",
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_neither_crashes_nor_hides(name: str) -> None:
    """Whatever nests 10,000 deep is found in the depths."""
    recorder = Recorder()
    outcome = evaluate(DEEP[name].encode(), recorder, deadline=lambda: False)
    assert outcome.problem == ""
    assert any(fact.path == "eval" for fact in recorder.facts if fact.kind == "call")


def nest(levels: int, code: str, recorder: Recorder) -> str:
    if levels:
        return nest(levels - 1, code, recorder)
    return evaluate(code.encode(), recorder, deadline=lambda: False).problem


@pytest.mark.parametrize("name", ["callbacks", "functions", "arguments", "classes"])
def test_depth_leaves_room_on_the_stack(name: str) -> None:
    """The scanner is called from within other programs."""
    assert nest(250, DEEP[name], Recorder()) == ""


GROWING = {
    "text": "let s='aaaaaaaa';" + "s=s+s;" * 300 + "f(s)",
    "template": "let s='a';" + "s=`${s}${s}`;" * 300 + "f(s)",
    "list": "let a=[1,2];" + "a=[...a,...a];" * 100 + "f(a)",
    "tree": "let o={a:1};" + "o={a:o,b:o};" * 200 + "f(o)",
    "nested lists": "let o=[1];" + "o=[o,o];" * 200 + "f(o)",
    "own member": "let o={};" + "o.x=o;o.y=o;" * 300 + "f(o)",
    "chain": "let o={},r=o;" + "o.x={};o=o.x;" * 1_000 + "f(r)",
    "pushed": "let o=[];" + "o.push(o);" * 1_000 + "f(o)",
    "number": "let s=99999;" + "s=s*s;" * 300 + "f(s)",
    "power": "f(2**99999, 1<<99999, 'a'.repeat(1e9), 9e300*9e300)",
    "recursion": "function f(a){return g(a)+f(a)} function g(a){return f(a)} f(process.env.X)",
    "calls": "const f0=a=>a;"
    + "".join(f"const f{n}=a=>f{n - 1}(a)+f{n - 1}(a);" for n in range(1, 60))
    + "f59(process.env.X);f(1)",
    "split": "let a='x'.repeat(60000);" + "a.split('').join('');" * 100 + "f(a)",
    "pattern": "f('" + "a" * 5_000 + "'.replace(/(a+)+$/, ''))",
}


@pytest.mark.parametrize("name", GROWING)
def test_values_stay_small(name: str) -> None:
    """No line of code may double what the evaluator holds."""
    recorder = Recorder()
    start = time.process_time()
    evaluate(GROWING[name].encode(), recorder, deadline=lambda: False)
    for fact in recorder.facts[-20:]:
        for value in fact.arguments:
            assert value.is_constant in {True, False}
            assert value.text is None or len(value.text) <= 1 << 16
    assert any(fact.path == "f" for fact in recorder.facts)
    assert time.process_time() - start < 5


def test_syntax_errors_leave_the_rest_readable() -> None:
    """One mistake must not be a way to hide a file."""
    recorder = Recorder()
    code = b"let a = ;\neval(x);\n" + b"f();\n" * 50
    outcome = evaluate(code, recorder, deadline=lambda: False)
    assert outcome.problem == ""
    assert any(fact.path == "eval" for fact in recorder.facts)


def test_what_is_no_javascript_is_a_problem() -> None:
    """A file that cannot be read is a finding, never silence."""
    outcome = evaluate(
        b"this is prose, is it not?\n" * 50, Recorder(), deadline=lambda: False
    )
    assert "parsed" in outcome.problem
    assert outcome.lines == 51


def test_parsing_ends_when_time_is_over() -> None:
    """A giant minified file may not stall a scan."""
    code = b"var a=f(b+1);" * 200_000
    start = time.process_time()
    outcome = evaluate(code, Recorder(), deadline=lambda: True)
    assert outcome.problem == "parsing it took too long"
    assert time.process_time() - start < 1


def test_evaluation_ends_when_time_is_over() -> None:
    """Time may run out after parsing, too."""
    code = b"f(a);" * 10_000
    recorder = Recorder()
    outcome = evaluate(code, recorder, deadline=lambda: len(recorder.facts) > 500)
    assert outcome.problem == "evaluating it took too long"
    assert len(recorder.facts) < 2_000


@pytest.mark.parametrize(
    "code",
    [
        b"",
        b"\xff\xfe\x00",
        b"#!/usr/bin/env node\nf()",
        b"import",
        b"export",
        b"let {",
        b"a[",
        b"new",
        b"`${",
        b"f(...)",
        b"class { m(",
        b"for (;;)",
        b"'\\u{ffffffff}\\xZZ'",
        b"atob('a'); Buffer.from('zz', 'hex'); String.fromCharCode(-1, 1e9, NaN)",
        b"parseInt('', 99); (5).toString(99); 'a'.repeat(-1); [].reduce()",
        b"'a'.split(); 'a'.replace(); ''.charCodeAt(5); [1].join(2); 1 / 0; 5 % 0; 2 ** -1",
        b"Reflect.apply(); Reflect.get(); Object.assign(); Promise.all(); require()",
        b"f.call(); f.apply(); f.bind(); new (class {})(); Array(); Object.keys()",
        b"'\\ud800'; eval('\\ud800')",
        b"0x; 1e999; 0b2; 08; 1_0n; 9999999999999999999999n; " + b"9" * 5000,
    ],
)
@pytest.mark.parametrize("dialect", ["javascript", "typescript", "tsx"])
def test_odd_input_is_survived(code: bytes, dialect: str) -> None:
    """Fragments and nonsense are told of, not crashed on."""
    outcome = evaluate(code, Recorder(), dialect=dialect, deadline=lambda: False)
    assert outcome.lines >= 1
