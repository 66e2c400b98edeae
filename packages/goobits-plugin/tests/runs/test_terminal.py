"""A plugin on a terminal: asked through the host, interrupted, and left clean."""

from __future__ import annotations

import os
import signal
import subprocess
import termios
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Stage

ASK = (
    "greet(); say(id=1, method='ui/{kind}', params={params})\n"
    "print(repr(hear().get('result')), flush=True); end()\n"
)
LFLAG = 3


def test_question_has_the_plugins_name_in_front(stage: Stage) -> None:
    """Whoever answers knows whom they answer."""
    source = ASK.format(kind="prompt", params={"message": "Name?", "default": "Bo"})
    typed = stage.typed(source, b"Ada\n", when=b"Name?")
    default = stage.typed(source, b"\n", when=b"Name?")
    assert "acme/odd: Name? [Bo] Ada\r\n{'value': 'Ada'}\r\n" in typed.stdout
    assert "{'value': 'Bo'}" in default.stdout
    assert typed.code == 0


@pytest.mark.parametrize(
    ("keys", "said"), [(b"y\n", True), (b"\n", False), (b"what\nno\n", False)]
)
def test_confirmation(stage: Stage, keys: bytes, said: bool) -> None:
    """What is neither yes nor no is asked again."""
    source = ASK.format(kind="confirm", params={"message": "Sure?", "default": False})
    ended = stage.typed(source, keys, when=b"Sure?")
    assert "acme/odd: Sure? [y/N]" in ended.stdout
    assert f"{{'value': {said}}}" in ended.stdout


def test_secret_is_not_shown(stage: Stage) -> None:
    """It is on no screen, and the terminal echoes again afterwards."""
    source = (
        "greet(); say(id=1, method='ui/secret', params={'message': 'Token?'})\n"
        "print(len(hear()['result']['value']), flush=True); end()\n"
    )
    ended = stage.typed(source, b"hunter2\n", when=b"Token?")
    assert "hunter2" not in ended.stdout
    assert "7\r\n" in ended.stdout
    assert ended.after == ended.before


def test_interrupted_secret_leaves_the_terminal_as_it_was(stage: Stage) -> None:
    """A shell that shows nothing of what is typed is a shell that is broken."""
    source = "greet(); say(id=1, method='ui/secret', params={'message': 'Token?'})\n"
    ended = stage.typed(
        source + "hear(); time.sleep(60)\n", when=b"Token?", number=signal.SIGINT
    )
    assert ended.code == -signal.SIGINT
    assert ended.after == ended.before
    assert isinstance(ended.after[LFLAG], int)
    assert ended.after[LFLAG] & termios.ECHO
    assert ended.seconds < 10


def test_answer_while_a_question_is_open_closes_it(stage: Stage) -> None:
    """Else a plugin would wait for a person for ever, and none of it would count."""
    source = (
        "greet(); say(id=1, method='ui/prompt', params={'message': 'Stay?', 'default': None})\n"
        "time.sleep(0.3); end(3)\n"
    )
    ended = stage.typed(source, wall=30)
    assert ended.code == 3
    assert ended.seconds < 10


def test_17_questions_at_once_are_noticed_while_one_is_open(stage: Stage) -> None:
    """Nobody answers them all."""
    source = (
        "greet()\n"
        "for n in range(1, 18):\n"
        "    say(id=n, method='ui/prompt', params={'message': 'x', 'default': None})\n"
        "    time.sleep(0.02)\n"
        "time.sleep(60)\n"
    )
    ended = stage.typed(source, wall=60)
    assert ended.code == 1
    assert "more than 16 things at once" in ended.stdout


def test_question_that_is_interrupted_is_answered_so(stage: Stage) -> None:
    """The plugin can clean up: it gets an error, and the notice."""
    source = (
        "import signal; signal.signal(15, signal.SIG_IGN); greet()\n"
        "say(id=1, method='ui/prompt', params={'message': 'Name?', 'default': None})\n"
        "said = [hear(), hear()]\n"
        "print([part.get('method', part.get('error', {}).get('code')) for part in said],"
        " flush=True)\n"
    )
    ended = stage.typed(source, when=b"Name?", number=signal.SIGINT, wall=60)
    assert "-32002" in ended.stdout
    assert "$/cancel" in ended.stdout
    assert ended.code == -signal.SIGINT


@pytest.mark.parametrize("key", [b"\x03"])
def test_interrupt_that_is_typed_leaves_time_to_clean_up(
    stage: Stage, key: bytes
) -> None:
    """The terminal sends it to every process of the program, but not to the sandbox."""
    source = (
        "import signal; signal.signal(15, lambda *_: os.write(1, b'bye\\n')); greet()\n"
        "print('ready', flush=True); hear(); time.sleep(0.5)\n"
    )
    ended = stage.typed(source, key, when=b"ready", wall=60, controlling=True)
    assert "bye\r\n" in ended.stdout
    assert ended.code == -signal.SIGINT


