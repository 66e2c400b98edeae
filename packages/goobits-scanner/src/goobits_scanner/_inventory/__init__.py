"""Every file of a folder, a file or an archive, read without running or trusting any of it."""

from goobits_scanner._inventory._target import inventory

__all__ = ["inventory"]
