"""What compiled code depends on, and what it must not depend on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from goobits_cache import TemplateCache
from jinja2.sandbox import SandboxedEnvironment, SecurityError

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


def open_page() -> None:
    """A function of Python, as a template may be handed one."""


def test_sandboxed_environment_stays_sandboxed(
    cache: TemplateCache, folder: Path
) -> None:
    """Code without a sandbox, from the same folder, would let a template out of it."""
    (folder / "a").write_text("{{ ''.__class__.__mro__ }}{{ f.__globals__ }}")
    loader = jinja2.FileSystemLoader(folder)
    open_env = cache.environment(folder)
    assert "object" in open_env.get_template("a").render(f=open_page)
    for _ in range(2):
        closed = SandboxedEnvironment(
            loader=loader, bytecode_cache=cache.bytecode_cache()
        )
        with pytest.raises(SecurityError):
            closed.get_template("a").render(f=open_page)
    assert "object" in cache.environment(folder).get_template("a").render(f=open_page)


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
