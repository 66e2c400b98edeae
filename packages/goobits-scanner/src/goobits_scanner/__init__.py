"""Say what a package's code can do, what is wrong with it, and how sure we are.

`PluginSecurityScanner` scans a folder, an archive or a file and returns a `Report`; nothing of
what it scans is run or imported. Its names are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_scanner._catalog import RuleDescription, catalog
    from goobits_scanner._diff import Difference, difference
    from goobits_scanner._errors import (
        BaselineError,
        DatabaseError,
        GoobitsScannerError,
        TargetError,
    )
    from goobits_scanner._finding import (
        CAPABILITIES,
        Axis,
        Capability,
        Confidence,
        Finding,
        Level,
        Report,
        Severity,
    )
    from goobits_scanner._limits import Limits
    from goobits_scanner._scanner import PluginSecurityScanner, Suppression

_MODULES = {
    "_catalog": ("RuleDescription", "catalog"),
    "_diff": ("Difference", "difference"),
    "_errors": ("BaselineError", "DatabaseError", "GoobitsScannerError", "TargetError"),
    "_finding": (
        "CAPABILITIES",
        "Axis",
        "Capability",
        "Confidence",
        "Finding",
        "Level",
        "Report",
        "Severity",
    ),
    "_limits": ("Limits",),
    "_scanner": ("PluginSecurityScanner", "Suppression"),
}
__all__ = [
    "CAPABILITIES",
    "Axis",
    "BaselineError",
    "Capability",
    "Confidence",
    "DatabaseError",
    "Difference",
    "Finding",
    "GoobitsScannerError",
    "Level",
    "Limits",
    "PluginSecurityScanner",
    "Report",
    "RuleDescription",
    "Severity",
    "Suppression",
    "TargetError",
    "catalog",
    "difference",
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
