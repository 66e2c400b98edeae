"""An object that is made when it is first used: once, whoever comes, and whatever fails."""

from __future__ import annotations

import copy
import gc
import inspect
import math
import os
import pickle
import pydoc
import subprocess
import sys
import threading
import traceback
import weakref
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from goobits_lazy import CycleError, LazyProxy, LoaderError

AllAtOnce = Callable[..., list[object]]

PATIENCE = 60.0
"""Seconds after which a thread hangs."""

THREADS = 16
TRIALS = 1_000


class Counter:
    """A factory that knows how often it was called."""

    def __init__(self, value: object = None, *failures: BaseException) -> None:
        self.value = value
        self.failures = list(failures)
        self.calls = 0

    def __call__(self) -> Any:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.value


def test_nothing_is_made_before_the_first_use() -> None:
    """Looking at a proxy in a debugger or a log must cost nothing."""
    make = Counter([])
    proxy = LazyProxy(make)
    reference = weakref.ref(proxy)
    assert reference() is proxy
    assert "not loaded" in repr(proxy)
    assert type(proxy) is LazyProxy
    assert make.calls == 0


def test_repr_says_what_is_not_loaded_and_from_where() -> None:
    """Who sees it in a log wants to know whose it is."""
    proxy = LazyProxy(int)
    line = inspect.currentframe().f_lineno - 1  # type: ignore[union-attr]
    assert repr(proxy) == f"<LazyProxy of int, {__file__}:{line}, not loaded>"
    assert proxy == 0
    assert repr(proxy) == "0"


def test_factory_is_called_once_and_let_go() -> None:
    """It may hold what was only needed to make the object."""
    make = Counter([1])
    proxy = LazyProxy(make)
    assert (len(proxy), proxy[0], list(proxy)) == (1, 1, [1])
    assert make.calls == 1
    gone = weakref.ref(make)
    del make
    assert gone() is None


def test_none_is_a_value() -> None:
    """A factory that returns None has returned None, and is not called again."""
    make = Counter(None)
    proxy = LazyProxy(make)
    assert (proxy == None, bool(proxy), str(proxy)) == (True, False, "None")  # noqa: E711
    assert isinstance(proxy, type(None))
    assert make.calls == 1


def test_proxy_of_a_proxy_stands_for_what_is_behind() -> None:
    """Otherwise the outer one would have the methods of a proxy that is not loaded."""
    proxy = LazyProxy(lambda: LazyProxy(lambda: 5))
    assert proxy + 1 == 6
    assert not callable(proxy)


def test_target_is_freed_with_its_proxy() -> None:
    """An open file or a connection must not wait for the garbage collector."""

    class Target:
        """What can be referred to weakly."""

    proxy = LazyProxy(Target)
    target = weakref.ref(proxy.__init__.__self__)  # type: ignore[misc]
    assert type(target()) is Target
    del proxy
    assert target() is None


def test_class_of_a_target_is_freed_too() -> None:
    """Programs that make classes would grow with every one."""
    kind = type("Made", (), {"__len__": lambda self: 3})
    assert len(LazyProxy(kind)) == 3
    reference = weakref.ref(kind)
    del kind
    gc.collect()
    assert reference() is None


def test_what_is_no_factory_is_refused_at_once() -> None:
    """The place of the mistake is where the proxy is made."""
    with pytest.raises(TypeError, match="5 is not"):
        LazyProxy(5)  # type: ignore[arg-type]


def test_subclass_is_refused() -> None:
    """Its methods would be gone after loading."""
    with pytest.raises(TypeError, match="cannot be subclassed"):
        type("Sub", (LazyProxy,), {})


@pytest.mark.parametrize("error", [KeyError("x"), OSError(2, "gone"), SystemExit(3)])
def test_error_of_the_factory_is_raised_as_itself_and_retried(
    error: BaseException,
) -> None:
    """A server that was down may be up when the proxy is used again."""
    make = Counter("made", error, error)
    proxy = LazyProxy(make)
    for _ in range(2):
        with pytest.raises(type(error)) as caught:
            len(proxy)
        assert caught.value is error
    assert traceback.extract_tb(error.__traceback__)[-1].name == "__call__"
    assert proxy == "made"


def test_error_says_once_where_the_proxy_was_made() -> None:
    """The traceback shows where it was used, which is somewhere else."""
    error = KeyError("x")
    proxy = LazyProxy(Counter(None, error, error))
    for _ in range(2):
        with pytest.raises(KeyError):
            str(proxy)
    [note] = error.__notes__
    assert f'deferred in File "{__file__}", line ' in note


