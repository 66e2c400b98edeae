"""What the bytes of a file say before anything is parsed: its kind, its text, its tricks."""

from goobits_scanner._bytes._decode import Problem, Text, decode
from goobits_scanner._bytes._findings import byte_findings, orphan_bytecode
from goobits_scanner._bytes._kind import kind_of
from goobits_scanner._bytes._table import RULES, ByteRule

__all__ = [
    "RULES",
    "ByteRule",
    "Problem",
    "Text",
    "byte_findings",
    "decode",
    "kind_of",
    "orphan_bytecode",
]
