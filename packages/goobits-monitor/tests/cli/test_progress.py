"""Progress is told to those who wait, and to nobody else."""

from __future__ import annotations

import io
import threading

import pytest
from goobits_monitor._cli import _progress
from goobits_monitor._cli._progress import Progress


class Stream(io.StringIO):
    """A terminal, or none; `written` is set with the first and with each further text."""

    def __init__(self, terminal: bool, broken: bool = False) -> None:
        super().__init__()
        self.terminal = terminal
        self.broken = broken
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        self.written.set()
        if self.broken:
            raise BrokenPipeError
        return super().write(text)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for the first sign of life."""
    monkeypatch.setattr(_progress, "PATIENCE", 0.001)
    monkeypatch.setattr(_progress, "EACH", {True: 0.001, False: 0.001})
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize("terminal", [True, False])
def test_what_is_quick_shows_nothing(terminal):
    """A flash of a line helps nobody, and a log stays clean."""
    stream = Stream(terminal)
    with Progress("measuring", stream, quiet=False) as tick:
        tick(0.5)
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("at_once")
def test_terminal_has_one_line_that_is_gone_in_the_end():
    """The result stands where the progress was."""
    stream = Stream(terminal=True)
    with Progress("measuring", stream, quiet=False) as tick:
        tick(0.5)
        assert stream.written.wait(30)
    text = stream.getvalue()
    assert "measuring:  50%, 0 s left" in text
    assert "\n" not in text
    assert text.endswith("\r\x1b[2K")


@pytest.mark.usefixtures("at_once")
def test_log_has_lines():
    """A file cannot take back what was written."""
    stream = Stream(terminal=False)
    with Progress("measuring", stream, quiet=False):
        assert stream.written.wait(30)
    text = stream.getvalue()
    assert text.startswith("measuring: 0 s\n")
    assert "\x1b" not in text
    assert "\r" not in text


@pytest.mark.usefixtures("at_once")
def test_dumb_terminal_gets_no_escape_sequences(monkeypatch):
    """It would show them."""
    monkeypatch.setenv("TERM", "dumb")
    stream = Stream(terminal=True)
    with Progress("measuring", stream, quiet=False):
        assert stream.written.wait(30)
    assert "\x1b" not in stream.getvalue()


@pytest.mark.usefixtures("at_once")
def test_quiet_says_nothing():
    """Who asks for silence has it."""
    stream = Stream(terminal=True)
    with Progress("measuring", stream, quiet=True) as tick:
        tick(0.5)
        assert not stream.written.wait(0.05)
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("at_once")
def test_stream_that_broke_does_not_stop_the_work():
    """A measurement of minutes is not lost because nobody reads stderr."""
    stream = Stream(terminal=True, broken=True)
    with Progress("measuring", stream, quiet=False) as tick:
        assert stream.written.wait(30)
        tick(1.0)


def test_missing_stderr_is_none(monkeypatch):
    """A program can be started without one."""
    monkeypatch.setattr("sys.stderr", None)
    with Progress("measuring", quiet=False) as tick:
        tick(0.5)


@pytest.mark.usefixtures("at_once")
def test_thread_ends_with_the_block():
    """An error must not leave a thread that writes into the next output."""
    before = threading.active_count()
    with pytest.raises(KeyError), Progress("measuring", Stream(True), quiet=False):
        raise KeyError
    assert threading.active_count() == before
