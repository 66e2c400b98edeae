"""The bytecode cache for environments that are not ours."""

from __future__ import annotations

from jinja2.bccache import Bucket, BytecodeCache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2.environment import Environment

    from goobits_cache._templates._code import CodeCache


class StoredBytecode(BytecodeCache):
    """Code from the store, for the loaders of any environment."""

    def __init__(self, codes: CodeCache) -> None:
        self._codes = codes

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return a bucket that holds the code, after compiling it when it is not there."""
        bucket = Bucket(environment, name, "")
        bucket.code = self._codes.code(environment, name, filename, source)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Do nothing: what can be kept has been kept."""

    def clear(self) -> None:
        self._codes.store.clear()
