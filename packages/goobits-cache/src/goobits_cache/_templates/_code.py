"""Where the code of templates comes from: what was shipped, what is kept, or the compiler."""

from __future__ import annotations

import marshal
import sys
from _frozen_importlib_external import MAGIC_NUMBER
from types import CodeType, FunctionType

from goobits_cache._codecs import Codec
from goobits_cache._persistent import PersistentCache
from goobits_cache._templates._digest import (
    place_digest,
    template_digest,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from jinja2.environment import Environment

    from goobits_cache._cache import Cache

    Compiled = Callable[[str, str], dict[str, object] | None]


def _decode(data: bytes) -> CodeType:
    try:
        code = marshal.loads(data)
    except (EOFError, TypeError) as error:
        raise ValueError(f"this is not code: {error}") from error
    if not isinstance(code, CodeType):
        raise ValueError(f"this is not code: {type(code).__name__}")
    return code


CODE: Codec[CodeType] = Codec(
    "template",
    marshal.dumps,
    _decode,
    tag=f"{sys.implementation.cache_tag} {MAGIC_NUMBER.hex()} {sys.flags.optimize}",
)
"""Compiled templates, for the interpreter that compiled them."""


_MOST = 1000


class Code:
    """The code of one template as a loader asks for it, and its digest."""

    __slots__ = ("code", "digest", "filename", "namespace")

    def __init__(
        self,
        code: CodeType | None,
        namespace: dict[str, object] | None,
        digest: str,
        filename: str | None,
    ) -> None:
        self.code = code
        self.namespace = namespace
        self.digest = digest
        self.filename = filename


class Bucket:
    """What Jinja's loaders take for a bucket: it holds code, or None to have it compiled."""

    __slots__ = ("code",)

    def __init__(self, code: Code | CodeType | None) -> None:
        self.code = code


class CodeCache:
    """Answers Jinja's loaders where they would ask a bytecode cache."""

    def __init__(
        self,
        directory: str | PathLike[str] | None,
        compiled: Compiled | None,
        max_bytes: int,
        timer: Callable[[], float],
    ) -> None:
        self._compiled = compiled
        self.store: Cache[str, CodeType]
        if directory is None:
            from goobits_cache._memory import MemoryCache

            self.store = MemoryCache(_MOST, timer=timer)
        else:
            self.store = PersistentCache(
                directory, codec=CODE, max_bytes=max_bytes, timer=timer
            )

    @property
    def problem(self) -> str | None:
        """Why nothing is kept, or None."""
        return self.store.problem if isinstance(self.store, PersistentCache) else None

    def get_bucket(
        self,
        environment: Environment,
        name: str | None,
        filename: str | None,
        source: str,
    ) -> Bucket:
        """Return the code of a template, after compiling it when it is not there."""
        digest = template_digest(environment, name, source)
        if digest is None:
            return Bucket(None)
        namespace = None
        if self._compiled and name is not None:
            namespace = self._compiled(name, digest)
        code = None
        if namespace is None:
            code = self._stored(environment, name, filename, source, digest)
        return Bucket(Code(code, namespace, digest, filename))

    def set_bucket(self, bucket: Bucket) -> None:
        """Do nothing: what can be kept has been kept."""

    def code(
        self,
        environment: Environment,
        name: str | None,
        filename: str | None,
        source: str,
    ) -> CodeType | None:
        """Return the code of a template, or None when its code must not be kept."""
        digest = template_digest(environment, name, source)
        if digest is None:
            return None
        return self._stored(environment, name, filename, source, digest)

    def _stored(
        self,
        environment: Environment,
        name: str | None,
        filename: str | None,
        source: str,
        digest: str,
    ) -> CodeType:
        key = place_digest(digest, filename)
        code = self.store.get(key)
        if code is None:
            from goobits_cache._templates._compile import compile_template

            # Nobody is waited for: who compiles may be stopped, and twice does no harm.
            code = self.store[key] = compile_template(
                environment, name, source, filename
            )
        return code


def bound(
    namespace: dict[str, object], environment: Environment, filename: str | None
) -> dict[str, object]:
    """Return a copy of a shipped module whose functions work for one environment.

    They look `environment` up among their globals, so two environments need two of them.
    """
    fresh: dict[str, object] = dict(namespace)
    fresh.update(environment=environment, __file__=filename or "<template>")
    blocks = namespace["blocks"]
    assert isinstance(blocks, dict)
    copies = {
        id(value): FunctionType(
            value.__code__, fresh, value.__name__, value.__defaults__
        )
        for value in (namespace["root"], *blocks.values())
        if isinstance(value, FunctionType)
    }
    for name, value in namespace.items():
        fresh[name] = copies.get(id(value), fresh[name])
    fresh["blocks"] = {name: copies[id(value)] for name, value in blocks.items()}
    return fresh
