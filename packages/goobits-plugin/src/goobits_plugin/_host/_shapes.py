"""The shapes of what a plugin sends: which members of which kind, by method."""

from __future__ import annotations

import math

from goobits_plugin._host._wire import GREATEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Check = Callable[[object], bool]

_LEVELS = ("debug", "info", "warning", "error")


def is_integer(value: object, least: int, greatest: int = GREATEST) -> bool:
    return type(value) is int and least <= value <= greatest


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_null(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_token(value: object) -> bool:
    return isinstance(value, str) or is_integer(value, 0)


def _is_amount(value: object) -> bool:
    """Return whether a value is null, or a number that can be reckoned with."""
    if type(value) is int:
        return 0 <= value <= GREATEST
    return value is None or (
        isinstance(value, float) and math.isfinite(value) and value >= 0
    )


def _is_level(value: object) -> bool:
    return value in _LEVELS


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


# An absent member is null.
_NOTIFICATIONS: dict[str, dict[str, Check]] = {
    "$/progress": {
        "token": _is_token,
        "message": _is_text_or_null,
        "done": _is_amount,
        "total": _is_amount,
    },
    "$/log": {"level": _is_level, "message": _is_text},
    "ui/frame": {"lines": _are_texts},
}
_REQUESTS: dict[str, dict[str, Check]] = {
    "ui/prompt": {"message": _is_text, "default": _is_text_or_null},
    "ui/confirm": {"message": _is_text, "default": _is_truth},
    "ui/secret": {"message": _is_text},
    "system/processes": {},
    "system/metrics": {},
}


def is_known(method: str, *, is_request: bool) -> bool:
    return method in (_REQUESTS if is_request else _NOTIFICATIONS)


def fits(method: str, params: Mapping[str, object], *, is_request: bool) -> bool:
    """Return whether the params of a known method have its shape."""
    shape = (_REQUESTS if is_request else _NOTIFICATIONS)[method]
    return all(check(params.get(name)) for name, check in shape.items())
