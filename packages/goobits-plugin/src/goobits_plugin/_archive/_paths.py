"""Which paths an archive may hold: those that name the same one file on every system.

Each rule, by the name that an error carries:

encoding    valid UTF-8 in Unicode's composed form (NFC)
absolute    no slash in front
part        no empty part, none that is "." or ".."
character   nothing that a system reserves (backslash : < > " | ? *), no control, format,
            private or unassigned character, no space but U+0020, nothing that cannot be seen
edge        no part begins with a space, or ends in one or a dot, which Windows drops
reserved    no part is a device of Windows (CON, nul.txt), nor the short form of another (GIT~1)
autorun     nothing that a host runs or obeys unasked (sitecustomize.py, x.pth, autorun.inf)
length      at most 200 bytes, 100 in a part, 16 parts, and it fits the two fields of ustar
files       at most 2,000
folders     at most 2,000
duplicate   no path twice
collision   no two paths, or folders of them, that are one where case or width does not count,
            and none that is both a file and a folder

What a compatibility form (NFKC) makes of a part keeps these rules as well: U+2024 is no dot, and
a wide colon no letter.
"""

from __future__ import annotations

import re
import unicodedata

from goobits_plugin._archive._values import DEPTH, FILES, FOLDERS, PART, PATH
from goobits_plugin._errors import ArchiveError

_RESERVED_CHARACTERS = frozenset('\\:<>"|?*')
_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Letters and marks that draw nothing: joiners, fillers of Hangul, selectors of variants.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_PLAIN = re.compile(r"[A-Za-z0-9_+@-][A-Za-z0-9_.+@-]*")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$) *(\.|$)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[^.]{1,6}~[0-9]+(\.[^.]{0,3})?")
_AUTORUN = frozenset(
    {"sitecustomize.py", "usercustomize.py", "autorun.inf", "desktop.ini"}
)


class Paths:
    """The paths of one archive so far."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def add(self, path: str) -> None:
        """Take one more file, which keeps the rules and is no file or folder of the others."""
        check_path(path)
        if len(self._files) == FILES:
            raise ArchiveError(
                f"more than {FILES:,} files",
                "files",
                hint="leave some out with exclude",
            )
        folded = fold(path)
        other = self._files.get(folded) or self._folders.get(folded)
        if other == path and folded in self._files:
            raise ArchiveError(f"{path!r} is there twice", "duplicate")
        if other is not None:
            raise _collision(path, other)
        self._files[folded] = path
        at = path.rfind("/")
        while at > 0:
            if self._add_folder(path[:at]):
                return
            at = path.rfind("/", 0, at)

    def _add_folder(self, path: str) -> bool:
        folded = fold(path)
        if self._folders.get(folded) == path:
            return True
        other = self._files.get(folded) or self._folders.get(folded)
        if other is not None:
            raise _collision(path, other)
        if len(self._folders) == FOLDERS:
            raise ArchiveError(
                f"more than {FOLDERS:,} folders",
                "folders",
                hint="leave some out with exclude",
            )
        self._folders[folded] = path
        return False


def fold(path: str) -> str:
    """Return what a path is where neither case nor width count."""
    if path.isascii():
        return path.lower()
    folded = unicodedata.normalize("NFKC", path).casefold()
    return unicodedata.normalize("NFKC", folded)


def check_path(path: str) -> None:
    """Say which rule a path breaks.

    Raises:
        ArchiveError: with the rule's name.
    """
    encoded = _encoded(path)
    if path.startswith("/"):
        raise ArchiveError(f"{path!r} is an absolute path", "absolute")
    parts = path.split("/")
    if len(encoded) > PATH or len(parts) > DEPTH:
        raise ArchiveError(
            f"{path!r} is longer than {PATH} bytes or {DEPTH} parts",
            "length",
            hint="shorten its name or those of its folders",
        )
    for part in parts:
        if not _PLAIN.fullmatch(part) or part[-1] == ".":
            _check_characters(part, path)
        _check_meaning(part, path)
    split(encoded)


def split(path: bytes) -> tuple[bytes, bytes]:
    """Return the two fields of a header that carry a path; the first is as short as can be."""
    if len(path) <= 100:
        return b"", path
    at = path.find(b"/", len(path) - 101)
    if at < 0 or at > 155:
        raise ArchiveError(
            f"{path.decode()!r} does not fit a header of ustar",
            "length",
            hint="shorten its name or those of its folders",
        )
    return path[:at], path[at + 1 :]


def _encoded(path: str) -> bytes:
    try:
        encoded = path.encode()
    except UnicodeEncodeError:
        raise ArchiveError(
            f"{path!r} is not UTF-8", "encoding", hint="rename it"
        ) from None
    if not path.isascii() and not unicodedata.is_normalized("NFC", path):
        raise ArchiveError(
            f"{path!r} is not in Unicode's composed form (NFC)",
            "encoding",
            hint="rename it",
        )
    return encoded


def _check_characters(part: str, path: str) -> None:
    """Check a part that does not hold plain letters, as it is and in its compatible form."""
    for form in (part, unicodedata.normalize("NFKC", part)):
        if form in ("", ".", ".."):
            raise ArchiveError(f"{path!r} holds the part {part!r}", "part")
        for letter in form:
            if _is_barred(letter) or letter == "/":
                raise ArchiveError(
                    f"{path!r} holds the character {letter!r}",
                    "character",
                    hint="rename it",
                )
        if form[0] == " " or form[-1] in ". ":
            raise ArchiveError(
                f"a part of {path!r} begins or ends with a space, or ends in a dot",
                "edge",
                hint="rename it",
            )


def _is_barred(letter: str) -> bool:
    if letter in _RESERVED_CHARACTERS or _UNSEEN.match(letter):
        return True
    return letter != " " and unicodedata.category(letter) in _CATEGORIES


def _check_meaning(part: str, path: str) -> None:
    if len(part.encode()) > PART:
        raise ArchiveError(
            f"a part of {path!r} is longer than {PART} bytes",
            "length",
            hint="shorten it",
        )
    folded = fold(part)
    if _DEVICE.match(folded) or _SHORT.fullmatch(folded):
        raise ArchiveError(
            f"{path!r} means something else to Windows", "reserved", hint="rename it"
        )
    if folded in _AUTORUN or folded.endswith(".pth"):
        raise ArchiveError(
            f"{path!r} would be obeyed without being asked for",
            "autorun",
            hint="delete it, or leave it out with exclude",
        )


def _collision(path: str, other: str) -> ArchiveError:
    if path == other:
        return ArchiveError(f"{path!r} is both a file and a folder", "collision")
    return ArchiveError(
        f"{path!r} and {other!r} are one where case and width do not count",
        "collision",
        hint="rename one of them",
    )
