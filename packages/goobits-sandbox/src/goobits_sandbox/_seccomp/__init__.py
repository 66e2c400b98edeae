"""The system calls that a guest may make: the filter's bytes, as build.py compiles calls.py."""

from __future__ import annotations

from goobits_sandbox._errors import UnavailableError

MACHINES = ("aarch64", "x86_64")


def program(machine: str) -> bytes:
    """Return the filter for `machine`, as the kernel and `bwrap --seccomp` take it.

    Raises:
        UnavailableError: there is no filter for `machine`, a name as uname gives it.

    """
    if machine not in MACHINES:
        raise UnavailableError(
            f"the machine is {machine or 'unknown'}",
            "the system call filter is made for x86_64 and aarch64 alone.",
            hint="use a machine of one of these, and a Python made for it.",
        )
    with open(f"{__file__.removesuffix('__init__.py')}{machine}.bpf", "rb") as file:
        return file.read()
