"""What the evaluator tells of JavaScript: names, folded strings, flow, time and depth."""

from __future__ import annotations

import pytest
from goobits_scanner._facts import HOLE, Fact, Value
from goobits_scanner._languages.javascript import evaluate

SOURCES = {
    "@req.query.x": "input",
    "process.env.X": "env",
    "https.get": "network",
    "fetch": "network",
    "process.env": "env",
}


class Everything(frozenset[str]):
    """Contains every name."""

    def __contains__(self, _: object) -> bool:
        return True


class Recorder:
    """Keeps all facts; knows some sources."""

    names = roots = Everything()

    def __init__(self, *, wants: bool = True) -> None:
        self.facts: list[Fact] = []
        self.aliases: list[tuple[str, str]] = []
        self._wants = wants

    def observe(self, fact: Fact) -> frozenset[str] | None:
        self.facts.append(fact)
        mark = SOURCES.get(fact.path)
        return frozenset({mark}) if mark else None

    def alias(self, name: str, path: str) -> None:
        self.aliases.append((name, path))

    def wants(self, start: int, end: int) -> bool:
        return self._wants


def facts_of(code: str, dialect: str = "javascript") -> list[Fact]:
    recorder = Recorder()
    evaluate(code.encode(), recorder, dialect=dialect, deadline=lambda: False)
    return recorder.facts


def calls(code: str, path: str, dialect: str = "javascript") -> list[Fact]:
    facts = facts_of(code, dialect)
    return [fact for fact in facts if fact.kind == "call" and fact.path == path]


def told(code: str, kind: str, path: str, dialect: str = "javascript") -> list[Fact]:
    facts = facts_of(code, dialect)
    return [fact for fact in facts if fact.kind == kind and fact.path == path]


EXEC = "child_process.exec"


@pytest.mark.parametrize(
    "code",
    [
        "require('child_process').exec(x)",
        "const cp = require('node:child_process'); cp.exec(x)",
        "const {exec} = require('child_process'); exec(x)",
        "const {exec: go = 1, ...more} = require('child_process'); go(x)",
        "const {exec} = await import('child_process'); exec(x)",
        "import {exec as go} from 'child_process'; go(x)",
        "import cp from 'child_process'; cp.exec(x)",
        "import * as cp from 'child_process'; cp.default.exec(x)",
        "import('child_process').then(m => m.exec(x))",
        "let a; a = require('child_process'); const b = a.exec; b(x)",
        "module.require('child_process').exec(x)",
        "process.mainModule.require('child_process').exec(x)",
        "module.constructor._load('child_process').exec(x)",
        (
            "const {createRequire} = require('module'); "
            "createRequire(import.meta.url)('child_process').exec(x)"
        ),
        "require.call(null, 'child_process').exec(x)",
        "const r = require; r('child_process').exec(x)",
        "eval('require')('child_process').exec(x)",
        "require('child_process').exec.call(null, x)",
        "require('child_process').exec.apply(null, [x])",
        "const go = require('child_process').exec.bind(null); go(x)",
        (
            "const {promisify} = require('util'); "
            "const go = promisify(require('child_process').exec); go(x)"
        ),
        "Reflect.apply(require('child_process').exec, null, [x])",
        "Reflect.get(require('child_process'), 'exec')(x)",
        "const cp = a ? require('child_process') : null; cp?.exec?.(x)",
        "(0, require('child_process').exec)(x)",
        "function load(name) { return require(name) } load('child_process').exec(x)",
        "var o = {cp: require('child_process')}; o.cp.exec(x)",
        "var o = {}; o.cp = require('child_process'); o.cp.exec(x)",
        (
            "class A { constructor() { this.cp = require('child_process') } "
            "go() { this.cp.exec(x) } }"
        ),
    ],
)
def test_call_is_found_under_whatever_name_it_has(code: str) -> None:
    """An alias must not hide a call from the rules."""
    found = calls(code, EXEC)
    assert found
    assert found[0].arguments[0].path == "x"


