"""The errors of this program.

CompareError
├── UsageError   what was asked for cannot be done: exit code 2
└── SideError    one of the two trees cannot be installed or run: exit code 1
"""


class CompareError(Exception):
    """The root of the errors of this program."""


class UsageError(CompareError):
    """There is no such commit, or nothing to measure."""


class SideError(CompareError):
    """A step failed; the message ends with the last lines of what it wrote."""
