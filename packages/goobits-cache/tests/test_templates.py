"""Templates from a cache: what they render, and when they are made anew."""

from __future__ import annotations

import logging
import marshal
import os
import pickle
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
import template_corpus

jinja2 = pytest.importorskip("jinja2")

from goobits_cache import TemplateCache  # noqa: E402
from goobits_cache._templates._code import CODE  # noqa: E402
from jinja2.sandbox import SandboxedEnvironment, SecurityError  # noqa: E402


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for templates."""
    made = tmp_path / "templates"
    made.mkdir()
    return made


@pytest.fixture
def cache(tmp_path: Path) -> TemplateCache:
    """Return a cache over an empty folder."""
    return TemplateCache(tmp_path / "codes")


def write(path: Path, source: str) -> None:
    """Write a file with the time, and the size where it can be, of the one before."""
    before = path.stat() if path.exists() else None
    path.write_text(source, encoding="utf-8")
    if before is not None:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def fresh(tmp_path: Path, script: str) -> str:
    """Return what a script prints in a fresh process that has `cache` and `env`."""
    begin = f"""
import sys
from goobits_cache import TemplateCache
cache = TemplateCache({str(tmp_path / "codes")!r})
env = cache.environment({str(tmp_path / "templates")!r}, autoescape=True)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", begin + script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_page_is_what_plain_jinja_renders(tmp_path: Path, folder: Path) -> None:
    """A cache that changes the output is none: compiled, and read in a fresh process."""
    template_corpus.write(folder)
    plain = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True)
    script = f"""
sys.path.insert(0, {str(Path(template_corpus.__file__).parent)!r})
import template_corpus
for name in template_corpus.PAGES:
    sys.stdout.write(env.get_template(name).render(template_corpus.context(name)) + "\\0")
sys.stderr.write(str("jinja2.compiler" in sys.modules) + "\\n")
sys.stdout.write(f"{{cache.statistics.hits}}, {{'jinja2.compiler' in sys.modules}}")
"""
    pages = [
        plain.get_template(name).render(template_corpus.context(name))
        for name in template_corpus.PAGES
    ]
    compiled = fresh(tmp_path, script).split("\0")
    read = fresh(tmp_path, script).split("\0")
    assert compiled == [*pages, "0, True"]
    assert read == [*pages, "21, False"]


@pytest.mark.parametrize("changed", ["page", "base", "inc", "macros", "deep"])
def test_change_anywhere_in_the_chain_is_seen(
    cache: TemplateCache, tmp_path: Path, folder: Path, changed: str
) -> None:
    """Parent, include, import, and what an import imports; also when the file's time is kept."""
    sources = {
        "page": "{% extends 'base' %}{% import 'macros' as m with context %}"
        "{% block b %}page-1 {{ m.f() }} {% include 'inc' %}{% endblock %}",
        "base": "base-1 {% block b %}{% endblock %}",
        "inc": "inc-1",
        "macros": "{% import 'deep' as d %}{% macro f() %}macros-1 {{ d.g() }}{% endmacro %}",
        "deep": "{% macro g() %}deep-1{% endmacro %}",
    }
    for name, source in sources.items():
        (folder / name).write_text(source, encoding="utf-8")
    env = cache.environment(folder)
    once = env.get_template("page").render()
    assert once == "base-1 page-1 macros-1 deep-1 inc-1"
    write(folder / changed, sources[changed].replace(f"{changed}-1", f"{changed}-2"))
    wanted = once.replace(f"{changed}-1", f"{changed}-2")
    assert env.get_template("page").render() == wanted
    assert fresh(tmp_path, "print(env.get_template('page').render())").strip() == wanted
    write(folder / changed, sources[changed])
    assert env.get_template("page").render() == once


def test_macros_of_an_import_of_an_import_change_without_context(
    cache: TemplateCache, folder: Path
) -> None:
    """Jinja keeps the module of an imported template, and with it what that has imported."""
    (folder / "a").write_text("{% import 'b' as b %}{{ b.f() }}")
    (folder / "b").write_text(
        "{% import 'c' as c %}{% macro f() %}{{ c.g() }}{% endmacro %}"
    )
    (folder / "c").write_text("{% macro g() %}one{% endmacro %}")
    env = cache.environment(folder)
    assert env.get_template("a").render() == "one"
    module = env.get_template("b").module
    assert env.get_template("b").module is module
    (folder / "c").write_text("{% macro g() %}two{% endmacro %}")
    assert env.get_template("a").render() == "two"
    assert env.get_template("b").module is not module


