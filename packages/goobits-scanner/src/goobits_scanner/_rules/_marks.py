"""Where marks come from, and what takes them away."""

from __future__ import annotations

# mark -> language -> patterns of the call or name whose value carries it
SOURCES: dict[str, dict[str, tuple[str, ...]]] = {
    "env": {
        "python": ("os.environ", "os.environ.**", "os.getenv"),
        "javascript": ("process.env", "process.env.**"),
        "rust": ("std.env.var", "std.env.vars", "std.env.var_os"),
    },
}

# what returns something harmless whatever went in: language -> patterns
CLEANERS: dict[str, tuple[str, ...]] = {
    "python": ("int", "float", "bool", "len", "shlex.quote", "html.escape"),
    "javascript": ("parseInt", "parseFloat", "Number", "encodeURIComponent"),
    "rust": (),
}
