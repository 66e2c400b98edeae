"""What `jinja2.Environment` can be told; for type checkers only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypedDict

from jinja2.ext import Extension


class Options(TypedDict, total=False):
    """The options that `TemplateCache.environment` hands on as they are."""

    block_start_string: str
    block_end_string: str
    variable_start_string: str
    variable_end_string: str
    comment_start_string: str
    comment_end_string: str
    line_statement_prefix: str | None
    line_comment_prefix: str | None
    trim_blocks: bool
    lstrip_blocks: bool
    newline_sequence: Literal["\n", "\r\n", "\r"]
    keep_trailing_newline: bool
    extensions: Sequence[str | type[Extension]]
    optimized: bool
    finalize: Callable[..., object] | None
    autoescape: bool | Callable[[str | None], bool]
    cache_size: int
    auto_reload: bool
    enable_async: bool
