"""What of a guest's output may reach a terminal: text, line ends, tabs and colours.

A terminal obeys what it is shown. A guest could set the title or the clipboard, hide a link, move
the cursor over what the host has said, or ask for an answer that the shell then reads as typed.
So these pass, and nothing else:

- valid UTF-8; a byte that is none becomes U+FFFD;
- newline, tab and carriage return (progress bars: it reaches no further than the guest's own line);
- SGR: ESC [ digits ; : m, of at most 64 characters. Text can be concealed by it, as by white on
  white, but not what others have written.

Every other sequence is dropped whole, with what it carries, however it is cut into pieces; one that
does not end swallows 4096 characters. Dropped too are the controls, and the characters that make
text read otherwise than it is: bidirectional overrides, isolates and marks, line separators,
zero-width space, word joiner, byte order mark, annotations and tags. The joiners U+200C and U+200D
stay: scripts and emoji are written with them.
"""

from __future__ import annotations

import codecs

_LONGEST_SGR = 64
_LONGEST = 4096
_HIDDEN = (
    *range(0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x180E,
    0x200B,
    *range(0x200E, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
)
_DROPPED = dict.fromkeys(set(_HIDDEN) - set(b"\t\n\r"))
_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))

# C1 controls that begin or end a sequence, as the two characters that mean the same.
_C1 = {chr(ord(char) + 0x40): f"\x1b{char}" for char in "PX[\\]^_"}

_TEXT, _ESCAPE, _CSI, _STRING = range(4)
_OPENS = {"[": _CSI, **dict.fromkeys("PX]^_k", _STRING)}  # k: a title, to screen
_INTERMEDIATE = "".join(map(chr, range(0x20, 0x30)))
_PARAMETERS = "".join(map(chr, range(0x20, 0x40)))
_STRING_ENDS = "\x07\x18\x1a"  # beside ESC, which begins the next sequence or ST


class TerminalFilter:
    """Passes what a terminal may be shown of the bytes that are fed to it, in any pieces."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._state = _TEXT
        self._held = ""  # what the sequence that is open has swallowed
        self._is_coloured = False

    def feed(self, data: bytes) -> bytes:
        """Return what of `data`, and of what was held back before it, may be shown."""
        is_between = self._state == _TEXT and not self._decoder.getstate()[0]
        if is_between and not data.translate(None, _PLAIN):
            return data
        return self._shown(self._decoder.decode(data)).encode()

    def finish(self) -> bytes:
        """Return what ends the output: a character that was cut, and the colours turned off."""
        shown = self._shown(self._decoder.decode(b"", True))
        reset = "\x1b[m" if self._is_coloured else ""
        self._state, self._held, self._is_coloured = _TEXT, "", False
        return (shown + reset).encode()

    def _shown(self, text: str) -> str:
        if not text.isascii():
            for control, pair in _C1.items():
                text = text.replace(control, pair)
        first, *others = text.split("\x1b")
        shown = [self._passed(first)]
        for part in others:  # ESC ends whatever was open
            self._state, self._held = _ESCAPE, ""
            shown.append(self._passed(part))
        return "".join(shown)

    def _passed(self, part: str) -> str:
        """Return what may be shown of `part`, which holds no ESC."""
        if self._state == _ESCAPE and part and not self._held and part[0] in _OPENS:
            self._state, part = _OPENS[part[0]], part[1:]
        if self._state == _ESCAPE:
            return self._sequence(part, _INTERMEDIATE, "\x30")
        if self._state == _CSI:
            return self._sequence(part, _PARAMETERS, "\x40")
        if self._state == _STRING:
            return self._string(part)
        return _visible(part)

    def _sequence(self, part: str, body: str, lowest_final: str) -> str:
        """Swallow characters of `body` and the one that ends them, unless they are SGR."""
        rest = part.lstrip(body)
        held = self._held + part[: len(part) - len(rest)]
        if not rest and len(held) <= _LONGEST:
            self._held = held
            return ""
        is_sgr = self._state == _CSI and rest[:1] == "m" and _is_colours(held)
        self._state, self._held = _TEXT, ""
        if is_sgr:
            self._is_coloured = held.strip("0;:") != ""
            return f"\x1b[{held}m{_visible(rest[1:])}"
        if len(held) <= _LONGEST and lowest_final <= rest[0] <= "\x7e":
            return _visible(rest[1:])
        return _visible(held[_LONGEST:] + rest)

    def _string(self, part: str) -> str:
        """Swallow a title, a link or whatever else up to its end."""
        room = _LONGEST - len(self._held)
        ends = [part.find(end, 0, room) for end in _STRING_ENDS]
        end = min((at for at in ends if at >= 0), default=-1)
        if end < 0 and len(part) <= room:
            self._held += part
            return ""
        self._state, self._held = _TEXT, ""
        return _visible(part[end + 1 if end >= 0 else room :])


def _visible(text: str) -> str:
    """Return `text` without what a terminal obeys or hides; nothing that is dropped prints."""
    if text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable():
        return text
    return text.translate(_DROPPED)


def _is_colours(body: str) -> bool:
    return len(body) <= _LONGEST_SGR and not body.strip("0123456789;:")