@pytest.mark.parametrize(
    "code",
    [
        "require('child_' + 'process')['ex' + 'ec'](x)",
        "require(atob('Y2hpbGRfcHJvY2Vzcw=='))['exec'](x)",
        "require(Buffer.from('Y2hpbGRfcHJvY2Vzcw==', 'base64').toString()).exec(x)",
        "require(Buffer.from('6368696c645f70726f63657373', 'hex').toString()).exec(x)",
        (
            "const d = s => Buffer.from(s, 'base64').toString(); "
            "require(d('Y2hpbGRfcHJvY2Vzcw==')).exec(x)"
        ),
        "require('ssecorp_dlihc'.split('').reverse().join('')).exec(x)",
        "require('child#process'.replace('#', '_')).exec(x)",
        "require('chiXldX_process'.replace(/X/g, '')).exec(x)",
        "require(['child', 'process'].join('_')).exec(x)",
        "require('child_'.concat('process')).exec(x)",
        "require(`child_${'process'}`).exec(x)",
        "require('child\\x5fprocess').exec(x)",
        "require('child%5fprocess' && unescape('child%5fprocess')).exec(x)",
        (
            "require(String.fromCharCode(99,104,105,108,100,95,112,114,111,99,101,115,115))"
            ".exec(x)"
        ),
        (
            "require([99,104,105,108,100,95,112,114,111,99,101,115,115]"
            ".map(c => String.fromCharCode(c)).join('')).exec(x)"
        ),
        (
            "require([98,105,104,109,101,94,113,115,110,98,100,114,114]"
            ".map(c => String.fromCharCode(c ^ 1)).join('')).exec(x)"
        ),
        "const names = ['fs', 'child_' + 'process']; require(names[1]).exec(x)",
        "require('child_process')[Buffer.from('ZXhlYw==', 'base64')](x)",
    ],
)
def test_computed_names_are_folded_and_said_to_be_hidden(code: str) -> None:
    """That a name was computed is what tells an evasion from honest code."""
    found = calls(code, EXEC)
    assert found
    assert found[0].is_hidden


@pytest.mark.parametrize(
    "code",
    [
        "(0, eval)('a b')",
        "global['ev' + 'al']('a b')",
        "globalThis.eval('a b')",
        "window['\\x65val']('a b')",
        "Reflect.get(global, 'eval')('a b')",
        "const e = eval; e('a b')",
        "Function('return this')().eval('a b')",
        "with (a) { eval('a b') }",
        "eval.bind(null)('a b')",
    ],
)
def test_eval_is_found_under_whatever_name_it_has(code: str) -> None:
    """Indirect eval is the first thing that an attacker tries."""
    assert calls(code, "eval")[0].arguments[0].constant == "a b"


@pytest.mark.parametrize(
    "code",
    [
        "new Function('a b')",
        "[].constructor.constructor('a b')",
        "''.constructor.constructor('a b')",
        "[].filter.constructor('a b')",
        "(async () => {}).constructor('a b')",
        "Object.getPrototypeOf(async function () {}).constructor('a b')",
        "Function.prototype.constructor('a b')",
        "(function () {}).constructor('a b')",
    ],
)
def test_function_constructor_is_found_by_any_way(code: str) -> None:
    """Each function's constructor compiles code."""
    assert calls(code, "Function")[0].arguments[0].constant == "a b"


@pytest.mark.parametrize(
    "code",
    [
        "eval('require(\"fs\").unlink(y)')",
        "eval('eval(\"require(\\'fs\\').unlink(y)\")')",
        "setTimeout('require(\"fs\").unlink(y)', 1)",
        "require('vm').runInThisContext('require(\"fs\").unlink(y)')",
        "new Function(atob('cmVxdWlyZSgiZnMiKS51bmxpbmsoeSk='))()",
    ],
)
def test_code_in_constant_strings_is_evaluated(code: str) -> None:
    """Code stays code in a string."""
    assert calls("\n" + code, "fs.unlink")[0].line == 2


