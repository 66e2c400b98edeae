"""Stand-ins for what a module imports and may never use.

A module that gets `importer(...)` as its `__import__` works as always: its code finds a stand-in
in place of a name or a module of the table, and the first use puts the real one there.
"""

from __future__ import annotations

import _thread
import builtins
from builtins import __import__ as import_now
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


# What can be had from where it is made, without its module.
_ORIGINS = {"threading.Lock": getattr(_thread, "lock", _thread.allocate_lock)}


class LaterName:
    """A name taken from a module, imported when it is called, asked or found on a class."""

    __slots__ = ("_module", "_name", "_namespace")

    def __init__(self, module: str, name: str, namespace: dict[str, object]) -> None:
        self._module = module
        self._name = name
        self._namespace = namespace

    def resolve(self) -> object:
        """Return what the name means.

        It replaces the stand-in, and so do all names that come from the same package: code
        that has made a token stream asks whether it is one.
        """
        package = self._package
        for key, value in tuple(self._namespace.items()):
            if type(value) is LaterName and value._package == package:
                self._namespace[key] = value._imported()
        return self._imported()

    @property
    def _package(self) -> str:
        return self._module.partition(".")[0]

    def _imported(self) -> object:
        return getattr(import_now(self._module, None, None, (self._name,)), self._name)

    def __call__(self, *args: object, **kwargs: object) -> object:
        return self.resolve()(*args, **kwargs)  # type: ignore[operator]

    def __getattr__(self, name: str) -> object:
        return getattr(self.resolve(), name)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self.resolve())  # type: ignore[arg-type]

    def __get__(self, instance: object, owner: type | None = None) -> object:
        return self.resolve()


class LaterModule(ModuleType):
    """A module that is imported when one of its names is wanted."""

    def __init__(self, name: str, namespace: dict[str, object]) -> None:
        super().__init__(name)
        self.__dict__["_namespace"] = namespace

    def resolve(self) -> ModuleType:
        """Return the module, after putting it in the place of the stand-in."""
        module = import_now(self.__name__)
        namespace = self.__dict__["_namespace"]
        if namespace.get(self.__name__) is self:
            namespace[self.__name__] = module
        return module

    def __getattr__(self, name: str) -> object:
        return getattr(self.resolve(), name)


class ModuleWithStandIns(ModuleType):
    """A module that shows its stand-ins to its own code only."""

    def __getattribute__(self, name: str) -> object:
        value = super().__getattribute__(name)
        if type(value) is LaterName or type(value) is LaterModule:
            return value.resolve()
        return value


def importer(
    namespace: dict[str, object], later: Sequence[str]
) -> Callable[..., object]:
    """Return an `__import__` that gives a module stand-ins for the modules in `later`.

    A dot before the name of a module means a neighbour in the same package. The module finds
    this function among its builtins, and from its first import on, before it defines anything,
    the real ones: so only the top of the module, which began with it, ever calls it.
    """

    def import_or_stand_in(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        namespace["__builtins__"] = builtins
        if "." * level + name not in later:
            return import_now(name, globals, locals, fromlist or (), level)
        if not fromlist:
            return LaterModule(name, namespace)
        source = f"{namespace['__package__']}.{name}" if level else name
        names = ModuleType(source)
        for wanted in fromlist:
            origin = _ORIGINS.get(f"{source}.{wanted}")
            setattr(names, wanted, origin or LaterName(source, wanted, namespace))
        return names

    return import_or_stand_in
