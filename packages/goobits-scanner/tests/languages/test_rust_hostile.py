"""Rust that is made to exhaust or to crash the evaluator."""

from __future__ import annotations

import time

import pytest
from goobits_scanner._facts import Fact
from goobits_scanner._languages.rust import evaluate

MANY = 10_000
SINK = 'sink("here");'


class Everything(frozenset[str]):
    """Contains every name."""

    def __contains__(self, _: object) -> bool:
        return True


class Recorder:
    """Keeps the paths of calls."""

    names = roots = Everything()

    def __init__(self) -> None:
        self.calls: list[str] = []

    def observe(self, fact: Fact) -> frozenset[str] | None:
        if fact.kind == "call":
            self.calls.append(fact.path)
        return None

    def alias(self, name: str, path: str) -> None:
        pass

    def wants(self, start: int, end: int) -> bool:
        return True


def run(code: str, seconds: float = 20) -> tuple[list[str], str]:
    """Evaluate; return what was called and the problem."""
    recorder = Recorder()
    end = time.monotonic() + seconds
    outcome = evaluate(code.encode(), recorder, deadline=lambda: time.monotonic() > end)
    return recorder.calls, outcome.problem


def nested(start: str, end: str, core: str = SINK, count: int = MANY) -> str:
    return "fn f() { " + start * count + core + end * count + " }"


DEEP = {
    "blocks": nested("{ ", " }"),
    "branches": nested("if a { ", " }"),
    "else-branches": "fn f() { " + "if a { b; } else " * MANY + "{ " + SINK + " } }",
    "unsafe-blocks": nested("unsafe { ", " }"),
    "matches": nested("match a { _ => ", " }", "sink()"),
    "parentheses": nested("(", ")", "sink()"),
    "lists": nested("[", "]", "sink()"),
    "references": nested("&", "", "sink()"),
    "closures": nested("|| ", "", "sink()"),
    "structs": nested("A { a: ", " }", "sink()"),
    "calls": nested("g(", ")", "sink()"),
    "modules": "mod a { " * MANY + "fn f() { " + SINK + " }" + " }" * MANY,
    "functions": "fn f() { " * MANY + SINK + " }" * MANY,
    "methods": "fn f() { a" + ".b(c)" * MANY + ".sink(); }",
    "questions": "fn f() { a" + "?" * MANY + ".sink(); }",
    "operands": "fn f() { let x = 1" + " + 1" * MANY + " + sink(); }",
    "operands-on-the-right": nested("1 + (", ")", "sink()"),
    "conditions": "fn f() { if let A(a) = b"
    + " && let A(a) = b" * MANY
    + " { sink(); } }",
    "casts": "fn f() { let x = sink()" + " as u8" * MANY + "; }",
    "indexes": "fn f() { let x = sink()" + "[0]" * MANY + "; }",
    "attributes": "#[cfg(a)]\n" * MANY + "fn f() { sink(); }",
    "big-macro": "fn f() { let x = vec![" + "0x41, " * MANY * 4 + "sink()]; }",
    "nested-macros": nested("m!(", ")", "sink()", 300),
}


@pytest.mark.parametrize(
    "code", [pytest.param(*each, id=name) for name, *each in DEEP.items()]
)
def test_nothing_hides_in_the_depth(code: str) -> None:
    """What nests deeper than anybody writes is where an attacker would put a call."""
    calls, problem = run(code)
    assert problem == ""
    assert any(path.rpartition(".")[2] == "sink" for path in calls)


BROKEN = {
    "path": "fn f() { a" + "::a" * MANY + "(); }",
    "types": "fn f(x: " + "Vec<" * MANY + "u8" + ">" * MANY + ") {}",
    "imports": "use " + "a::{" * MANY + "b" + "}" * MANY + ";",
    "comment": "/*" * MANY,
    "raw-string": "fn f() { let x = r" + "#" * MANY + '"',
    "garbage": 'fn }{ ) ( use impl << >> r#" ' * MANY,
    "endless-macros": nested("m!(", ")", "1"),
    "holes": 'fn f() { format!("' + "{" * MANY + '"); }',
    "huge-position": 'fn f() { format!("{' + "9" * MANY + '}", 1); }',
    "huge-number": "fn f() { let x = " + "9" * MANY + "; }",
    "closure-member": "fn f() { let c = || 1; c.clone().b(); c.0; a.99999999999999; }",
    "nothing": "",
    "null-bytes": "fn f() { \0\0 }",
}


@pytest.mark.parametrize(
    "code", [pytest.param(*each, id=name) for name, *each in BROKEN.items()]
)
def test_time_is_kept_whatever_the_text(code: str) -> None:
    """A scan must end, by itself or by its deadline, and never by an error."""
    started = time.process_time()
    run(code, 1.0)
    assert time.process_time() - started < 4


DOUBLING = {
    "format": 's = format!("{}{}", s, s);',
    "sum": "s = s + &s;",
    "push": "s.push_str(&s);",
    "join": "s = s.join(s);",
    "concat": "s = [s, s].concat();",
    "list": "s = [s, s, s];",
    "tuple": "s = (s, s);",
    "struct": "s = A { a: s, b: s };",
    "argument": "s.arg(s);",
    "repeat": "s = s.repeat(60000);",
}


@pytest.mark.parametrize("step", DOUBLING.values(), ids=DOUBLING)
def test_texts_do_not_grow_beyond_bounds(step: str) -> None:
    """Sixty doublings would fill any memory."""
    code = 'fn f() { let mut s = String::from("aaaaaaaa"); ' + step * 60 + " sink(s); }"
    calls, problem = run(code)
    assert (calls[-1], problem) == ("sink", "")


def test_functions_that_call_twice_are_not_run_exponentially() -> None:
    """A chain of functions that each call the next one twice would take 2^n runs."""
    chain = "".join(
        f"fn f{n}(x: &str) {{ f{n + 1}(x); f{n + 1}(x); }}\n" for n in range(200)
    )
    calls, problem = run('fn a() { f0("x"); }\n' + chain)
    assert problem == ""
    assert len(calls) < 50_000


def test_loops_over_constants_are_not_run_without_end() -> None:
    """Eight nested loops over a hundred numbers would be 10^16 rounds."""
    numbers = "[" + "1, " * 100 + "]"
    loops = "".join(f"for a{n} in {numbers} {{ " for n in range(8))
    calls, problem = run("fn f() { " + loops + SINK + " }" * 8 + " }")
    assert problem == ""
    assert "sink" in calls


def test_deadline_is_told() -> None:
    """A file that was not evaluated whole must not look clean."""
    _, problem = run("fn f() { a(); }\n" * 50_000, -1)
    assert "too long" in problem
