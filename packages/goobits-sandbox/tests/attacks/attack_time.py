"""Attacks on time: guests that hang, hide and never end."""

from __future__ import annotations

from attack_bomb import late

PROBES = (
    late(
        "hang",
        "hang",
        "A program that never ends holds up whoever waits for it.",
        "time.sleep(8)\n",
    ),
    late(
        "hang-that-is-busy",
        "hang",
        "A loop takes a processor away for good.",
        """
while True:
    pass
""",
    ),
    late(
        "hang-of-many-that-are-busy",
        "hang",
        "Loops in several processes take all processors, each for less than its limit.",
        """
for _ in range(3):
    if not os.fork():
        break
end = time.monotonic() + 8
while time.monotonic() < end:
    pass
""",
    ),
    late(
        "hang-that-ignores-signals",
        "hang",
        "A program that is asked to end does not.",
        """
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
time.sleep(8)
""",
    ),
    late(
        "hang-with-closed-output",
        "hang",
        "A host that waits for the end of the output thinks that the guest has ended.",
        """
os.closerange(0, 3)
time.sleep(8)
""",
    ),
    late(
        "hang-that-holds-the-output",
        "orphans",
        "The program ends, and its child keeps the output open for ever.",
        """
if not os.fork():
    os.setsid()
    time.sleep(8)
""",
        control="plain",
    ),
    late(
        "hang-that-stops-itself",
        "sigstop",
        "A stopped program neither ends nor answers.",
        "os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(8)\n",
    ),
    late(
        "hang-by-a-chain",
        "orphans",
        "A program that becomes its own child again and again is never the one that was looked at.",
        """
end = time.monotonic() + 3.6
while time.monotonic() < end:
    try:
        if os.fork():
            time.sleep(0.02)
            os._exit(0)
        os.setsid()
    except OSError:
        pass
    time.sleep(0.05)
""",
        control="plain",
    ),
    late(
        "hang-past-the-limit-of-cpu",
        "hang",
        "Each child starts with a clock of its own at nought.",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY,) * 2)
except (OSError, ValueError) as error:
    print(error)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
end = time.monotonic() + 8
while time.monotonic() < end:
    pass
""",
    ),
    late(
        "hang-in-a-core-dump",
        "core",
        "A dump of much memory takes long, and fills the disk beside.",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
except (OSError, ValueError) as error:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
os.chdir("/tmp")
held = b"x" * (40 << 20)
os.abort()
""",
    ),
)
