"""The small process that starts the commands, run by `python -I -S`.

On Linux the peak memory of a process begins with what its parent held when it was started, so
the parent has to be small: this one imports nothing that is not built into the interpreter.
It reads requests from stdin and answers on stdout, marshalled values behind their length of
four bytes.

What is passed on is bytes, as this process may take text for another encoding. The first
request is (environment, number of the CPU to stay on or -1) and has no answer. Each further
one is (path, words), and is answered by the pid, or minus the errno when the command cannot
be started, and when it has ended by (exit code or minus the signal, CPU, wall, peak in the
unit of the system, started, floor). The floor is the peak of this process in KiB when it
started the command, 0 where that does not matter.
The commands have the stderr of this process. When whoever asks is gone, a command that still
runs is killed within a second.
"""

import _signal  # type: ignore[import-not-found]
import marshal
import posix
import sys
import time

assert sys.platform != "win32"

REQUESTS, ANSWERS = 0, 1
EINVAL = 22  # everywhere; the module errno is not built into every interpreter
OF_TERMINALS = (_signal.SIGINT, _signal.SIGQUIT, _signal.SIGTSTP)
TO_DEFAULT = (*OF_TERMINALS, _signal.SIGPIPE, _signal.SIGXFSZ)
NULL = (
    (posix.POSIX_SPAWN_OPEN, 0, "/dev/null", posix.O_RDONLY, 0),
    (posix.POSIX_SPAWN_OPEN, 1, "/dev/null", posix.O_WRONLY, 0),
)

running = 0


def main() -> None:
    for number in OF_TERMINALS:
        _signal.signal(number, _signal.SIG_IGN)
    environment, cpu = receive()
    if sys.platform == "linux" and cpu >= 0:
        posix.sched_setaffinity(0, {cpu})
    watch_requester()
    try:
        while True:
            path, words = receive()
            run(path, words, environment)
    except BrokenPipeError:
        end()


def run(path: bytes, words: tuple[bytes, ...], environment: dict[bytes, bytes]) -> None:
    global running
    floor = peak()
    started = time.perf_counter()
    try:
        running = posix.posix_spawn(
            path,
            words,
            environment,
            file_actions=NULL,
            setpgroup=0,
            setsigdef=TO_DEFAULT,
            setsigmask=(),
        )
    except OSError as error:
        send(-(error.errno or EINVAL))
        return
    except ValueError:
        # A word or a variable holds a NUL.
        send(-EINVAL)
        return
    send(running)
    _, status, usage = posix.wait4(running, 0)
    wall = time.perf_counter() - started
    running = 0
    code = posix.waitstatus_to_exitcode(status)
    send((code, usage[0] + usage[1], wall, usage[2], started, floor))


def watch_requester() -> None:
    """End with the process that asks, even if it is killed while a command runs."""
    parent = posix.getppid()

    def watch(*_: object) -> None:
        if posix.getppid() != parent:
            end()

    _signal.signal(_signal.SIGTERM, lambda *_: end())
    _signal.signal(_signal.SIGALRM, watch)
    _signal.setitimer(_signal.ITIMER_REAL, 1, 1)


def end() -> None:
    """Kill what still runs, also where it has left its process group, and exit."""
    for kill in (posix.killpg, posix.kill) if running else ():
        try:
            kill(running, _signal.SIGKILL)
        except OSError:
            continue
    posix._exit(1)


def peak() -> int:
    if sys.platform == "linux":
        with open("/proc/self/status", "rb") as status:
            lines = [line for line in status if line.startswith(b"VmHWM:")]
        return int(lines[0].split()[1])
    else:  # noqa: RET505 - else this is unreachable to a type checker
        return 0


def receive() -> tuple:  # type: ignore[type-arg]
    size = int.from_bytes(exactly(4), "little")
    request: tuple = marshal.loads(exactly(size))  # type: ignore[type-arg]
    return request


def exactly(size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = posix.read(REQUESTS, size - len(data))
        if not more:
            sys.exit()
        data += more
    return data


def send(value: int | tuple[float, ...]) -> None:
    data = marshal.dumps(value)
    posix.write(ANSWERS, len(data).to_bytes(4, "little") + data)


if __name__ == "__main__":
    main()