HANDLER = (
    "app.get('/', (req, res) => {{ {} }}); const {{exec}} = require('child_process')"
)


@pytest.mark.parametrize(
    "body",
    [
        "exec(req.query.x)",
        "const {x} = req.query; exec(x)",
        "const {query: {x}} = req; exec(x)",
        "exec(`ls ${req.query.x}`)",
        "exec('ls ' + req.query.x)",
        "let c = 'ls '; c += req.query.x; exec(c)",
        "let c = 'ls'; if (c) { c = req.query.x } exec(c)",
        "exec(['ls', req.query.x].join(' '))",
        "const a = []; a.push(req.query.x); exec(a.join(' '))",
        "const o = {a: req.query.x}; exec(o.a)",
        "const o = {}; o.a = req.query.x; exec(o.a)",
        "exec(clean(req.query.x))",
        "const f = a => a.trim(); exec(f(req.query.x))",
        "const f = a => exec(a); f(req.query.x)",
        "exec(req.query.x || 'ls')",
        "exec(req.query.x ?? 'ls')",
        "exec(a ? req.query.x : 'ls')",
        "[req.query.x].forEach(i => exec(i))",
        "for (const i of [req.query.x]) exec(i)",
        "Promise.resolve(req.query.x).then(i => exec(i))",
        "exec(JSON.parse(req.query.x).a)",
        "(function (a) { exec(a) })(req.query.x)",
        "class A { m(a) { exec(a) } } new A().m(req.query.x)",
        "try { a() } catch (e) { exec(req.query.x) }",
        "switch (a) { case 1: exec(req.query.x) }",
        "exec(...[req.query.x])",
    ],
)
def test_input_reaches_the_call(body: str) -> None:
    """Severity depends on whether input arrives."""
    found = calls(HANDLER.format(body), EXEC)
    assert any("input" in value.marks for fact in found for value in fact.arguments)


@pytest.mark.parametrize(
    "body",
    [
        "const o = {a: req.query.x, b: 'ls'}; exec(o.b)",
        "exec(req.query.x === 'a')",
        "exec(typeof req.query.x)",
        "exec(req.query.x.length)",
        "let a = req.query.x; a = 'ls'; exec(a)",
        "exec(a ? 'ls' : 'dir')",
        "const f = a => 'ls'; exec(f(req.query.x))",
    ],
)
def test_input_does_not_reach_the_call(body: str) -> None:
    """What only stands near input must not be reported as input."""
    found = calls(HANDLER.format(body), EXEC)
    assert found
    assert not any("input" in value.marks for fact in found for value in fact.arguments)


@pytest.mark.parametrize(
    "code",
    [
        "exec('ls')",
        "const c = 'ls'; exec(c)",
        "let c; if (a) { c = 'ls' } exec(c)",
        "for (const c of ['ls', 'id']) exec(c)",
        "exec('l' + 's')",
        "exec(a ? 'ls' : 'id')",
        "exec(['ls', '-l'])",
    ],
)
def test_constant_argument_is_constant(code: str) -> None:
    """Rules say nothing of constant commands."""
    assert calls(code, "exec")[0].arguments[0].is_constant


@pytest.mark.parametrize(
    "code",
    [
        "https.get(u, r => { r.on('data', d => eval(d)) })",
        "fetch(u).then(r => r.text()).then(t => eval(t))",
        "(async () => { const r = await fetch(u); eval(await r.text()) })()",
        "new Promise(ok => https.get(u, r => r.on('data', d => ok(d)))).then(t => eval(t))",
        (
            "let s = ''; https.get(u, r => { r.on('data', d => { s += d }); "
            "r.on('end', () => eval(s)) })"
        ),
    ],
)
def test_responses_flow_through_callbacks_and_promises(code: str) -> None:
    """Download-and-run is written with callbacks; all of it runs at import."""
    found = calls(code, "eval")
    assert any("network" in fact.arguments[0].marks for fact in found)


