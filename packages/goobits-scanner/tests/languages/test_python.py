"""What the evaluator tells of Python: names, folded strings, flow, functions, code in texts."""

from __future__ import annotations

import pytest
from goobits_scanner._facts import HOLE, Fact
from goobits_scanner._languages.python import evaluate

SOURCES = {"os.environ": "env", "requests.get": "network"}


class Everything(frozenset[str]):
    """Contains every name."""

    def __contains__(self, _: object) -> bool:
        return True


class Recorder:
    """Keeps all facts; knows some sources."""

    names = roots = Everything()

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.aliases: list[tuple[str, str]] = []

    def observe(self, fact: Fact) -> frozenset[str] | None:
        self.facts.append(fact)
        mark = SOURCES.get(fact.path)
        return frozenset({mark}) if mark else None

    def alias(self, name: str, path: str) -> None:
        self.aliases.append((name, path))

    def wants(self, start: int, end: int) -> bool:
        return True


def facts_of(code: str, context: str = "import") -> list[Fact]:
    recorder = Recorder()
    assert evaluate(code.encode(), recorder, context=context).problem == ""
    return recorder.facts


def calls(code: str, path: str = "os.system") -> list[Fact]:
    return [f for f in facts_of(code) if f.kind == "call" and f.path == path]


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.system(x)",
        "import os as o; o.system(x)",
        "from os import system; system(x)",
        "from os import system as s; s(x)",
        "from os import *; system(x)",
        "from os import *\nfrom math import *\nsystem(x)",
        "from math import *\nfrom os import *\nsystem(x)",
        "import os; run = os.system; run(x)",
        "import os; a, b = os, 1; a.system(x)",
        "import os\nif (o := os): o.system(x)",
        "import os\nwith os as o: o.system(x)",
        "import os\ntry: pass\nfinally: os.system(x)",
        "import os\ntry: pass\nexcept A: pass\nelse: os.system(x)",
        "import os\nasync def f():\n    await os.system(x)",
        "import os\n[os.system(y) for y in x]",
        "import os\nmatch a:\n    case 1:\n        os.system(x)",
        "import os\nmatch a:\n    case 1:\n        def f(): os.system(x)",
        "import os\ndef f(run=os.system): run(x)",
        "import os\ndef f():\n    def g(): os.system(x)\n    return g",
        "import os\n(lambda a: os.system(a))(x)",
        "import os\n@os.system\ndef f(): pass",
        "import os\nf'{a:{os.system(x)}}'",
        "import os\nx = yield os.system(x)",
        "import os\ndel a[os.system(x)]",
        "import os\nraise E(os.system(x))",
        "import ｏｓ\nｏｓ.system(x)",
        "import os\nfor o in [os]: o.system(x)",
        "import os\ndef f(o): o.system(x)\nf(os)",
        "import os\ndef f(): return os\nf().system(x)",
        "import os\ndef f():\n    global g\n    g = os\nf()\ng.system(x)",
        "import os\ndef f():\n g = 1\n def h():\n  nonlocal g\n  g = os\n h()\n g.system(x)\nf()",
    ],
)
def test_names_are_resolved(code: str) -> None:
    """A call by any other name is the same call."""
    assert calls(code)


@pytest.mark.parametrize(
    "code",
    [
        "getattr(__import__('os'), 'sys' + 'tem')(x)",
        "__import__('os').system(x)",
        "import os; os.__dict__['system'](x)",
        "import os; vars(os)['system'](x)",
        "import os; globals()['os'].system(x)",
        "import sys, os; sys.modules['os'].system(x)",
        "import importlib; importlib.import_module('os').system(x)",
        "import operator, os; operator.attrgetter('system')(os)(x)",
        "import os, functools; functools.partial(os.system, x)()",
        "import os, threading; threading.Thread(target=os.system, args=(x,))",
        "import os, threading; threading.Timer(1, os.system, [x])",
        "import os; pool.submit(os.system, x)",
        "import os, atexit; atexit.register(os.system, x)",
        "import os; list(map(os.system, x))",
        "exec('import os; os.system(x)')",
        "eval('__import__(\"os\").system(x)')",
        "exec(compile('import os; os.system(x)', 'a', 'exec'))",
        "exec(b'import os; os.system(x)')",
        "exec(\"exec('import os; os.system(x)')\")",
        "exec 'import os; os.system(x)'",
    ],
)
def test_hidden_calls_are_found(code: str) -> None:
    """Malice does not write the name of what it calls."""
    assert calls(code)


def test_computed_names_are_said_to_be_hidden() -> None:
    """Rules tell honest calls from hidden ones."""
    assert calls("import os; getattr(os, 'system')(x)")[0].is_hidden
    assert not calls("import os; os.system(x)")[0].is_hidden


@pytest.mark.parametrize(
    "code",
    [
        "'ev' 'il'",
        "'ev' + 'il'",
        "'e' + 'v' + 'i' + 'l'",
        "''.join(['e', 'v', 'i', 'l'])",
        "''.join(c for c in 'evil')",
        "'live'[::-1]",
        "''.join(reversed('live'))",
        "'xevilx'[1:-1]",
        "__import__('string').ascii_letters[4] + 'vil'",
        "''.join([chr(101), chr(118), chr(0x69), chr(108)])",
        "''.join(map(chr, [101, 118, 105, 108]))",
        "''.join(chr(n ^ 1) for n in [100, 119, 104, 109])",
        "''.join(map(lambda n: chr(n - 1), [102, 119, 106, 109]))",
        "bytes([101, 118, 105, 108]).decode()",
        "bytes.fromhex('6576696c').decode()",
        "__import__('base64').b64decode('ZXZpbA==').decode()",
        "__import__('codecs').decode('rivy', 'rot13')",
        "__import__('zlib').decompress(bytes.fromhex('789c4b2dcbcc0100043801b1')).decode()",
        "'{}il'.format('ev')",
        "'%sil' % 'ev'",
        "f'ev{\"il\"}'",
        "'EVIL'.lower()",
        "'e*v*i*l'.replace('*', '')",
        "'\\x65\\166\\u0069\\U0000006c'",
        "'\\N{LATIN SMALL LETTER E}vil'",
        "'ev\\\nil'",
        "r'evil'",
        "'''evil'''",
        "(lambda s: s[::-1])('live')",
        "{'a': 'evil'}['a']",
        "['x', 'evil'][1]",
    ],
)
def test_constants_are_folded(code: str) -> None:
    """Text in pieces is the text."""
    assert calls(f"f({code})", "f")[0].arguments[0].constant == "evil"


