"""Rust: one crate that needs only the standard library, with a struct for every hook."""

from goobits_engine.languages.rust._renderer import render

__all__ = ["render"]