def test_attribute_error_of_the_factory_is_raised_as_itself() -> None:
    """It must not look as if the target had no such attribute."""
    error = AttributeError("from the factory")
    proxy = LazyProxy(Counter("text", *[error] * 5))
    for use in (lambda: proxy.upper, lambda: proxy.upper(), lambda: len(proxy)):
        with pytest.raises(AttributeError) as caught:
            use()
        assert caught.value is error
    with pytest.raises(AttributeError) as caught:
        proxy.attribute = 1
    assert caught.value is error


@pytest.mark.parametrize(
    "use",
    [
        lambda proxy: hasattr(proxy, "upper"),
        lambda proxy: getattr(proxy, "upper", None),
        lambda proxy: isinstance(proxy, str),
        lambda proxy: copy.deepcopy(proxy),
    ],
)
def test_attribute_error_is_not_swallowed(use: Callable[[object], object]) -> None:
    """What hasattr lets out must be another error: it takes every AttributeError for a no."""
    error = AttributeError("from the factory")
    proxy = LazyProxy(Counter("text", error))
    with pytest.raises(LoaderError) as caught:
        use(proxy)
    assert caught.value.__cause__ is error
    assert use(proxy)


def test_missing_attribute_of_the_target_is_missing() -> None:
    """Only what the factory raises is special."""
    proxy = LazyProxy(lambda: [1])
    assert not hasattr(proxy, "upper")
    with pytest.raises(AttributeError, match="'list' object has no attribute 'upper'"):
        proxy.upper  # noqa: B018
    assert getattr(proxy, "upper", 7) == 7


@pytest.mark.usefixtures("restless")
def test_threads_share_one_load(all_at_once: AllAtOnce) -> None:
    """Two connections where one was meant are the bug that nobody can reproduce."""
    barrier = threading.Barrier(THREADS)
    makes = [Counter(number) for number in range(TRIALS)]
    proxies = [LazyProxy(make) for make in makes]

    def use() -> bool:
        right = True
        for number, proxy in enumerate(proxies):
            barrier.wait(PATIENCE)
            right &= proxy == number
        return right

    assert all_at_once(*[use] * THREADS) == [True] * THREADS
    assert {make.calls for make in makes} == {1}


def test_threads_that_wait_try_again_after_an_error(
    all_at_once: AllAtOnce,
) -> None:
    """One that failed has not loaded it for the others."""
    inside = threading.Event()

    def make() -> str:
        calls.append(1)
        if len(calls) == 1:
            inside.set()
            sleep(0.05)
            raise KeyError("first")
        return "made"

    calls: list[int] = []
    proxy = LazyProxy(make)

    def second() -> str:
        inside.wait(PATIENCE)
        return str(proxy)

    first, other = all_at_once(lambda: str(proxy), second)
    assert isinstance(first, KeyError)
    assert (other, len(calls)) == ("made", 2)


def test_factory_that_uses_its_own_proxy_is_a_cycle(
    all_at_once: AllAtOnce,
) -> None:
    """Waiting for oneself is for ever."""

    def make() -> object:
        return proxy.attribute

    proxy: Any = LazyProxy(make)
    [error] = all_at_once(lambda: proxy.attribute)
    assert isinstance(error, CycleError)
    assert [name.rpartition(".")[2] for name in error.components] == ["make", "make"]


def test_factories_that_use_each_other_are_a_cycle_also_across_threads(
    all_at_once: AllAtOnce,
) -> None:
    """Each thread holds what the other one waits for."""
    in_one, in_other = threading.Event(), threading.Event()

    def make_one() -> object:
        in_one.set()
        in_other.wait(PATIENCE)
        return other.attribute

    def make_other() -> object:
        in_other.set()
        in_one.wait(PATIENCE)
        return one.attribute

    one: Any = LazyProxy(make_one)
    other: Any = LazyProxy(make_other)
    errors = all_at_once(lambda: one.attribute, lambda: other.attribute)
    assert [type(error) for error in errors] == [CycleError, CycleError]


