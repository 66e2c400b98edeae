"""The system call filter: what its program says of every call, and what the kernel makes of it."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct
import sys
from collections.abc import Callable

import pytest
from goobits_sandbox import UnavailableError, _seccomp
from goobits_sandbox._seccomp import build, calls

ALLOW, KILL = calls.ALLOW, calls.KILL
HIGH = 0xDEADBEEF << 32
MACHINES = sorted(build.MACHINES)
OTHER_ARCHITECTURES = (0x40000003, 0x40000028, 0xC000003E ^ 1, 0)  # i386, arm, none


def evaluate(program: bytes, number: int, arguments: tuple[int, ...], arch: int) -> int:
    """Run a filter as the kernel does."""
    words = [argument & (1 << 64) - 1 for argument in (*arguments, *(0,) * 6)[:6]]
    data = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, arch, 0, *words)
    at = accumulator = 0
    while True:
        code, yes, no, k = struct.unpack_from("<HBBI", program, 8 * at)
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, k)
        elif code == 0x54:
            accumulator &= k
        elif code == 0x05:
            at += k
        elif code == 0x35:
            at += yes if accumulator >= k else no
        elif code == 0x06:
            return k
        else:
            raise AssertionError(f"instruction {code:#x}")


@pytest.fixture(params=MACHINES)
def ask(request: pytest.FixtureRequest) -> Callable[..., int]:
    """Return what the filter of a machine says of a call by its name; None where it has none."""
    numbers, arch = build.MACHINES[request.param]
    program = _seccomp.program(request.param)

    def result(name: str, *arguments: int) -> int | None:
        if name not in numbers:
            return None
        return evaluate(program, numbers[name], arguments, arch)

    return result


@pytest.mark.parametrize("machine", MACHINES)
def test_shipped_bytes_are_those_of_the_table(machine: str) -> None:
    """What is reviewed is the table, and what is installed are the bytes."""
    assert _seccomp.program(machine) == build.compiled(machine)
    assert len(_seccomp.program(machine)) // 8 < 4096


def test_machine_without_a_filter_is_refused() -> None:
    """A sandbox without one would be another sandbox; a name is no path."""
    for machine in ("riscv64", "", "../x86_64", "i686"):
        with pytest.raises(UnavailableError, match="Nothing was executed"):
            _seccomp.program(machine)


def test_every_name_of_the_table_is_a_call_and_has_one_rule() -> None:
    """A call that is misspelt would be refused or, worse, not be."""
    known = {name for numbers, _ in build.MACHINES.values() for name in numbers}
    names = [*calls.ALLOWED, *calls.REFUSED, *calls.CHECKED]
    assert set(names) <= known
    assert len(names) == len(set(names))


@pytest.mark.parametrize("machine", MACHINES)
def test_every_number_has_the_result_of_its_name(machine: str) -> None:
    """Searching by halves has edges: each number is asked, beside and beyond the table too."""
    numbers, arch = build.MACHINES[machine]
    program = _seccomp.program(machine)
    named = dict.fromkeys((numbers[n] for n in calls.ALLOWED if n in numbers), ALLOW)
    named |= dict.fromkeys(
        (numbers[n] for n in calls.REFUSED if n in numbers), calls.DENIED
    )
    checked = {numbers[name] for name in calls.CHECKED if name in numbers}
    x32 = range(0x40000000, 0x40000000 + 600)
    for number in (*range(600), *x32, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        if number not in checked:
            result = evaluate(program, number, (HIGH,) * 6, arch)
            assert result == named.get(number, calls.MISSING), number
        for other in OTHER_ARCHITECTURES:
            assert evaluate(program, number, (), other) == KILL


REFUSALS = [
    *(
        ("clone", (flag | 17,), errno.EPERM)
        for flag in (1 << 17, 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29, 1 << 30)
    ),
    ("clone3", (), errno.ENOSYS),
    ("openat2", (), errno.ENOSYS),
    ("memfd_create", (), errno.ENOSYS),
    ("io_uring_setup", (), errno.ENOSYS),
    ("shmget", (), errno.ENOSYS),
    ("mq_open", (), errno.ENOSYS),
    ("unshare", (0x10000000,), errno.EPERM),
    ("setns", (), errno.EPERM),
    ("mount", (), errno.EPERM),
    ("ptrace", (), errno.EPERM),
    ("bpf", (), errno.EPERM),
    ("userfaultfd", (), errno.EPERM),
    ("keyctl", (), errno.EPERM),
    *(
        ("ioctl", (0, number), errno.EPERM)
        for number in (0x5412, 0x541C, 0x541D, 0x5423)
    ),
    ("ioctl", (0, 0xC0189436), errno.ENOTTY),
    ("ioctl", (0, 0xB701), errno.ENOTTY),
    ("socket", (1, 1, 0), errno.EACCES),
    ("socket", (1, 2, 0), errno.EACCES),
    ("socket", (2, 2, 0), errno.EACCES),
    ("socket", (2, 3, 1), errno.EACCES),
    ("socket", (2, 2 | 0o2004000, 1), errno.EACCES),
    ("socket", (10, 5, 132), errno.EACCES),
    ("socket", (2, 1, 262), errno.EPROTONOSUPPORT),
    *(
        ("socket", (family, 1, 0), errno.EAFNOSUPPORT)
        for family in (0, *range(3, 10), *range(11, 47), 0xFFFF)
    ),
    ("socketpair", (1, 2, 0), errno.EACCES),
    ("socketpair", (30, 1, 0), errno.EAFNOSUPPORT),
    ("sendto", (3, 0, 0, 0x20000000), errno.EOPNOTSUPP),
    ("sendmsg", (3, 0, 0x20004000), errno.EOPNOTSUPP),
    ("sendmmsg", (3, 0, 1, 0x20000000), errno.EOPNOTSUPP),
    ("sendto", (3, 0, 0, 1), errno.EOPNOTSUPP),
    ("setsockopt", (3, 6, 30), errno.ENOPROTOOPT),
    ("setsockopt", (3, 6, 23), errno.ENOPROTOOPT),
    ("setsockopt", (3, 1, 26), errno.ENOPROTOOPT),
    ("setsockopt", (3, 263, 1), errno.ENOPROTOOPT),
    ("personality", (0x40000,), errno.EPERM),
    ("personality", (8,), errno.EPERM),
    ("prctl", (35,), errno.EINVAL),
    ("prctl", (0x59616D61,), errno.EINVAL),
    ("chmod", (0, 0o4755), errno.EPERM),
    ("fchmod", (0, 0o4755), errno.EPERM),
    ("fchmodat", (0, 0, 0o4755), errno.EPERM),
    ("fchmodat2", (0, 0, 0o6755), errno.EPERM),
    ("creat", (0, 0o4755), errno.EPERM),
    ("open", (0, 0o101, 0o4755), errno.EPERM),
    ("openat", (0, 0, 0o101, 0o4755), errno.EPERM),
    ("openat", (0, 0, 0o20200002, 0o4755), errno.EPERM),
    ("mknod", (0, 0o20666), errno.EPERM),
    ("mknodat", (0, 0, 0o60666), errno.EPERM),
    ("mknodat", (0, 0, 0o140666), errno.EPERM),
    ("mknodat", (0, 0, 0o104666), errno.EPERM),
    ("renameat2", (0, 0, 0, 0, 4), errno.EINVAL),
    ("setxattr", (), errno.EOPNOTSUPP),
]


@pytest.mark.parametrize(("name", "arguments", "error"), REFUSALS)
def test_refused_call_fails(
    ask: Callable[..., int], name: str, arguments: tuple[int, ...], error: int
) -> None:
    """Bits that the kernel does not look at must not let a call by."""
    for high in (0, HIGH, 1 << 32, 0xFFFFFFFF << 32):
        words = [argument | high for argument in arguments]
        assert ask(name, *words) in (calls.fail(error), None)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("clone", (0x003D0F00,)),  # a thread
        ("clone", (0x01200011,)),  # fork
        ("clone", (0x4111,)),  # vfork
        ("ioctl", (0, 0x5401)),
        ("ioctl", (0, 0x5413)),
        ("ioctl", (0, 0x5421)),
        ("ioctl", (0, 0x5451)),
        ("ioctl", (0, 0x80045430)),
        ("socket", (2, 1, 0)),
        ("socket", (10, 1 | 0o2004000, 6)),
        ("socketpair", (1, 1 | 0o2000000, 0)),
        ("socketpair", (1, 5, 0)),
        ("sendto", (3, 0, 0, 0x4000)),
        ("sendmsg", (3, 0, 0x4000)),
        ("setsockopt", (3, 6, 1)),
        ("setsockopt", (3, 1, 2)),
        ("setsockopt", (3, 41, 26)),
        ("personality", (0xFFFFFFFF,)),
        ("prctl", (15,)),
        ("prctl", (38,)),
        ("open", (0, 0, 0o4755)),  # does not create: the mode is not looked at
        ("openat", (0, 0, 0o101, 0o2666)),
        ("chmod", (0, 0o2775)),
        ("mknodat", (0, 0, 0o10666)),
        ("renameat2", (0, 0, 0, 0, 3)),
    ],
)
def test_allowed_call_passes(
    ask: Callable[..., int], name: str, arguments: tuple[int, ...]
) -> None:
    """Interpreters and tools live on these."""
    assert ask(name, *arguments) in (ALLOW, None)


def tried(number: int, arguments: tuple[int, ...], program: bytes) -> int:
    """Make a call in a process of its own and return its errno, 0, or minus the signal."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        if program:
            libc.prctl(38, 1, 0, 0, 0)
            if libc.prctl(22, 2, header, 0, 0):
                os._exit(2)
        ctypes.set_errno(0)
        failed = libc.syscall(number, *map(ctypes.c_long, arguments)) == -1
        os.write(writes, struct.pack("<i", ctypes.get_errno() if failed else 0))
        os._exit(0)
    os.close(writes)
    said = os.read(reads, 4)
    os.close(reads)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return struct.unpack("<i", said)[0] if said else status


