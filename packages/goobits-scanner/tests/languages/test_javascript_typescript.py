"""What the evaluator makes of TypeScript's own syntax."""

from __future__ import annotations

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


def calls(code: str, path: str, dialect: str = "typescript") -> list[Fact]:
    recorder = Recorder()
    outcome = evaluate(code.encode(), recorder, dialect=dialect, deadline=lambda: False)
    assert outcome.problem == ""
    return [fact for fact in recorder.facts if (fact.kind, fact.path) == ("call", path)]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("function f(req: Request): void { g(req.query.x as string) }", "@req.query.x"),
        ("function f(r: express.Request) { g(r.body!) }", "@req.body"),
        ("const f = (r: Request, s?: string) => { g(<any>r.url) }", "@req.url"),
        ("import fs = require('fs'); g(fs.constants)", "fs.constants"),
        ("import { type A, b } from 'm'; g(b satisfies A)", "m.b"),
        ("import * as m from 'm'; import q = m.n; g(q)", "m.n"),
        ("class A { constructor(private db: Db) {} m() { g(this.db) } }", "this.db"),
        ("abstract class A { m(x: X) { g(x) } abstract n(): void }", "@x"),
        ("namespace N { export function m(x) { g(x) } }", "@x"),
        ("declare const x: string; export default class { m(y) { g(y) } }", "@y"),
        ("function f<T>(x: T): x is T { g(x); return h<T>(x) }", "@x"),
    ],
)
def test_types_do_not_hide_values(code: str, path: str) -> None:
    """TypeScript uses JavaScript's patterns."""
    assert calls(code, "g")[0].arguments[0].path == path


def test_enums_and_namespaces_are_constants() -> None:
    """A command from an enumeration is no input."""
    code = "enum E { A = 'ls' } namespace N { export const b = 'id' } g(E.A, N.b)"
    (fact,) = calls(code, "g")
    assert [value.constant for value in fact.arguments] == ["ls", "id"]


def test_decorated_parameters_are_input() -> None:
    """NestJS hands over what was sent by decorators."""
    code = (
        "import { Body, Get } from '@nestjs/common';"
        "@Controller('x') class K { @Get('y') m(@Body() b: B, c: C) { g(b.name, c) } }"
    )
    (fact,) = calls(code, "g")
    assert fact.arguments[0].path == "@b.name"
    assert fact.arguments[0].marks == {"param", "input"}
    assert fact.arguments[1].marks == {"param"}
    assert calls(code, "@nestjs.common.Get")
    assert calls(code, "Controller")


def test_types_only_imports_import_nothing() -> None:
    """A type is gone when the code runs."""
    recorder = Recorder()
    code = b"import type { A } from 'child_process'; import { b } from 'fs'"
    evaluate(code, recorder, dialect="typescript", deadline=lambda: False)
    imported = [fact.path for fact in recorder.facts if fact.kind == "import"]
    assert imported == ["fs"]


def test_tsx_is_a_call_with_keywords() -> None:
    """React is written in TypeScript, too."""
    code = "const C = (p: P) => <a href={p.h as string}>{g<T>(p.x!)}</a>"
    assert calls(code, "jsx.a", "tsx")[0].keywords["href"].path == "@p.h"
    assert calls(code, "g", "tsx")[0].arguments[0].path == "@p.x"
