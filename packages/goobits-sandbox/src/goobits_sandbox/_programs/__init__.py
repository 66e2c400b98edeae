"""Programs of the host: where they are, and what of the host they need to start."""

from goobits_sandbox._programs._resolving import Program, resolve

__all__ = ["Program", "resolve"]