HERE = os.uname().machine
on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or HERE not in MACHINES,
    reason="there is a filter for Linux on x86_64 and aarch64 alone",
)


@on_linux
@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("clone3", (0, 0), errno.ENOSYS),
        ("unshare", (0,), errno.EPERM),
        ("memfd_create", (0, 0), errno.ENOSYS),
        ("ptrace", (0x4200, 0, 0, 0), errno.EPERM),
        ("socket", (1, 1, 0), errno.EACCES),
        ("socket", (2, 2, 0), errno.EACCES),
        ("socket", (16, 3, 0), errno.EAFNOSUPPORT),
        ("socket", (2, 1, 262), errno.EPROTONOSUPPORT),
        ("socket", (2 | 1 << 32, 2, 0), errno.EACCES),
        ("ioctl", (-1, 0x5412, 0), errno.EPERM),
        ("ioctl", (-1, 0x5412 | 7 << 32, 0), errno.EPERM),
        ("setsockopt", (-1, 6, 30, 0, 0), errno.ENOPROTOOPT),
        ("personality", (0x40000,), errno.EPERM),
        ("sync", (), errno.ENOSYS),
        ("shmget", (0, 4096, 0), errno.ENOSYS),
        ("userfaultfd", (0xFFFF,), errno.EPERM),
        ("perf_event_open", (0, 0, -1, -1, 0), errno.EPERM),
        ("mount", (0, 0, 0, 0, 0), errno.EPERM),
        ("bpf", (-1, 0, 0), errno.EPERM),
        ("keyctl", (-1,), errno.EPERM),
        ("io_uring_setup", (0, 0), errno.ENOSYS),
        ("chmod", (0, 0o4755), errno.EPERM),
        ("fchmodat", (-1, 0, 0o4755), errno.EPERM),
        ("open", (0, 0o100, 0o4755), errno.EPERM),
        ("openat", (-1, 0, 0o100, 0o4755), errno.EPERM),
    ],
)
def test_kernel_refuses_what_the_filter_says(
    name: str, arguments: tuple[int, ...], error: int
) -> None:
    """The same call ends otherwise without the filter, so that it is the filter that ends it."""
    numbers, _ = build.MACHINES[HERE]
    if name not in numbers:
        pytest.skip(f"{HERE} has no {name}")
    assert tried(numbers[name], arguments, _seccomp.program(HERE)) == error
    assert tried(numbers[name], arguments, b"") != error