def test_targets_of_types_that_claim_to_be_equal_are_kept_apart() -> None:
    """A metaclass may say so, and have no hash."""

    class Alike(type):
        """Equal to all."""

        def __eq__(cls, other: object) -> bool:
            return True

    first = Alike("First", (), {"__len__": lambda self: 1})
    second = Alike("Second", (), {"__call__": lambda self: 2})
    assert len(LazyProxy(first)) == 1  # type: ignore[arg-type]
    proxy = LazyProxy(second)
    assert proxy() == 2  # type: ignore[operator]
    with pytest.raises(TypeError):
        len(proxy)  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_child_of_a_fork_while_loading_loads_itself(tmp_path: Path) -> None:
    """The thread that loads does not exist in the child, and would never be done."""
    program = tmp_path / "program.py"
    program.write_text(
        "import os, threading, time\n"
        "from goobits_lazy import LazyProxy\n"
        "inside = threading.Event()\n"
        "def make():\n"
        "    inside.set()\n"
        "    time.sleep(0.2)\n"
        "    return os.getpid()\n"
        "proxy = LazyProxy(make)\n"
        "threading.Thread(target=lambda: proxy + 0).start()\n"
        "inside.wait()\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(0 if proxy == os.getpid() else 1)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0\n"
        "assert proxy == os.getpid()\n"
    )
    command = [sys.executable, "-W", "ignore", program]
    subprocess.run(command, check=True, timeout=PATIENCE)


class Config:
    """A class that pickle finds."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("target", [None, 1, "text", [1], len, Config, math.sqrt])
def test_pickle_of_a_proxy_is_one_of_the_target(target: object, protocol: int) -> None:
    """A factory can rarely be pickled, and what the proxy stands for is what is meant."""
    for proxy in (LazyProxy(lambda: target), loaded(target)):
        pickled = pickle.dumps(proxy, protocol)
        assert type(pickle.loads(pickled)) is type(target)
        assert pickle.loads(pickled) == target


def loaded(target: object) -> object:
    proxy = LazyProxy(lambda: target)
    str(proxy)
    return proxy


def test_copies_are_copies_of_the_target() -> None:
    """Changing a copy must not change the original."""
    target = [[1]]
    for proxy in (LazyProxy(lambda: target), loaded(target)):
        shallow, deep = copy.copy(proxy), copy.deepcopy(proxy)
        assert shallow == deep == target
        assert (type(shallow), type(deep)) == (list, list)
        assert shallow is not target
        assert shallow[0] is target[0]
        assert deep[0] is not target[0]


def test_proxy_can_be_referred_to_weakly_though_its_target_cannot() -> None:
    """The reference is to the proxy, as the target has another life."""
    proxy = LazyProxy(lambda: 5)
    assert proxy + 0 == 5
    assert weakref.ref(proxy)() is proxy


def test_tools_that_look_at_objects_see_the_target() -> None:
    """Help, signatures and `dir` are how people find out what they have."""

    def greet(name: str, *, loud: bool = False) -> str:
        """Greet somebody."""
        return name

    proxy = LazyProxy(lambda: greet)
    assert inspect.signature(proxy) == inspect.signature(greet)
    assert "Greet somebody." in pydoc.render_doc(proxy)
    assert (dir(proxy), vars(proxy)) == (dir(greet), vars(greet))
    assert inspect.getsource(proxy) == inspect.getsource(greet)


def test_signature_of_a_callable_object_is_that_of_its_method() -> None:
    """Frameworks call a handler with the arguments that it names."""

    class Handler:
        """Called by a framework."""

        def __call__(self, request: str) -> str:
            return request

    assert inspect.signature(loaded(Handler())) == inspect.signature(Handler())


def test_type_checker_takes_the_proxy_for_what_the_factory_returns(
    tmp_path: Path,
) -> None:
    """Code that uses the proxy is checked as code that uses the target."""
    pytest.importorskip("mypy") if not os.environ.get("CI") else None
    program = tmp_path / "program.py"
    program.write_text(
        "from goobits_lazy import AsyncLazyProxy, LazyProxy, lazy_import\n"
        "def make() -> list[int]: return [1]\n"
        "async def wait() -> list[str]: return ['a']\n"
        "reveal_type(LazyProxy(make))\n"
        "LazyProxy(make).append('text')\n"
        "proxy: AsyncLazyProxy[list[str]] = AsyncLazyProxy(wait)\n"
        "async def use() -> None: reveal_type(await proxy)\n"
        "reveal_type(lazy_import('json'))\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "c"]
    done = subprocess.run(
        [*command, program], capture_output=True, text=True, check=False
    )
    said = [
        line.partition(": ")[2]
        for line in done.stdout.replace("builtins.", "").splitlines()[:4]
    ]
    assert [line.partition("  [")[0] for line in said] == [
        'note: Revealed type is "list[int]"',
        'error: Argument 1 to "append" of "list" has incompatible type "str"; expected "int"',
        'note: Revealed type is "list[str]"',
        'note: Revealed type is "types.ModuleType"',
    ]
