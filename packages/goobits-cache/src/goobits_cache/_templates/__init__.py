"""Compiled Jinja2 templates for fresh processes, without Jinja's compiler."""

from goobits_cache._templates._cache import TemplateCache

__all__ = ["TemplateCache"]
