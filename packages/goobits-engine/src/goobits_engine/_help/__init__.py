"""Help pages and the JSON help, made once, at build time."""

from goobits_engine._help._builtins import builtin_options
from goobits_engine._help._json import help_json
from goobits_engine._help._markup import plain
from goobits_engine._help._page import page

__all__ = ["builtin_options", "help_json", "page", "plain"]
