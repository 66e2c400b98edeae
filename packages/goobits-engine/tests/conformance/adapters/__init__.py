"""What differs from language to language: one adapter each."""

from __future__ import annotations

from .adapter import Adapter, BuiltProgram
from .node import Node, NodeModules
from .python import Python
from .rust import Rust
from .typescript import TypeScript

__all__ = ["ADAPTERS", "Adapter", "BuiltProgram"]

ADAPTERS: tuple[Adapter, ...] = (
    Python(),
    Node(),
    NodeModules(),
    TypeScript(),
    Rust(),
)
