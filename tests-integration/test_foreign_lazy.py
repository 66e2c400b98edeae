"""The tests of lazy-object-proxy and lazy-loader, run against goobits-lazy.

They come from the source distributions, and see ours through an adapter that has the names of
theirs. What cannot apply is listed by name, with its reason; one of these that passes is an error
too, so that the lists stay true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sdists

PROXY_FIXTURES = """
import pytest
from goobits_lazy import LazyProxy


class Implementation:
    kind = "goobits"
    subclass = False
    Proxy = LazyProxy


@pytest.fixture
def lop_loader():
    return lambda name: Implementation


@pytest.fixture
def lop():
    return Implementation
"""

PROXY_UTILS = """
async def _wait(value):
    return await value


def await_(value):
    return _wait(value).__await__()
"""

NO_OWN_NAMES = (
    "a proxy has no names of its own: __wrapped__, __factory__ and __resolved__ are the "
    "target's, so that what is wrapped by functools.wraps still says what it wraps"
)
NO_SUBCLASS = "a loaded proxy has the methods of its target, so it cannot be subclassed"
PLAIN_IN_PLACE = (
    "`proxy += 1` on what cannot change itself gives what `target += 1` gives, a number; theirs "
    "changes what the proxy stands for, under everybody who holds it"
)
SINCE_3_11 = "Python itself raises a TypeError here since 3.11, and so does the proxy"
NOT_A_PROXY = "measures cached properties that the suite defines itself"

PROXY_CANNOT = {
    **dict.fromkeys(
        "test_attributes test_get_wrapped test_set_wrapped test_del_wrapped "
        "test_raise_attribute_error test_patching_the_factory test_set_wrapped_via_new "
        "test_set_wrapped_regular test_resolved test_resolved_str test_resolved_new".split(),
        NO_OWN_NAMES,
    ),
    **dict.fromkeys(
        "test_revert_class_proxying test_derived_new test_setup_class_attributes "
        "test_override_class_attributes test_override_getattr "
        "test_subclassing_with_local_attr test_subclassing_dynamic_with_local_attr".split(),
        NO_SUBCLASS,
    ),
    **dict.fromkeys(
        "test_iadd test_isub test_imul test_imatmul test_idiv test_ifloordiv test_imod "
        "test_ipow test_ilshift test_irshift test_iand test_ixor test_ior".split(),
        PLAIN_IN_PLACE,
    ),
    **dict.fromkeys("test_with_3 test_with_4 test_for_2".split(), SINCE_3_11),
    "test_proto": NOT_A_PROXY,
    "test_repr": "a loaded proxy has the representation of its target",
    "test_attr_functions": "a function has no __getattr__, and a proxy of one has none either",
    "test_deleting_the_factory": "a proxy without a factory cannot be made",
    "test_patching_the_factory_with_none": "a proxy without a factory cannot be made",
    "test_new": "a proxy without a factory cannot be made",
    "test_fspath": "os.fspath(None) is asked of None itself, whose message is another one",
}

LOADER_ADAPTER = '''
import importlib.util
import os
import sys

from goobits_lazy import lazy_exports, lazy_import

_NAMES = {}


def load(fullname):
    module = lazy_import(fullname)
    _NAMES[id(module)] = fullname
    return module


class _Missing(type):
    def __instancecheck__(cls, module):
        return importlib.util.find_spec(_NAMES[id(module)]) is None


class DelayedImportErrorModule(metaclass=_Missing):
    """What is not there; ours is a deferred module like any other until it is used."""


def attach(package_name, submodules=(), submod_attrs=None):
    lines = [f"from . import {name} as {name}" for name in submodules or ()]
    for module, names in (submod_attrs or {}).items():
        lines += [f"from .{module} import {name} as {name}" for name in names]
    return _exports(package_name, lines, sys._getframe(1))


def attach_stub(package_name, filename):
    stem = filename if filename.endswith("i") else os.path.splitext(filename)[0] + ".pyi"
    with open(stem) as file:
        return _exports(package_name, file.read().splitlines(), sys._getframe(1))


def _exports(package_name, lines, frame):
    """Give the lines to lazy_exports in a block of the package itself, where there is one."""
    scope = frame.f_globals
    if scope.get("__name__") != package_name:
        scope = {"__name__": package_name, "__package__": package_name}
    block = "\\n    ".join(["if TYPE_CHECKING:", *lines])
    scope |= {"TYPE_CHECKING": False, "lazy_exports": lazy_exports}
    exec(f"{block}\\nlazy_exports()", scope)
    exported = scope["__all__"]
    return (
        scope["__getattr__"],
        lambda: [name for name in scope["__dir__"]() if name in exported],
        exported,
    )
'''

LOADER_CANNOT = {
    "test_lazy_import_subpackages": (
        "nothing is imported before the first use, not even the package, so there is nothing to "
        "warn of, and no object of importlib.util.LazyLoader"
    ),
    "test_stub_loading_errors": "there is no stub, the package's own block is read",
    "test_require_kwarg": "which versions are needed is for the installer to check",
}

Tell = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Return a function that writes a line for who runs the tests."""

    def write(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return write


def outcomes(folder: Path, tests: Path, adapter: Path) -> dict[str, str]:
    """Run tests in a process of their own, and return what came of each."""
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-c", os.devnull, f"--rootdir={folder}", "--benchmark-disable"]
    command += ["-W", "ignore", f"--junit-xml={report}", str(tests)]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("EAGER_IMPORT", "PYTEST_ADDOPTS")
    }
    environment["PYTHONPATH"] = str(adapter)
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return {
        str(case.get("name")): case[0].tag if len(case) else "passed"
        for case in ElementTree.parse(report).iter("testcase")
    }


