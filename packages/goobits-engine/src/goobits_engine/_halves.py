"""Render several languages in two processes, where that is sooner.

Rendering computes, and threads share one processor under the GIL. A forked child costs about
5 ms, and handing its files back a little more: most programs are rendered sooner without one.
"""

from __future__ import annotations

import os
import pickle
import sys
from _thread import _count as other_threads
from collections.abc import Callable, Sequence

from goobits_engine._artifacts import Artifact

Render = Callable[[str], tuple[Artifact, ...]]

WORTH = 60
"""How many commands a program has for which two processes are sooner than one."""


def can_halve(languages: int, commands: int) -> bool:
    """Tell whether two processes would be sooner than one, and are safe to have.

    Only Linux forks safely whatever libraries are loaded, and only without other threads.
    """
    return (
        languages > 1
        and commands >= WORTH
        and sys.platform == "linux"
        and len(os.sched_getaffinity(0)) > 1
        and not other_threads()
    )


def by_halves(render: Render, languages: Sequence[str]) -> list[tuple[Artifact, ...]]:
    """Return the files of each language in this order; every second one is a child's work.

    What the child does not bring to an end, for whatever reason, is done here as well.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no process is left to have
        os.close(reading)
        os.close(writing)
        return list(map(render, languages))
    if child == 0:
        os.close(reading)  # else it would wait for itself when nobody reads any more
        _render_and_end(render, languages[1::2], writing)
    os.close(writing)
    try:
        ours = [render(language) for language in languages[::2]]
        with open(reading, "rb", closefd=False) as pipe:
            data = pipe.read()
    finally:
        os.close(reading)
        _, status = os.waitpid(child, 0)
    is_whole = status == 0 and data
    theirs = pickle.loads(data) if is_whole else list(map(render, languages[1::2]))
    made = dict(zip([*languages[::2], *languages[1::2]], [*ours, *theirs], strict=True))
    return [made[language] for language in languages]


def _render_and_end(render: Render, languages: Sequence[str], writing: int) -> None:
    """Write the files of these languages for the parent; this process ends here."""
    code = 1
    try:
        data = pickle.dumps([render(language) for language in languages])
        with open(writing, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        os._exit(code)
