"""Compiling templates to code that can be kept.

Jinja2 computes what is constant while it compiles: `{{ "a"|mine }}` calls the filter then, and the
result becomes part of the code. Such code would be wrong as soon as the filter changes, which no
digest of the template can see. Here only Jinja's own filters and tests are called early.
"""

from __future__ import annotations

from jinja2.defaults import DEFAULT_POLICIES
from jinja2.filters import FILTERS
from jinja2.nodes import Impossible
from jinja2.runtime import StrictUndefined
from jinja2.tests import TESTS
from jinja2.utils import missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import CodeType

    from jinja2.environment import Environment


def compile_template(
    environment: Environment, name: str | None, source: str, filename: str | None
) -> CodeType:
    """Return the code of a template.

    Raises:
        TemplateSyntaxError: the template is not well-formed.
    """
    return _view(environment).compile(source, name, filename)


def module_source(environment: Environment, name: str | None, source: str) -> str:
    """Return the Python source of a module that holds the template.

    Raises:
        TemplateSyntaxError: the template is not well-formed.
    """
    return _view(environment).compile(source, name, None, raw=True, defer_init=True)


class _Unfolded(StrictUndefined):
    """An undefined value that makes every computation with it wait for rendering."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = Impossible,
    ) -> None:
        super().__init__(hint, obj, name, Impossible)  # type: ignore[arg-type]


def _view(environment: Environment) -> Environment:
    """Return a copy of an environment that computes nothing but what Jinja defines."""
    known = environment.policies == DEFAULT_POLICIES
    view: Environment = object.__new__(type(environment))
    view.__dict__.update(
        environment.__dict__,
        filters=_unfolded(environment.filters, FILTERS if known else {}),
        tests=_unfolded(environment.tests, TESTS if known else {}),
        undefined=_Unfolded,
        finalize=environment.finalize and _later(environment.finalize),
    )
    return view


def _unfolded(
    functions: Mapping[str, object], default: Mapping[str, object]
) -> dict[str, object]:
    return {
        name: function if default.get(name) is function else _later(function)
        for name, function in functions.items()
    }


def _later(function: object) -> Callable[..., object]:
    """Return what stands for a function, and wants the same first argument."""

    def impossible(*args: object, **kwargs: object) -> object:
        raise Impossible

    first = getattr(function, "jinja_pass_arg", None)
    if first is not None:
        impossible.jinja_pass_arg = first  # type: ignore[attr-defined]
    return impossible