@on_linux
@pytest.mark.parametrize("name", ["getppid", "sched_yield", "getuid"])
def test_kernel_makes_what_the_filter_allows(name: str) -> None:
    """A filter that refuses all would pass every other test here."""
    numbers, _ = build.MACHINES[HERE]
    assert tried(numbers[name], (), _seccomp.program(HERE)) == 0


@pytest.mark.skipif(HERE != "x86_64", reason="x86_64 alone has another ABI to call")
def test_call_of_another_architecture_kills() -> None:
    """Int 0x80 has other numbers: what is harmless by one is unshare by the other."""
    import mmap

    code = bytes.fromhex("b814000000cd80c3")  # mov eax, 20 (getpid); int 0x80; ret
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    function = ctypes.CFUNCTYPE(ctypes.c_int)(
        ctypes.addressof(ctypes.c_char.from_buffer(page))
    )
    statuses = []
    for program in (b"", _seccomp.program(HERE)):
        buffer = ctypes.create_string_buffer(program, len(program) or 1)
        header = struct.pack("@HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
        child = os.fork()
        if child == 0:
            libc = ctypes.CDLL(None)
            if program and (
                libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, header, 0, 0)
            ):
                os._exit(2)
            function()
            os._exit(0)
        statuses.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    if statuses[0]:
        pytest.skip("this kernel knows no 32 bits")
    assert statuses[1] == -signal.SIGSYS
