"""Run one untrusted process under an explicit policy, or refuse.

`Policy` says what a guest may do, `Sandbox` runs guests under it, an `Outcome` says how one ended.
`doctor` tells whether this system can hold one. Its names are imported when they are first
used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._asynchronous import run_async
    from goobits_sandbox._doctor import Finding, doctor
    from goobits_sandbox._errors import (
        CommandNotFoundError,
        GoobitsSandboxError,
        PolicyError,
        UnavailableError,
    )
    from goobits_sandbox._outcome import Changes, Decision, Outcome, Refused, Usage
    from goobits_sandbox._policy import Limits, Policy
    from goobits_sandbox._sandbox import Sandbox
    from goobits_sandbox._terminal import TerminalFilter

_MODULES = {
    "_asynchronous": ("run_async",),
    "_doctor": ("Finding", "doctor"),
    "_errors": (
        "CommandNotFoundError",
        "GoobitsSandboxError",
        "PolicyError",
        "UnavailableError",
    ),
    "_outcome": ("Changes", "Decision", "Outcome", "Refused", "Usage"),
    "_policy": ("Limits", "Policy"),
    "_sandbox": ("Sandbox",),
    "_terminal": ("TerminalFilter",),
}
__all__ = [
    "Changes",
    "CommandNotFoundError",
    "Decision",
    "Finding",
    "GoobitsSandboxError",
    "Limits",
    "Outcome",
    "Policy",
    "PolicyError",
    "Refused",
    "Sandbox",
    "TerminalFilter",
    "UnavailableError",
    "Usage",
    "doctor",
    "run_async",
]


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            found = __import__(f"{__name__}.{module}", None, None, (name,))
            value: object = getattr(found, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