def test_parameters_are_named_and_marked() -> None:
    """Patterns name a handler's parts by its parameter."""
    (fact,) = calls("function f(req) { g(req.body.a) }", "g")
    assert fact.arguments[0].path == "@req.body.a"
    assert fact.arguments[0].marks == {"param"}
    assert fact.context == "function"


def test_texts_with_holes_are_told_too() -> None:
    """An address or a path says much without its last part."""
    (fact,) = told("go(`https://a.invalid/${x}`)", "string", "")
    assert fact.arguments[0].text == f"https://a.invalid/{HOLE}"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("app.get('/', ({query}, res) => { g(query.x) })", "@req.query.x"),
        ("export function loader({request}) { g(request.url) }", "@request.url"),
        ("function f({a: {b}}) { g(b) }", "@a.b"),
        ("function f(a = 1) { g(a) }", "@a"),
        ("function f(...a) { g(a) }", "@a"),
        ("function f() { g(arguments) }", "@arguments"),
    ],
)
def test_destructured_parameters_keep_a_name(code: str, path: str) -> None:
    """Handlers like to take their arguments apart."""
    assert calls(code, "g")[0].arguments[0].path == path


def test_module_level_code_runs_at_import_also_in_called_functions() -> None:
    """Malice runs at import, mostly within a function that is called at once."""
    code = "(function () { a() })(); function m() { b() } m(); function n() { c() }"
    contexts = {
        fact.path: fact.context for fact in facts_of(code) if fact.kind == "call"
    }
    assert contexts["a"] == contexts["b"] == "import"
    assert contexts["c"] == "function"


def test_options_object_is_seen_by_its_keys() -> None:
    """Rules look into options objects, whenever their keys were set."""
    code = "const o = {a: {b: false}}; o.c = true; f(o); f({...o, d: 1})"
    one, two = calls(code, "f")
    keys = one.arguments[0].keys
    assert keys is not None
    assert keys["c"].constant is True
    assert keys["a"].keys is not None
    assert keys["a"].keys["b"].constant is False
    assert two.arguments[0].keys is not None
    assert set(two.arguments[0].keys) == {"a", "c", "d"}


def test_template_text_has_a_hole_for_what_is_unknown() -> None:
    """Rules look for SQL in text with holes."""
    (fact,) = calls("sql`select ${x} from ${'t'}`", "sql")
    assert fact.arguments[0].text == f"select {HOLE} from t"
    assert fact.arguments[0].is_built


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("e.innerHTML = v", "e.innerHTML"),
        ("const e = f(); e.innerHTML = v", "f().innerHTML"),
        ("o[k] = v", "o[]"),
        ("o['__proto__'][k] = v", "o.__proto__[]"),
        ("o[k][l] = v", "[][]"),
        ("o[k] = v", "[]"),
        ("exports.a = v", "exports.a"),
        ("module.exports = v", "module.exports"),
        ("window.location = v", "location"),
        ("let secret = v", "secret"),
        ("e.innerHTML += v", "e.innerHTML"),
    ],
)
def test_assignment_is_told_with_its_path(code: str, path: str) -> None:
    """Sinks are assigned to, too."""
    assert told(code, "assign", path)


def test_keys_of_an_object_are_marked() -> None:
    """Copying key by key is how prototypes get polluted."""
    loop = "for (const k in src) { dst[k] = src[k] }"
    each = "Object.keys(src).forEach(k => { dst[k] = src[k] })"
    for code in (loop, each):
        (fact,) = told(code, "assign", "dst[]")
        assert "key" in fact.arguments[1].marks


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("debugger", "debugger"),
        ("with (a) {}", "with"),
        ("try { a() } catch (e) { /* so be it */ }", "empty-catch"),
        ("/(a+)+/.test(x)", "regex"),
        ("+".join(f"_0x{number:04x}" for number in range(8)), "hex-names"),
        ("[" + ",".join(f"'aB{n}cD=='" for n in range(30)) + "]", "string-array"),
        ("[][(![]+[])[+[]]]" * 8, "jsfuck"),
        ("function f(x) { return `<b>${x}` }", "return"),
    ],
)
def test_nameless_syntax_is_told(code: str, name: str) -> None:
    """Rules ask for syntax that no call betrays."""
    assert told(code, "node", name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("try { a() } catch (e) { b() }", "empty-catch"),
        ("_0x1234 + _0x1235", "hex-names"),
        (
            "[" + ",".join(f"'{w}'" for w in ["apple", "word"] * 20) + "]",
            "string-array",
        ),
        ("[" * 100 + "]" * 100, "jsfuck"),
    ],
)
def test_ordinary_syntax_is_not_taken_for_obfuscated(code: str, name: str) -> None:
    """Lists of words and deep lists are everywhere."""
    assert not told(code, "node", name)


