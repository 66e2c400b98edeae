"""Conformance: one set of vectors, answered by the generated program of each language."""
