"""Conformance: one set of vectors for the generated programs of every language."""