def test_file_that_did_not_change_is_not_read_again(
    folder: Path, tmp_path: Path
) -> None:
    """To look at the time of a file has to be enough, once that time is old enough."""
    (folder / "a").write_text("one")
    later = time.time() + 60
    cache = TemplateCache(tmp_path / "codes", clock=lambda: later)
    env = cache.environment(folder)
    env.get_template("a")
    env.loader.get_source = pytest.fail  # type: ignore[method-assign, union-attr]
    assert env.get_template("a").render() == "one"


def test_file_that_is_written_again_with_the_same_text_stays(
    cache: TemplateCache, folder: Path
) -> None:
    """A checkout touches files; nothing has to be compiled for that."""
    (folder / "a").write_text("one")
    env = cache.environment(folder)
    env.get_template("a")
    (folder / "a").write_text("one")
    os.utime(folder / "a", (1, 1))
    env.get_template("a")
    assert cache.statistics.misses == 1


def test_file_that_changed_a_moment_ago_is_read_again(
    folder: Path, tmp_path: Path
) -> None:
    """Within one tick of the file system's clock it can change without showing."""
    (folder / "a").write_text("one")
    soon = (folder / "a").stat().st_ctime + 1
    cache = TemplateCache(tmp_path / "codes", clock=lambda: soon)
    env = cache.environment(folder)
    env.get_template("a")
    read = []
    get_source = env.loader.get_source  # type: ignore[union-attr]

    def counted(*arguments: object) -> object:
        read.append(arguments)
        return get_source(*arguments)  # type: ignore[arg-type]

    env.loader.get_source = counted  # type: ignore[assignment, union-attr]
    env.get_template("a")
    assert len(read) == 1


def test_change_that_keeps_time_and_size_is_seen(folder: Path, tmp_path: Path) -> None:
    """A tool that restores times cannot restore when the file was last touched."""
    (folder / "a").write_text("one")
    later = time.time() + 60
    cache = TemplateCache(tmp_path / "codes", clock=lambda: later)
    env = cache.environment(folder)
    assert env.get_template("a").render() == "one"
    time.sleep(0.02)
    write(folder / "a", "two")
    assert env.get_template("a").render() == "two"


def test_without_auto_reload_nothing_is_looked_at(
    cache: TemplateCache, folder: Path
) -> None:
    """Who turns it off gets what Jinja gives."""
    (folder / "a").write_text("{% import 'b' as b %}{{ b.x }}")
    (folder / "b").write_text("{% set x = 1 %}")
    env = cache.environment(folder, auto_reload=False)
    assert env.get_template("a").render() == "1"
    (folder / "b").write_text("{% set x = 2 %}")
    assert env.get_template("a").render() == "1"


OPTIONS = [
    {"block_start_string": "<%", "block_end_string": "%>"},
    {"variable_start_string": "${", "variable_end_string": "}"},
    {"comment_start_string": "<#", "comment_end_string": "#>"},
    {"line_statement_prefix": "%"},
    {"line_comment_prefix": "##"},
    {"trim_blocks": True},
    {"lstrip_blocks": True},
    {"newline_sequence": "\r\n"},
    {"keep_trailing_newline": True},
    {"extensions": ["jinja2.ext.do"]},
    {"optimized": False},
    {"autoescape": True},
    {"autoescape": lambda name: True},
    {"finalize": lambda value: value},
    {"enable_async": True},
    {"filters": {"mine": str}},
    {"filters": {"upper": jinja2.pass_context(lambda context, value: value)}},
    {"tests": {"mine": bool}},
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(options))
def test_option_that_changes_code_changes_the_digest(
    cache: TemplateCache, folder: Path, options: dict[str, object]
) -> None:
    """Code of other options would render something else."""
    plain = cache.environment(folder)
    other = cache.environment(folder, **options)  # type: ignore[arg-type]
    assert cache.digest(plain, "a", "") != cache.digest(other, "a", "")
    assert cache.digest(plain, "a", "") == cache.digest(
        cache.environment(folder), "a", ""
    )