def test_regular_expression_is_told_with_its_pattern() -> None:
    """The rules on catastrophic patterns read it."""
    (fact,) = told(r"/^(a+)+$/i.test(x)", "node", "regex")
    assert fact.arguments[0].constant == "^(a+)+$"


def test_longest_name_that_is_read_is_told_once() -> None:
    """`process.env.X` is one use, whatever is done with it then."""
    code = "f(process.env.X); process.env.X.split(',')"
    uses = [fact.path for fact in facts_of(code) if fact.kind == "use"]
    assert uses == ["process.env.X", "process.env.X"]


def test_folded_and_literal_strings_are_told() -> None:
    """Indicators such as hosts are searched in strings, also in those put together."""
    code = "a('evil.' + 'invalid'); a('abc')"
    texts = [
        fact.arguments[0].constant for fact in facts_of(code) if fact.kind == "string"
    ]
    assert "evil.invalid" in texts
    assert "abc" not in texts


def test_joined_path_has_a_text_with_holes() -> None:
    """Rules read names of files, whatever folder they are in."""
    code = "const path = require('path'); f(path.join(os.tmpdir(), 'a', 'b.exe'))"
    assert calls(code, "f")[0].arguments[0].text == f"{HOLE}/a/b.exe"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("require('fs/promises').readFile(x)", "fs.promises.readFile"),
        ("require('graceful-fs').readFile(x)", "fs.readFile"),
        ("require('fs-extra').readFile(x)", "fs.readFile"),
        ("require('fs-extra').remove(x)", "fs-extra.remove"),
        ("require('node-fetch')(x)", "fetch"),
        ("require('@a/b').c(x)", "@a.b.c"),
        ("require('./a').c(x)", "./a.c"),
        ("require('express')().use(x)", "express().use"),
        ("new (require('m').A)(1).b(x)", "m.A().b"),
        ("unknown()[k](x)", "unknown()[]"),
    ],
)
def test_modules_have_paths_that_patterns_can_write(code: str, path: str) -> None:
    """The paths are the language of the rules."""
    assert calls(code, path)


def test_jsx_is_a_call_with_keywords() -> None:
    """Markup is injected by attributes."""
    code = (
        "function C({h}) { return <a href={h} dangerouslySetInnerHTML={{__html: h}}/> }"
    )
    (fact,) = calls(code, "jsx.a")
    assert fact.keywords["href"].path == "@h"
    keys = fact.keywords["dangerouslySetInnerHTML"].keys
    assert keys is not None
    assert keys["__html"].path == "@h"


def test_unwanted_bodies_are_not_evaluated() -> None:
    """What cannot matter costs no time; that a function is there is still told."""
    recorder = Recorder(wants=False)
    evaluate(b"function f() { g() } h()", recorder, deadline=lambda: False)
    told_of = {(fact.kind, fact.path) for fact in recorder.facts}
    assert ("define", "f") in told_of
    assert ("call", "h") in told_of
    assert ("call", "g") not in told_of


def test_local_function_is_not_taken_for_the_platforms() -> None:
    """A file's own `fetch` is not the network."""
    assert not calls("function fetch(u) { return u } fetch(x)", "fetch")


