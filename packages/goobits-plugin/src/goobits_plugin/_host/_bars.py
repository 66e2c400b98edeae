"""The bars of what a plugin has under way, as lines."""

from __future__ import annotations

from goobits_plugin._host._text import clean, cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 8
"""The bars that are shown at once; more than these are not kept."""
_CELLS = 20


class Bars:
    """The progress that a plugin tells of, by its tokens, the oldest first."""

    def __init__(self) -> None:
        self._bars: dict[str, tuple[str, float, float]] = {}

    def update(self, params: Mapping[str, object]) -> bool:
        """Take one `$/progress`; return whether there is something to be drawn anew."""
        token, done, total = (
            str(params["token"]),
            params.get("done"),
            params.get("total"),
        )
        if not isinstance(done, int | float):
            return self._bars.pop(token, None) is not None
        if token not in self._bars and len(self._bars) == MOST:
            return False
        known = total if isinstance(total, int | float) else 0
        self._bars[token] = (str(params.get("message") or ""), done, known)
        return True

    def clear(self) -> None:
        self._bars.clear()

    def lines(self, width: int) -> list[str]:
        """Return one line for each bar, of at most `width` cells."""
        return [cut(_bar(*bar), width) for bar in self._bars.values()]


def _bar(message: str, done: float, total: float) -> str:
    said = clean(message)
    if not total:
        return f"{said} {done:g}".lstrip()
    share = min(1.0, done / total)
    full = int(share * _CELLS)
    return (
        f"[{'#' * full}{'.' * (_CELLS - full)}] {int(share * 100):3d}% {said}".rstrip()
    )