def test_digest_depends_on_name_source_and_version(
    cache: TemplateCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is part of the code, and another Jinja generates another one."""
    env = cache.environment(folder)
    once = cache.digest(env, "a", "x")
    assert cache.digest(env, "b", "x") != once
    assert cache.digest(env, "a", "y") != once
    monkeypatch.setattr(jinja2, "__version__", "3.1.5")
    assert cache.digest(env, "a", "x") != once


@pytest.mark.parametrize(
    ("options", "source"),
    [
        ({"filters": {"mine": "{0}.upper"}}, "{{ 'aB'|mine }}"),
        ({"finalize": "{0}.upper"}, "{{ 'aB' }}"),
        ({"undefined": "{0}"}, "{{ 'aB'.nothing }}"),
        ({"tests": {"mine": "{0}.upper"}}, "{{ 'aB' is mine }}"),
    ],
)
def test_what_a_function_does_is_never_part_of_the_code(
    cache: TemplateCache, folder: Path, options: dict[str, object], source: str
) -> None:
    """Jinja calls filters while it compiles; kept code would call the one of yesterday."""
    (folder / "a").write_text(source)

    def with_function(today: Callable[[str], object], undefined: type) -> str:
        known = {
            "filters": {"filters": {"mine": today}},
            "tests": {"tests": {"mine": today}},
            "finalize": {"finalize": today},
            "undefined": {"undefined": undefined},
        }[next(iter(options))]
        env = cache.environment(folder, **known)  # type: ignore[arg-type]
        plain = jinja2.Environment(loader=env.loader)
        plain.filters["mine"] = plain.tests["mine"] = today
        plain.finalize = known.get("finalize")
        plain.undefined = known.get("undefined", jinja2.Undefined)
        found = env.get_template("a").render()
        assert found == plain.get_template("a").render()
        return found

    first = with_function(lambda value: value.upper(), jinja2.Undefined)
    second = with_function(lambda value: "", jinja2.DebugUndefined)
    assert first != second
    assert cache.statistics.misses == 1


def test_policies_are_not_part_of_the_code(cache: TemplateCache, folder: Path) -> None:
    """Filters ask them while Jinja compiles."""
    (folder / "a").write_text("{{ 'one two three'|truncate(5) }}")
    env = cache.environment(folder)
    assert env.get_template("a").render() == "one two three"[:2] + "..."
    other = cache.environment(folder)
    other.policies["truncate.leeway"] = 100
    assert other.get_template("a").render() == "one two three"


def test_functions_among_the_policies_are_not_part_of_the_code(
    cache: TemplateCache, folder: Path
) -> None:
    """No digest can tell one from another."""
    (folder / "a").write_text("{{ 1|tojson }}")
    for found in ("one", "two"):
        env = cache.environment(folder)
        env.policies["json.dumps_function"] = lambda value, found=found, **_: found
        assert env.get_template("a").render() == found


def test_sandboxed_environment_stays_sandboxed(
    cache: TemplateCache, folder: Path
) -> None:
    """Code without a sandbox, from the same folder, would let a template out of it."""
    (folder / "a").write_text("{{ ''.__class__.__mro__ }}{{ f.__globals__ }}")
    loader = jinja2.FileSystemLoader(folder)
    open_env = cache.environment(folder)
    assert "object" in open_env.get_template("a").render(f=write)
    for _ in range(2):
        closed = SandboxedEnvironment(
            loader=loader, bytecode_cache=cache.bytecode_cache()
        )
        with pytest.raises(SecurityError):
            closed.get_template("a").render(f=write)
    assert "object" in cache.environment(folder).get_template("a").render(f=write)


def test_sandbox_that_intercepts_operators_has_code_of_its_own(
    cache: TemplateCache, folder: Path
) -> None:
    """Interception is compiled in."""

    class Powerless(SandboxedEnvironment):
        intercepted_binops = frozenset(["**"])

        def call_binop(
            self, context: object, operator: str, left: object, right: object
        ) -> object:
            return "refused"

    (folder / "a").write_text("{{ x ** 2 }}")
    loader = jinja2.FileSystemLoader(folder)
    codes = cache.bytecode_cache()
    plain = SandboxedEnvironment(loader=loader, bytecode_cache=codes)
    assert plain.get_template("a").render(x=2) == "4"
    powerless = Powerless(loader=loader, bytecode_cache=codes)
    assert powerless.get_template("a").render(x=2) == "refused"
    adjusted = SandboxedEnvironment(loader=loader, bytecode_cache=codes)
    adjusted.intercepted_binops = frozenset(["**"])
    adjusted.binop_table["**"] = lambda left, right: "adjusted"
    assert adjusted.get_template("a").render(x=2) == "adjusted"


def test_sandbox_cannot_be_asked_of_our_environment(
    cache: TemplateCache, folder: Path
) -> None:
    """An option that nothing reads would be trusted."""
    with pytest.raises(TypeError):
        cache.environment(folder, sandboxed=True)  # type: ignore[call-arg]


def test_extension_whose_source_is_unknown_is_compiled_each_time(
    cache: TemplateCache, folder: Path
) -> None:
    """Nobody can say whether its code is what it was."""
    space: dict[str, object] = {"__name__": "made_up"}
    exec("from jinja2.ext import Extension\nclass Mine(Extension): pass", space)
    (folder / "a").write_text("x")
    env = cache.environment(folder, extensions=[space["Mine"]])  # type: ignore[list-item]
    assert cache.digest(env, "a", "x") is None
    assert env.get_template("a").render() == "x"
    assert cache.statistics.misses == 0


def test_undefined_can_be_named(cache: TemplateCache, folder: Path) -> None:
    """The common ones need no import of Jinja2."""
    (folder / "a").write_text("{{ nothing }}")
    with pytest.raises(jinja2.UndefinedError):
        cache.environment(folder, undefined="strict").get_template("a").render()
    found = cache.environment(folder, undefined="debug").get_template("a").render()
    assert found == "{{ nothing }}"
    mine = cache.environment(folder, undefined=jinja2.StrictUndefined)
    assert mine.undefined is jinja2.StrictUndefined


def test_several_folders_are_searched_in_their_order(
    cache: TemplateCache, tmp_path: Path, folder: Path
) -> None:
    """The first that has a template wins, as in Jinja."""
    second = tmp_path / "second"
    second.mkdir()
    (second / "a").write_text("second")
    (second / "b").write_text("only")
    (folder / "a").write_text("first")
    env = cache.environment([folder, second])
    assert (
        env.get_template("a").render() + env.get_template("b").render() == "firstonly"
    )


@pytest.mark.parametrize("kind", ["dict", "prefix", "choice", "function"])
def test_any_loader_will_do(cache: TemplateCache, kind: str) -> None:
    """Code comes from the cache whatever the sources come from."""
    sources = {"a": "{% include 'a2' ignore missing %}x"}
    inner = jinja2.DictLoader(sources)
    loader, name = {
        "dict": (inner, "a"),
        "prefix": (jinja2.PrefixLoader({"p": inner}), "p/a"),
        "choice": (jinja2.ChoiceLoader([jinja2.DictLoader({}), inner]), "a"),
        "function": (jinja2.FunctionLoader(sources.get), "a"),
    }[kind]
    for _ in range(2):
        assert cache.environment(loader).get_template(name).render() == "x"
    assert cache.statistics.hits == 1


def test_traceback_names_the_line_of_the_template(
    cache: TemplateCache, folder: Path
) -> None:
    """Jinja rewrites tracebacks, and ours has no frames of the cache in it."""
    (folder / "a").write_text("\n\n{{ 1 // zero }}\n")
    (folder / "b").write_text("\n{% include 'a' %}")
    for _ in range(2):
        env = cache.environment(folder)
        with pytest.raises(ZeroDivisionError) as caught:
            env.get_template("b").render(zero=0)
        frames = traceback.extract_tb(caught.value.__traceback__)
        places = [(Path(frame.filename).name, frame.lineno) for frame in frames]
        assert places[-2:] == [("b", 2), ("a", 3)]


def test_equal_templates_of_two_folders_know_their_files(
    cache: TemplateCache, tmp_path: Path, folder: Path
) -> None:
    """Their code differs in nothing but the file that tracebacks name."""
    second = tmp_path / "second"
    second.mkdir()
    for place in (folder, second):
        (place / "a").write_text("same")
        loader = jinja2.FileSystemLoader(place)
        plain = jinja2.Environment(loader=loader, bytecode_cache=cache.bytecode_cache())
        assert plain.get_template("a").filename == str(place / "a")
        ours = cache.environment(place)
        assert ours.get_template("a").filename == str(place / "a")


@pytest.mark.parametrize("data", [b"", b"i", marshal.dumps(1), b"\xe3"])
def test_what_is_no_code_cannot_be_decoded(data: bytes) -> None:
    """Only code can be executed."""
    with pytest.raises(ValueError, match=r"this is not code|bad marshal data"):
        CODE.decode(data)


def test_environment_can_be_pickled(cache: TemplateCache, folder: Path) -> None:
    """Jinja's can, and goes to other processes that way."""
    (folder / "a").write_text("x{{ y }}")
    env = cache.environment(folder)
    for _ in range(2):
        assert env.get_template("a").render(y=1) == "x1"
        env = pickle.loads(pickle.dumps(cache.environment(folder)))
    assert cache.statistics.misses == 1


def test_environment_is_one_of_jinja(cache: TemplateCache, folder: Path) -> None:
    """What asks for `jinja2.Environment` or `jinja2.Template` gets one."""
    (folder / "a").write_text("x")
    env = cache.environment(folder)
    assert isinstance(env, jinja2.Environment)
    assert isinstance(env.get_template("a"), jinja2.Template)
    assert env.from_string("{% include t %}").render(t=env.get_template("a")) == "x"
    assert env.overlay(trim_blocks=True).get_template("a").render() == "x"
    assert env.compile_expression("1 + x")(x=2) == 3


def shipped(cache: TemplateCache, env: jinja2.Environment, name: str, source: str):
    """Return a hook that knows one template by its digest."""
    digest = cache.digest(env, name, source)
    names: dict[str, object] = {}
    exec(cache.module_source(env, name, source), names)

    def compiled(wanted: str, found: str) -> dict[str, object] | None:
        return names if (wanted, found) == (name, digest) else None

    return compiled


def test_shipped_code_is_used_and_nothing_compiled(
    cache: TemplateCache, tmp_path: Path, folder: Path
) -> None:
    """An application ships its templates as Python modules."""
    source = "{% block b %}{{ x|mine }}{% endblock %}{{ 1 // y }}"
    (folder / "a").write_text(source)
    hook = shipped(cache, cache.environment(folder, filters={"mine": str}), "a", source)
    ours = TemplateCache(tmp_path / "other", compiled=hook)
    up = ours.environment(folder, filters={"mine": str.upper})
    low = ours.environment(folder, filters={"mine": str.lower})
    # Both at once: the module says `environment`, and each has to find its own.
    templates = up.get_template("a"), low.get_template("a")
    assert [one.render(x="xY", y=1) for one in templates] == ["XY1", "xy1"]
    assert templates[0].filename == str(folder / "a")
    assert ours.statistics.misses == 0
    (folder / "a").write_text("changed")
    assert up.get_template("a").render() == "changed"
    assert ours.statistics.misses == 1


def test_digest_is_the_same_for_plain_environments(
    cache: TemplateCache, folder: Path
) -> None:
    """Code is shipped by a build that has no cache."""
    plain = jinja2.Environment(trim_blocks=True)
    ours = cache.environment(folder, trim_blocks=True)
    assert cache.digest(plain, "a", "x") == cache.digest(ours, "a", "x")


def test_syntax_error_is_jinjas_own(cache: TemplateCache, folder: Path) -> None:
    """It names the file and the line, and is not kept."""
    (folder / "a").write_text("\n{% endif %}")
    env = cache.environment(folder)
    for _ in range(2):
        with pytest.raises(jinja2.TemplateSyntaxError) as caught:
            env.get_template("a")
        assert (caught.value.lineno, caught.value.filename) == (2, str(folder / "a"))
    (folder / "a").write_text("mended")
    assert env.get_template("a").render() == "mended"


def test_names_of_any_text_work(cache: TemplateCache) -> None:
    """Names and sources come from databases, too."""
    odd = {"\udcff \0 ü": "\ud800 ü", "'\"\\\n": "x", "": "empty"}
    env = cache.environment(jinja2.DictLoader(odd))
    plain = jinja2.Environment(loader=env.loader)
    for name in odd:
        try:
            wanted = plain.get_template(name).render()
        except UnicodeEncodeError:
            with pytest.raises(UnicodeEncodeError):
                env.get_template(name)
        else:
            assert env.get_template(name).render() == wanted


def test_damaged_code_is_a_miss_and_a_line_in_the_log(
    cache: TemplateCache, tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is neither executed nor a reason to fail."""
    (folder / "a").write_text("one {{ x }}")
    cache.environment(folder).get_template("a")
    [path] = [one for one in (tmp_path / "codes").rglob("*") if one.is_file()]
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), 7):
        damaged = bytearray(data)
        damaged[place] ^= 0x40
        path.write_bytes(damaged)
        with caplog.at_level(logging.WARNING, "goobits_cache"):
            caplog.clear()
            again = TemplateCache(tmp_path / "codes")
            assert again.environment(folder).get_template("a").render(x=1) == "one 1"
            assert len(caplog.records) == 1, place
        assert path.read_bytes()[-40:] == data[-40:]
