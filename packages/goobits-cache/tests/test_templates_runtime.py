"""Importing Jinja2 without its compiler, and what others see of that."""

from __future__ import annotations

import subprocess
import sys

import pytest

PREPARED = "from goobits_cache._templates._runtime import prepare; prepare()\n"


def run(script: str, *, options: tuple[str, ...] = ()) -> str:
    """Return what a script prints in a fresh process that prepared Jinja2 before."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", PREPARED + script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_rendering_imports_no_compiler() -> None:
    """What is not imported costs nothing."""
    script = """
import sys
from jinja2.environment import Environment
Environment()
unwanted = {"compiler", "lexer", "parser", "idtracking", "optimizer", "bccache"}
assert not unwanted & {name.removeprefix("jinja2.") for name in sys.modules}
assert not {"inspect", "ast", "random", "threading", "json", "numbers"} & set(sys.modules)
"""
    run(script)


def test_import_after_preparing_finds_the_same_classes() -> None:
    """Two classes of one name would make `isinstance` lie."""
    script = """
import jinja2.runtime
before = jinja2.runtime.Undefined
from jinja2.environment import Environment as E, Template as T
from jinja2 import Environment, Template, Undefined, StrictUndefined, TemplateNotFound
import jinja2
assert Undefined is before is jinja2.Undefined is jinja2.runtime.Undefined
assert Environment is E is jinja2.Environment
assert Template is T and E.template_class is T
assert TemplateNotFound is jinja2.exceptions.TemplateNotFound
assert issubclass(StrictUndefined, Undefined)
"""
    run(script)


def test_package_looks_as_always_once_looked_at() -> None:
    """Names, submodules, version and documentation are those of a plain import."""
    script = """
import jinja2, subprocess, sys
look = "import jinja2; print(sorted(n for n in dir(jinja2) if n[0] != '_'), jinja2.__doc__,"
look += " jinja2.__version__, sorted(n for n in vars(jinja2) if n[0] != '_'))"
plain = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout
first = jinja2.__doc__
names = sorted(n for n in dir(jinja2) if n[0] != '_')
print(names, first, jinja2.__version__, sorted(n for n in vars(jinja2) if n[0] != '_'))
print(plain, end="")
"""
    out = run(script)
    half = len(out) // 2
    assert out[:half] == out[half:]


@pytest.mark.parametrize(
    "first_use",
    [
        "jinja2.lexer",
        "dir(jinja2)",
        "vars(jinja2)",
        "hasattr(jinja2, 'nothing')",
        "jinja2.__dict__",
        "importlib.reload(jinja2)",
        "inspect.getsource(jinja2)",
        "exec('from jinja2 import *')",
        "pickle.loads(pickle.dumps(jinja2.Undefined))",
        "pickle.loads(pickle.dumps(jinja2.runtime.Undefined))",
        "importlib.import_module('jinja2.sandbox').SandboxedEnvironment()",
        "importlib.import_module('jinja2.nativetypes').NativeEnvironment()",
        "importlib.import_module('jinja2.ext').Extension",
        "importlib.import_module('jinja2.meta')",
        "importlib.reload(jinja2.loaders)",
        "copy.deepcopy(jinja2.Environment)",
        "help(jinja2.Environment)",
        "typing.get_type_hints(jinja2.environment.Environment.lexer.fget)",
    ],
)
def test_first_use_of_any_kind_works(first_use: str) -> None:
    """Whatever somebody else does first with the package, it is Jinja2 then."""
    script = f"""
import copy, importlib, inspect, pickle, typing
import jinja2
import jinja2.environment, jinja2.runtime
before = jinja2.runtime.Undefined
{first_use}
assert jinja2.Environment().from_string("{{{{ [1, x]|tojson }}}}").render(x="<") \\
    == '[1, "\\\\u003c"]'
assert jinja2.runtime.Undefined is before
from jinja2.compiler import CodeGenerator
assert jinja2.Environment.code_generator_class is CodeGenerator
from jinja2.environment import CodeGenerator as Same, Lexer, TokenStream
assert Same is CodeGenerator
"""
    run(script)


def test_submodule_is_had_without_executing_the_package() -> None:
    """That takes a lock, and modules of Jinja ask in the middle of being imported."""
    script = """