def check(found: dict[str, str], cannot: dict[str, str], tell: Tell, name: str) -> None:
    """Hold what came of the tests against the list of those that cannot apply."""
    names = {case: case.partition("[")[0] for case in found}
    listed = [case for case in found if names[case] in cannot]
    others = {case: what for case, what in found.items() if names[case] not in cannot}
    passed = [case for case, what in others.items() if what == "passed"]
    skipped = [case for case, what in others.items() if what == "skipped"]
    tell(
        f"{name}: {len(found)} ran, {len(passed)} passed, {len(listed)} cannot apply, "
        f"{len(skipped)} skip themselves or are expected to fail"
    )
    assert set(cannot) <= set(names.values()), "no such test"
    assert [case for case in others if case not in {*passed, *skipped}] == []
    assert [case for case in listed if found[case] == "passed"] == []
    assert len(passed) > len(listed)


def test_suite_of_lazy_object_proxy(tmp_path: Path, tell: Tell) -> None:
    """Years of reports about proxies are in it."""
    sha256 = "1f5a462d92fd0cfb82f1fab28b51bfb209fabbe6aabf7f0d51472c0c124c0c61"
    source = sdists.unpacked("lazy-object-proxy", "1.12.0", sha256, tmp_path)
    tests = tmp_path / "suite"
    shutil.copytree(source / "tests", tests)
    (tests / "conftest.py").write_text(PROXY_FIXTURES)
    package = tmp_path / "adapter" / "lazy_object_proxy"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "utils.py").write_text(PROXY_UTILS)
    found = outcomes(tmp_path, tests, package.parent)
    check(found, PROXY_CANNOT, tell, "lazy-object-proxy 1.12.0")


def test_suite_of_lazy_loader(tmp_path: Path, tell: Tell) -> None:
    """The scientific packages rest on what it promises."""
    sha256 = "47c75182589b91a4e1a85a136c074285a5ad4d9f39c63e0d7fb76391c4574cd1"
    source = sdists.unpacked("lazy-loader", "0.4", sha256, tmp_path)
    package = tmp_path / "adapter" / "lazy_loader"
    shutil.copytree(source / "lazy_loader" / "tests", package / "tests")
    (package / "__init__.py").write_text(LOADER_ADAPTER)
    found = outcomes(tmp_path, package / "tests", package.parent)
    check(found, LOADER_CANNOT, tell, "lazy-loader 0.4")