def test_builtins_stay_builtins_whatever_is_imported_whole() -> None:
    """`os.open` is another function, but who calls `eval` means `eval`."""
    code = "from os import *\neval(x)\ndef own(): pass\nown()"
    paths = [fact.path for fact in facts_of(code) if fact.kind == "call"]
    assert paths[0] == "eval"
    assert "os.own" not in paths


def test_texts_with_holes_are_told_too() -> None:
    """An address or a path says much without its last part."""
    told = [f for f in facts_of("go(f'https://a.invalid/{x}')") if f.kind == "string"]
    assert [fact.arguments[0].text for fact in told] == [f"https://a.invalid/{HOLE}"]


def test_unknown_parts_are_holes() -> None:
    """What is known of a text is known where the rest is not."""
    for code in ("f'a{x}b'", "'a' + x + 'b'", "'a%sb' % x", "'a{}b'.format(x)"):
        assert calls(f"f({code})", "f")[0].arguments[0].text == f"a{HOLE}b"


@pytest.mark.parametrize(
    "code",
    [
        "x = os.environ",
        "x = [os.environ]",
        "x = {'a': os.environ['A']}",
        "x = f'{os.environ}'",
        "x = []\nx.append(os.environ)",
        "x = {}\nx['a'] = os.environ",
        "def g(a): return a\nx = g(os.environ)",
        "def g(*a): return a\nx = g(os.environ)",
        "x = [e for e in os.environ]",
        "x = a or os.environ",
        "x = 1 if a else os.environ",
        "x = str(os.environ).upper()",
        "match os.environ:\n    case {'a': x}: pass",
        "for x in os.environ: pass",
        "with os.environ as x: pass",
    ],
)
def test_marks_flow(code: str) -> None:
    """What is read is followed to where it goes."""
    fact = calls(f"import os\n{code}\nf(x)", "f")[0]
    values = fact.arguments[0]
    inner = (*(values.items or ()), *(values.keys or {}).values(), values)
    assert any("env" in value.marks for value in inner)


def test_marks_flow_through_methods_and_bases() -> None:
    """An object carries what it was made with; a base's method is its own."""
    code = (
        "import os\nclass A:\n    def send(self, a): f(a)\n"
        "class B(A):\n    def go(self):\n        self.send(os.environ)\n"
    )
    assert any("env" in fact.arguments[0].marks for fact in calls(code, "f"))
    code = (
        "import os\nclass A:\n    def __init__(self, a): self.a = a\n"
        "    def go(self): f(self.a)\nA(os.environ).go()\n"
    )
    assert any("env" in fact.arguments[0].marks for fact in calls(code, "f"))


def test_what_routes_are_given_is_input() -> None:
    """Whoever calls a web server chooses the parameters of its paths."""
    routed = calls("@app.get('/a/{x}')\ndef g(x): f(x)", "f")[0].arguments[0]
    plain = calls("@cache.get('a')\ndef g(x): f(x)", "f")[0].arguments[0]
    assert routed.marks == {"param", "input"}
    assert plain.marks == {"param"}


@pytest.mark.parametrize(
    ("code", "context", "told"),
    [
        ("f()", "import", "import"),
        ("f()", "install", "install"),
        ("def g(): f()", "import", "function"),
        ("def g(): f()\ng()", "import", "import"),
        ("def g(): f()", "install", "install"),
        ("if __name__ == '__main__': f()", "import", "function"),
        ("class A:\n    f()", "import", "import"),
    ],
)
def test_facts_say_when_they_happen(code: str, context: str, told: str) -> None:
    """What runs at import needs nobody to call it."""
    found = [fact for fact in facts_of(code, context) if fact.path == "f"]
    assert [fact.context for fact in found] == [told]


def test_code_in_texts_stands_where_it_runs() -> None:
    """A finding must point to a line of the file."""
    found = calls("a = 1\n\nexec('\\n\\n\\nimport os\\nos.system(x)')\n")
    assert [(fact.line, fact.end_line) for fact in found] == [(3, 3)]


@pytest.mark.parametrize(
    ("made", "is_told"),
    [
        ("os.system, ('a',)", True),
        ("eval, ('a',)", True),
        ("subprocess.Popen, (['a'],)", True),
        ("getattr(os, 'system'), ('a',)", True),
        ("self.__class__, ()", False),
        ("A, ()", False),
    ],
)
@pytest.mark.parametrize("name", ["__reduce__", "__reduce_ex__"])
def test_what_unpickling_runs_is_told(name: str, made: str, is_told: bool) -> None:
    """An object that names a function to call is the classic hostile pickle."""
    code = f"import os, subprocess\nclass A:\n    def {name}(self, *a):\n        return {made}\n"
    found = [fact for fact in facts_of(code) if fact.path == "reduce-runs"]
    assert bool(found) == is_told
    assert all(fact.kind == "node" and fact.arguments[0].path for fact in found)
