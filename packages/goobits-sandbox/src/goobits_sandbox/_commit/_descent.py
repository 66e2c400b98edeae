"""Folders below one folder, each opened by its name in the one above, never through a link."""

from __future__ import annotations

import errno
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Final, Self

DEEPEST: Final = 128
FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Descent:
    """Holds the folders of the path that was asked for last: neighbours cost one step.

    At most `DEEPEST` descriptors are open. The root's own is only borrowed. `made` lists the
    folders that were made on the way.
    """

    def __init__(self, root: int) -> None:
        self.made: list[tuple[str, ...]] = []
        self._root = root
        self._names: list[str] = []
        self._opened: list[int] = []
        self._device = os.fstat(root).st_dev

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._keep(0)

    def open(self, parts: tuple[str, ...], *, is_making: bool = False) -> int:
        """Return a descriptor of a folder, which this keeps and closes.

        Raises:
            OSError: there is none, or a link or another file system is on the way.
        """
        if len(parts) > DEEPEST:
            raise OSError(errno.ELOOP, "it lies too deep")
        common = 0
        while common < min(len(self._names), len(parts)):
            if self._names[common] != parts[common]:
                break
            common += 1
        self._keep(common)
        for name in parts[common:]:
            self._enter(name, is_making=is_making)
        return self._opened[-1] if parts else self._root

    def forget(self, parts: tuple[str, ...]) -> None:
        """Close a folder, and what is below it, that is no longer what it was."""
        if tuple(self._names[: len(parts)]) == parts:
            self._keep(len(parts) - 1)

    def _enter(self, name: str, *, is_making: bool) -> None:
        above = self._opened[-1] if self._opened else self._root
        try:
            descriptor = os.open(name, FOLDER, dir_fd=above)
        except FileNotFoundError:
            if not is_making:
                raise
            os.mkdir(name, dir_fd=above)
            self.made.append((*self._names, name))
            descriptor = os.open(name, FOLDER, dir_fd=above)
        if os.fstat(descriptor).st_dev != self._device:
            os.close(descriptor)
            raise OSError(errno.EXDEV, "another file system is mounted there")
        self._names.append(name)
        self._opened.append(descriptor)

    def _keep(self, count: int) -> None:
        while len(self._opened) > count:
            os.close(self._opened.pop())
        del self._names[count:]
