"""A pytest plugin that gives Jinja2's own tests our environment in place of theirs.

JINJA_MODE says where the code of templates comes from, those of strings included:

    stored    it is compiled, written to the folder JINJA_CACHE and read from it again
    shipped   it is written as Python source, and that is executed and bound to the environment

Sandboxed and native environments keep their classes and take their code from the same places.
"""

from __future__ import annotations

import os
import sys
from time import time

from goobits_cache._templates import TemplateCache
from goobits_cache._templates._runtime import prepare

prepare()
assert "jinja2.compiler" not in sys.modules

import jinja2  # noqa: E402
import jinja2.nativetypes  # noqa: E402
import jinja2.sandbox  # noqa: E402
from goobits_cache._templates._code import Bucket, CodeCache, bound  # noqa: E402
from goobits_cache._templates._environment import (  # noqa: E402
    CachedEnvironment,
    CachedTemplate,
)

counts = {"stored": 0, "shipped": 0}


def open_codes(compiled=None):
    return CodeCache(os.environ["JINJA_CACHE"], compiled, 1 << 30, time)


class Codes(CodeCache):
    """The code of templates, from the store or from a module and never straight."""

    def get_bucket(self, environment, name, filename, source):
        if os.environ["JINJA_MODE"] == "stored":
            return self._stored_and_read(environment, name, filename, source)
        return self._shipped(environment, name, filename, source)

    def _stored_and_read(self, environment, name, filename, source):
        super().get_bucket(environment, name, filename, source)
        codes = open_codes()
        bucket = codes.get_bucket(environment, name, filename, source)
        assert codes.store.statistics.hits == 1
        counts["stored"] += 1
        return bucket

    def _shipped(self, environment, name, filename, source):
        try:
            text = TemplateCache.module_source(environment, name, source)
        except jinja2.TemplateSyntaxError:
            return Bucket(None)  # nobody ships that
        namespace = {"__name__": "shipped"}
        exec(compile(text, "<shipped>", "exec"), namespace)
        counts["shipped"] += 1
        codes = open_codes(lambda name, digest: namespace)
        return codes.get_bucket(environment, name or "", filename, source)


CODES = Codes(os.environ["JINJA_CACHE"], None, 1 << 30, time)
from_nodes = jinja2.environment.Environment.from_string


def from_string(environment, source, globals=None, template_class=None):
    """Do what `Environment.from_string` does, with code from elsewhere."""
    if not isinstance(source, str):
        return from_nodes(environment, source, globals, template_class)
    code = CODES.get_bucket(environment, None, None, source).code
    if code is None:
        return from_nodes(environment, source, globals, template_class)
    kind = template_class or environment.template_class
    known = environment.make_globals(globals)
    if issubclass(kind, CachedTemplate):
        return kind.from_code(environment, code, known, None)
    if code.namespace is not None:
        names = bound(code.namespace, environment, None)
        return kind.from_module_dict(environment, names, known)
    return kind.from_code(environment, code.code, known, None)


class Environment(CachedEnvironment):
    """Our environment, made as Jinja's is."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.making = {}
        if self.bytecode_cache is None:
            self.bytecode_cache = CODES


jinja2.environment.Environment.from_string = from_string
jinja2.Environment = jinja2.environment.Environment = Environment


def pytest_terminal_summary(terminalreporter):
    for mode, count in counts.items():
        terminalreporter.write_line(f"{mode} {count}")