import sys
from jinja2 import lexer, nodes
import jinja2
assert jinja2.parser is sys.modules["jinja2.parser"]
assert "jinja2.bccache" not in sys.modules
"""
    run(script)


def test_missing_name_is_an_attribute_error() -> None:
    """A misspelt name fails as in any module."""
    script = """
import jinja2
try:
    jinja2.Environmant
except AttributeError as error:
    assert "Environmant" in str(error)
try:
    from jinja2 import nothing_of_that_kind
except ImportError as error:
    assert "nothing_of_that_kind" in str(error)
else:
    raise SystemExit("found")
"""
    run(script)


def test_already_imported_package_is_left_alone() -> None:
    """Who imported Jinja2 before us keeps it as it is."""
    script = """
import jinja2, types
before = dict(vars(jinja2))
from goobits_cache._templates._runtime import prepare
prepare()
assert dict(vars(jinja2)) == before and type(jinja2) is types.ModuleType
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == 0


def test_threads_that_import_at_once_get_one_package() -> None:
    """A server imports in its threads, while another prepares."""
    script = """
import sys
import threading
for name in [name for name in sys.modules if name.startswith("jinja2")]:
    del sys.modules[name]
import goobits_cache._templates._runtime as runtime
sys.setswitchinterval(1e-6)
start = threading.Barrier(8)
found, errors = [], []
def work(number):
    start.wait()
    try:
        if number % 2:
            prepare()
        if number % 4 < 3:
            from jinja2 import Environment
        else:
            from jinja2.environment import Environment
        import jinja2
        dir(jinja2) if number == 5 else None
        Environment().from_string("{{ 1 }}").render()
        found.append(Environment)
    except BaseException as error:
        errors.append(error)
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not errors, errors
assert len(found) == 8 and len(set(found)) == 1, found
"""
    for _ in range(5):
        run(script)


def test_functions_have_the_builtins_of_everybody() -> None:
    """Who replaces `open` in a test replaces it for Jinja's loaders, too."""
    script = """
import builtins, sys, types
checked = 0
for name, module in list(sys.modules.items()):
    if name.startswith("jinja2."):
        assert module.__builtins__ in (builtins, vars(builtins))
        things = list(module.__dict__.values())
        classes = [one for one in things if isinstance(one, type)]
        for one in classes:
            if one.__module__ == name:
                things.extend(vars(one).values())
        for thing in things:
            if isinstance(thing, types.FunctionType) and thing.__module__ == name:
                checked += 1
                assert thing.__builtins__ is vars(builtins), thing
assert checked > 300, checked
"""
    run(script)


def test_filters_that_need_more_import_it_then() -> None:
    """What was put off is there when a template asks for it."""
    script = """
import jinja2
env = jinja2.Environment()
text = "{{ [3, 4]|random > 2 }} {{ 'a b'|urlencode }} {{ {'a': 1}|tojson }} {{ 2 is number }}"
text += " {{ lipsum(1)|length > 9 }} {{ 'x'|attr('upper') is callable }}"
assert env.from_string(text).render() == 'True a%20b {"a": 1} True True True'
import random, json, jinja2.filters, jinja2.utils
assert jinja2.filters.random is random and jinja2.utils.json is json
"""
    run(script)


def test_asynchronous_templates_render() -> None:
    """They inspect every value for whether it can be awaited."""
    script = """
import asyncio
from jinja2 import Environment
async def later(value): return value
text = "{{ f(1) }}{% for x in y %}{{ x }}{% endfor %}"
template = Environment(enable_async=True).from_string(text)
assert asyncio.run(template.render_async(f=later, y=[1, 2])) == "112"
"""
    run(script)


def test_missing_package_says_how_to_install_it() -> None:
    """Jinja2 is an extra, and the error names it."""
    script = """
import sys
sys.path = [one for one in sys.path if "site-packages" not in one]
from goobits_cache._errors import GoobitsCacheError
from goobits_cache._templates._runtime import prepare
try:
    prepare()
except GoobitsCacheError as error:
    assert isinstance(error, ImportError)
    assert error.hint == "pip install 'goobits-cache[jinja2]'"
else:
    raise SystemExit("no error")
"""
    source = "import goobits_cache, sys\n" + script
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            source.replace("sys.path =", "del sys.path[0]; sys.path ="),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
