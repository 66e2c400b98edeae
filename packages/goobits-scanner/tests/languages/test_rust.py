"""What the evaluator tells of Rust: names, folded texts, flow, lines."""

from __future__ import annotations

import pytest
from goobits_scanner._facts import HOLE, Fact, Value
from goobits_scanner._languages.rust import evaluate


class Everything(frozenset[str]):
    """Contains every name."""

    def __contains__(self, _: object) -> bool:
        return True


class Recorder:
    """Keeps all facts; knows one source."""

    names = roots = Everything()

    def __init__(self) -> None:
        self.facts: list[Fact] = []

    def observe(self, fact: Fact) -> frozenset[str] | None:
        self.facts.append(fact)
        return frozenset({"env"}) if fact.path == "std.env.var" else None

    def alias(self, name: str, path: str) -> None:
        pass

    def wants(self, start: int, end: int) -> bool:
        return True


def given(code: str) -> list[Value]:
    """Return what is handed to `sink`, in order."""
    recorder = Recorder()
    assert evaluate(code.encode(), recorder).problem == ""
    return [
        fact.arguments[0]
        for fact in recorder.facts
        if fact.kind == "call" and fact.path == "sink"
    ]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('"lruc".chars().rev().collect::<String>()', "curl"),
        ('["cu", "rl"].concat()', "curl"),
        ('concat!("cu", "rl")', "curl"),
        ('&"xcurlx"[1..5]', "curl"),
        ("String::from_utf8(vec![99, 117, 0x72u8, 108]).unwrap()", "curl"),
        ('base64::decode("Y3VybA==").map(|d| String::from_utf8(d))', None),
        ('std::str::from_utf8(&hex::decode("6375726c").unwrap()).unwrap()', "curl"),
        ('format!("{{{}}} {0} {1:>3}", "a", 7)', "{a} a 7"),
        ('"\\x63\\u{75}rl"', "curl"),
        ('[57, 47, 40].iter().map(|b| (b ^ 0x5a) as char).collect::<String>()', "cur"),
        (('[98, 115].iter().zip([1, 1].iter().cycle()).map(|(a, b)| (a ^ b) as char)'
         ".collect::<String>()"), "cr"),
        ('std::path::Path::new("/a").join("b")', "/a/b"),
        ('r#"a"b"#', 'a"b'),
    ],
)  # fmt: skip
def test_texts_are_folded(expression: str, text: str | None) -> None:
    """What is hidden in arithmetic must be read as it will run."""
    assert [value.text for value in given(f"fn f() {{ sink({expression}); }}")] == [
        text
    ]


@pytest.mark.parametrize(
    "body",
    [
        "sink(e);",
        "let r#type = e; sink(r#type.clone()?);",
        "let Some(x) = e else { return }; sink(x);",
        "if let Some(x) = e && x.is_ok() { sink(x); }",
        "match e { Ok(x) if x.len() > 1 => sink(x), _ => {} }",
        "let mut s = String::new(); s.push_str(&e); sink(s);",
        'let mut s = String::new(); write!(s, "a{}", e).unwrap(); sink(s);',
        'sink(format!("a{e}"));',
        "let mut b = Vec::new(); e.read_to_end(&mut b).await?; sink(b);",
        "let a = A { x: e, n: 1 }; sink(a.x);",
        "let g = |y| sink(y); g(e);",
        "for x in e.iter().filter(|x| x.ok()) { sink(x); }",
        "e.iter().for_each(|x| sink(x));",
        "fn h(y: &str) { sink(y) } h(&e);",
        "tokio::spawn(async move { sink(e) });",
        "tokio::select! { _ = sink(e) => {} }",
        "let t = (1, e); sink(t.1);",
        "unsafe { sink(e) }",
    ],
)
def test_marks_flow(body: str) -> None:
    """A secret that loses its mark on the way is sent unseen."""
    code = f'fn f() {{ let e = std::env::var("A"); {body} }}'
    assert any("env" in value.marks for value in given(code))


def test_unknown_parts_are_holes() -> None:
    """A rule reads the known parts of a text around what is not known."""
    assert (
        given('fn f(x: &str) { sink(format!("a {} b", x)); }')[0].text == f"a {HOLE} b"
    )


def test_commands_keep_their_program_and_arguments() -> None:
    """Whether an argument is code depends on the program, however it is set up."""
    recorder = Recorder()
    code = (
        "use std::process::Command as Run;\n"
        'fn f() { let mut c = Run::new("sh"); c.env("A", "b").arg("-c");\n'
        ' c.args(["ls"]); c.spawn(); }'
    )
    evaluate(code.encode(), recorder)
    fact = recorder.facts[-1]
    assert fact.path == "std.process.Command.new().spawn"
    assert [item.text for item in fact.receiver.items or ()] == ["sh", "-c", "ls"]


def test_line_is_that_of_the_method() -> None:
    """In a chain over many lines, a finding points to the one that is wrong."""
    recorder = Recorder()
    evaluate(b"fn f() {\n  a()\n    .b()\n    .c(vec![\n d()]);\n}", recorder)
    lines = {fact.path: fact.line for fact in recorder.facts if fact.kind == "call"}
    assert (lines["a"], lines["a().b"], lines["a().b().c"], lines["d"]) == (2, 3, 4, 5)


def test_imports_belong_to_their_module() -> None:
    """Two modules of a file may call different things by one name."""
    recorder = Recorder()
    code = (
        "mod a { use x::Run; fn f() { Run::go(); } }\n"
        "mod b { use y::Run; fn f() { Run::go(); } }"
    )
    evaluate(code.encode(), recorder)
    assert [fact.path for fact in recorder.facts if fact.kind == "call"] == [
        "x.Run.go",
        "y.Run.go",
    ]