def test_value_of_arguments_is_what_python_sees() -> None:
    """Constants of JavaScript arrive as Python's."""
    (fact,) = calls("f('a', 1, 1.5, true, null, 0x10, -1, 1 << 4, 'A\\u{42}')", "f")
    constants = [value.constant for value in fact.arguments]
    assert constants == ["a", 1, 1.5, True, None, 16, -1, 16, "AB"]
    assert all(isinstance(value, Value) for value in fact.arguments)


def test_text_of_unknown_bytes_is_unknown() -> None:
    """`'hex'` says how bytes are written, not what they are."""
    fact = calls("run(Buffer.from(secret).toString('hex'))", "run")[0]
    assert fact.arguments[0].text is None


@pytest.mark.parametrize(
    "code",
    [
        "const run = require('child_process').exec; function f(x) { run(x) }",
        "import {exec as run} from 'child_process'; function f(x) { run(x) }",
        "let run; run = require('child_process').exec",
    ],
)
def test_other_name_is_told(code: str) -> None:
    """What calls a function by another name is skipped unless the name is known."""
    recorder = Recorder()
    evaluate(code.encode(), recorder)
    assert recorder.aliases == [("run", EXEC)]


def test_fact_nobody_asks_for_is_not_told() -> None:
    """Most names mean nothing to any rule, and facts cost time."""
    recorder = Recorder()
    recorder.names = recorder.roots = frozenset({"exec"})
    evaluate(b"a.exec(x); b.other(x); c.more = y; z.used", recorder)
    assert [fact.path for fact in recorder.facts] == ["a.exec"]


@pytest.mark.parametrize(
    "code", ["() => undefined", "() => {}", "function () { return true }"]
)
def test_function_that_says_yes_is_idle(code: str) -> None:
    """A check of a certificate that checks nothing is no check."""
    fact = calls(f"tls.connect({{check: {code}}})", "tls.connect")[0]
    assert "idle" in (fact.arguments[0].keys or {})["check"].marks


def test_function_that_checks_is_not_idle() -> None:
    """Whoever pins a certificate checks more than the platform does."""
    fact = calls("tls.connect({check: (a) => test(a)})", "tls.connect")[0]
    assert "idle" not in (fact.arguments[0].keys or {})["check"].marks


LOOP = (
    "function set(o, keys, v) { let n = o; while (keys.length > 1) %s n[keys[0]] = v }"
)


@pytest.mark.parametrize(
    ("step", "count"), [("n = n[keys.shift()];", 1), ("n.f();", 0)]
)
def test_descent_by_keys_is_two_keys(step: str, count: int) -> None:
    """A loop that goes where keys lead reaches the prototype, as two keys in a row do."""
    assert len(told(LOOP % step, "assign", "[][]")) == count


def test_guarded_descent_is_none() -> None:
    """Whoever names `__proto__` knows of the danger."""
    guard = "if (keys.includes('__proto__')) return; " + LOOP % "n = n[keys.shift()];"
    assert not told(guard, "assign", "[][]")


@pytest.mark.parametrize(
    "code",
    [r"\u0065xec(x)", r"globalThis.\u0065xec(x)", "[...'cexe'].reverse().join('')(x)"],
)
def test_escaped_name_is_hidden(code: str) -> None:
    """No honest code writes letters of names as numbers."""
    if "[..." in code:
        code = f"globalThis[{code[:-3]}](x)"
    assert [fact.is_hidden for fact in calls(code, "exec")] == [True]


def test_key_picks_from_constants() -> None:
    """Whoever picks one of the file's own constants says nothing of his own."""
    code = "const S = {a: '1', b: '2'}; function f(req) { run(S[req.query.x]) }"
    assert calls(code, "run")[0].arguments[0].marks == frozenset()


def test_text_counts_as_number() -> None:
    """Obfuscators number their tables in texts: `'0x1' - 0`."""
    code = "const t = ['fs', 'child_process']; require(t['0x1' - 0]).exec(x)"
    assert len(calls(code, EXEC)) == 1


def test_spread_is_object_assign() -> None:
    """`{...process.env}` copies the environment, however it is written."""
    assert len(told("send({...process.env})", "call", "Object.assign")) == 1