def test_second_interrupt_kills_at_once(stage: Stage) -> None:
    """Who presses it twice means it."""
    source = (
        "import signal; signal.signal(15, signal.SIG_IGN); greet()\n"
        "print('ready', flush=True)\nwhile True: time.sleep(1)\n"
    )
    record = stage.record(source, wall=60)
    with subprocess.Popen(
        stage.command(record),
        cwd=stage.folder / "work",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == -signal.SIGINT
        assert time.monotonic() - start < 1.2


def test_question_stays_on_the_line_with_the_plugins_name(stage: Stage) -> None:
    """What wraps could look like somebody else's question."""
    spoof = " " * 200 + "[sudo] password for root:"
    source = ASK.format(kind="prompt", params={"message": f"x{spoof}", "default": None})
    ended = stage.typed(source, b"\n", when=b"x  ")
    assert "sudo" not in ended.stdout
    assert ended.code == 0


def test_pager_that_waits_is_no_fault_of_the_plugins(stage: Stage) -> None:
    """Who reads a page slowly still gets the next one."""
    record = stage.record(
        "greet()\nfor _ in range(30): print('x' * 2000, flush=True)\nend()\n", wall=1
    )
    reading, writing = os.pipe()
    import fcntl

    fcntl.fcntl(writing, 1031, 4096)
    with subprocess.Popen(
        stage.command(record),
        cwd=stage.folder / "work",
        stdin=subprocess.DEVNULL,
        stdout=writing,
    ) as process:
        os.close(writing)
        time.sleep(2.5)
        with open(reading, "rb") as file:
            assert len(file.read()) == 30 * 2001
        assert process.wait(20) == 0


def test_time_at_a_question_is_not_the_plugins(stage: Stage) -> None:
    """Who thinks for longer than a plugin may run still gets the answer in."""
    source = (
        "greet(); say(id=1, method='ui/prompt', params={'message': 'Think', 'default': None})\n"
        "print(hear()['result']['value'], flush=True); end()\n"
    )
    record = stage.record(source, wall=1)
    ours, theirs = os.openpty()
    with subprocess.Popen(
        stage.command(record),
        cwd=stage.folder / "work",
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        time.sleep(2.5)
        os.write(ours, b"done\n")
        assert process.wait(20) == 0
    os.close(theirs)
    os.close(ours)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_plugin_that_ignores_cancel_is_killed(stage: Stage, number: int) -> None:
    """Two seconds, and then it is gone; the program dies as if nothing had caught the signal."""
    source = (
        "import signal; signal.signal(15, signal.SIG_IGN); greet()\n"
        "print('ready', flush=True)\nwhile True: time.sleep(1)\n"
    )
    ended = stage.typed(source, when=b"ready", number=number, wall=60)
    assert ended.code == -number
    assert 1.5 < ended.seconds < 12
    assert "error" not in ended.stdout


def test_plugin_can_clean_up_when_it_is_cancelled(stage: Stage) -> None:
    """It hears of it twice: by a signal, and by a message."""
    source = (
        "import signal; signal.signal(15, lambda *_: os.write(1, b'bye\\n')); greet()\n"
        "print('ready', flush=True); print(hear()['method'], flush=True); time.sleep(1)\n"
    )
    ended = stage.typed(source, when=b"ready", number=signal.SIGINT, wall=60)
    assert "bye\r\n" in ended.stdout
    assert "$/cancel\r\n" in ended.stdout
    assert ended.code == -signal.SIGINT
    assert ended.seconds < 10


def test_bar_is_drawn_moved_and_wiped(stage: Stage) -> None:
    """What is printed meanwhile stands where it stood, and nothing of the bar is left."""
    source = (
        "greet()\n"
        "for done in (0, 1, 2, None):\n"
        "    say(method='$/progress', params={'token': 1, 'message': 'Work\\x1b[31m',"
        " 'done': done, 'total': 2})\n"
        "    time.sleep(0.3)\n"
        "    print('line', done, flush=True)\n"
        "end()\n"
    )
    ended = stage.typed(source)
    assert "[##########..........]  50% Work\r\n" in ended.stdout
    assert "\x1b[31m" not in ended.stdout
    assert screen(ended.stdout) == ["line 0", "line 1", "line 2", "line None"]
    assert ended.stdout.rindex("\x1b[?25h") > ended.stdout.rindex("\x1b[?25l")


def test_bar_of_a_plugin_that_was_killed_is_wiped(stage: Stage) -> None:
    """The line that says why stands alone."""
    source = (
        "greet(); say(method='$/progress', params={'token': 1, 'message': 'Work',"
        " 'done': 1, 'total': 2})\ntime.sleep(60)\n"
    )
    ended = stage.typed(source, wall=1)
    shown = screen(ended.stdout)
    assert len(shown) == 1
    assert shown[0].startswith("demo: error: plugin 'acme/odd' was stopped")
    assert ended.stdout.rindex("\x1b[?25h") > ended.stdout.rindex("\x1b[?25l")


def test_live_screen_is_redrawn_and_its_last_frame_stays(stage: Stage) -> None:
    """A plugin sends lines, never where they stand."""
    source = (
        "greet()\n"
        "for n in range(3):\n"
        "    say(method='ui/frame', params={'lines': [f'a \\x1b[32m{n}\\x1b[2J', 'b']})\n"
        "    time.sleep(0.1)\n"
        "end()\n"
    )
    ended = stage.typed(source, b"", "odd", "--color", "always")
    assert screen(ended.stdout) == ["a 2", "b"]
    assert "\x1b[32m2" in ended.stdout
    assert "\x1b[2J" not in ended.stdout
    piped = stage.run(source)
    assert piped.stdout == "a 2\nb\n"


HOSTILE = (
    "\\x1b]0;title\\x07", "\\x1b]52;c;aGk=\\x07", "\\x1b[2J", "\\x1b[6n", "\\x1bc", "\\u202e",
    "\\x9b2J", "\\x1b]8;;https://x\\x1b\\\\\\\\", "\\r\\x1b[A", "\\ud800",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_plugin_steers_the_terminal(stage: Stage, text: str) -> None:
    """Titles, the clipboard, the cursor and queries are the user's."""
    source = (
        f"greet(); import sys; hostile = 'x{text}y'\n"
        "say(method='$/log', params={'level': 'error', 'message': hostile})\n"
        "say(method='$/progress', params={'token': 1, 'message': hostile, 'done': 1,"
        " 'total': None})\n"
        "say(method='ui/frame', params={'lines': [hostile]})\n"
        "say(id=1, method='ui/prompt', params={'message': hostile, 'default': hostile})\n"
        "hear(); print(hostile.encode('utf-8', 'replace').decode()); "
        "print(hostile.encode('utf-8', 'replace').decode(), file=sys.stderr, flush=True)\n"
        "say(id=2, error={'code': -32000, 'message': hostile})\n"
    )
    ended = stage.typed(source, b"\n", when=b"]")
    allowed = ("\x1b[A", "\r\x1b[2K", "\x1b[?25l", "\x1b[?25h", "\x1b[0m", "\x1b[1m")
    rest = ended.stdout
    for sequence in allowed:
        rest = rest.replace(sequence, "")
    assert ended.code == 1
    assert "y" in rest
    assert [mark for mark in "\x1b\x9b\u202e\x07" if mark in rest] == [], rest


def test_reader_that_has_gone_ends_the_plugin(stage: Stage) -> None:
    """`| head -1` is no failure, and nothing runs on behind it."""
    record = stage.record("greet()\nwhile True: print('x', flush=True)\n", wall=60)
    with subprocess.Popen(
        stage.command(record),
        cwd=stage.folder / "work",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(2)
        process.stdout.close()
        assert process.wait(20) == 141
        assert process.stderr.read() == b""


def test_closed_outputs_change_no_exit_code(stage: Stage) -> None:
    """Programs are started by others that have none."""
    record = stage.record("greet(); print('x', flush=True); end(4)\n")
    words = " ".join(f"'{word}'" for word in stage.command(record)).replace("\n", "\n")
    done = subprocess.run(
        ["sh", "-c", f"{words} <&- >&- 2>&-"],
        cwd=stage.folder / "work",
        timeout=30,
        check=False,
    )
    assert done.returncode == 4


def test_input_that_is_no_terminal_is_the_plugins(stage: Stage) -> None:
    """`cat data | demo odd` works as with any command."""
    record = stage.record("greet(); print(sys.stdin.read(), flush=True); end()\n")
    done = subprocess.run(
        stage.command(record),
        cwd=stage.folder / "work",
        input=b"data",
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.stdout == b"data\n"


def screen(text: str) -> list[str]:
    """Return the lines that are on a terminal after all of a text has been written to it."""
    lines, row = [""], 0
    place = 0
    while place < len(text):
        if text.startswith("\x1b[A", place):
            row, place = max(0, row - 1), place + 3
        elif text.startswith("\x1b[2K", place):
            lines[row], place = "", place + 4
        elif text.startswith("\x1b[", place):
            end = place + 2
            while not text[end].isalpha():
                end += 1
            place = end + 1
        elif text[place] == "\n":
            row, place = row + 1, place + 1
            lines += [""] if row == len(lines) else []
        elif text[place] == "\r":
            place += 1
        else:
            lines[row] += text[place]
            place += 1
    return [line for line in lines if line]
