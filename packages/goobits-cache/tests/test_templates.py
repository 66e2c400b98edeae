"""Templates from a cache: what they render."""

from __future__ import annotations

import logging
import marshal
import pickle
import traceback
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
import template_corpus
from goobits_cache import TemplateCache
from goobits_cache._templates._code import CODE

Fresh = Callable[[str], str]


def test_every_page_is_what_plain_jinja_renders(fresh: Fresh, folder: Path) -> None:
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
    compiled = fresh(script).split("\0")
    read = fresh(script).split("\0")
    assert compiled == [*pages, "0, True"]
    assert read == [*pages, "21, False"]


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
