"""The rules of the byte pass."""

from __future__ import annotations

from typing import NamedTuple

from goobits_scanner._finding import Confidence, Severity

_INFO, _LOW, _MEDIUM, _HIGH = Severity
_UNSURE, _LIKELY, _SURE = Confidence


class ByteRule(NamedTuple):
    """One thing that bytes can say; all of them are of the malice axis."""

    id: str
    category: str
    severity: Severity
    confidence: Confidence
    cwe: int | None
    what: str
    why: str
    fix: str


RULES = [
    ByteRule(
        "bidi-reordered-code", "trojan", _HIGH, _SURE, 1007,
        "Direction controls that are not closed on their line change the order of code on screen",
        "A reviewer reads other code than the one that runs (Trojan Source, CVE-2021-42574).",
        "Remove the control characters; write them as escapes where text needs them.",
    ),
    ByteRule(
        "bidi-across-tokens", "trojan", _MEDIUM, _LIKELY, 1007,
        "Direction controls enclose the end of a string or of a comment",
        "What is shown inside a string or comment can be code that runs.",
        "Close direction controls within the string that needs them, or write escapes.",
    ),
    ByteRule(
        "bidi-unbalanced-data", "trojan", _LOW, _LIKELY, 1007,
        "Direction controls in a data file are not closed on their line",
        "Values can be shown in another order than they have.",
        "Close the controls where they are opened.",
    ),
    ByteRule(
        "invisible-identifier", "trojan", _HIGH, _LIKELY, 1007,
        "A name in code contains or is a character that is not shown",
        "Two names look the same, or a name looks like nothing, and hide a parameter or a key.",
        "Use names of visible characters.",
    ),
    ByteRule(
        "zero-width-in-word", "trojan", _MEDIUM, _LIKELY, 1007,
        "A character without width stands between two letters of code",
        "Two texts look the same and are not: a comparison or a key means another one.",
        "Remove it, or write it as an escape.",
    ),
    ByteRule(
        "zero-width-payload", "obfuscation", _HIGH, _LIKELY, 506,
        "A run of characters without width can carry hidden data",
        "Data and code are hidden in characters that no editor shows.",
        "Remove them, and find out what reads them.",
    ),
    ByteRule(
        "variation-selector-payload", "obfuscation", _HIGH, _SURE, 506,
        "Variation selectors carry hidden data",
        "Each of these invisible characters can stand for one byte of a hidden program.",
        "Remove them, and find out what decodes them.",
    ),
    ByteRule(
        "tag-characters", "obfuscation", _HIGH, _LIKELY, 506,
        "Invisible tag characters spell a hidden text in code",
        "They carry instructions or data that nobody sees, but programs and models read.",
        "Remove them; only the flags of regions use them.",
    ),
    ByteRule(
        "tag-characters-in-text", "obfuscation", _MEDIUM, _LIKELY, 506,
        "Invisible tag characters spell a hidden text",
        "They carry instructions that nobody sees, but language models read.",
        "Remove them; only the flags of regions use them.",
    ),
    ByteRule(
        "disguised-builtin", "obfuscation", _HIGH, _SURE, 1007,
        "A name in other letters stands for one that runs code or opens files",
        "Python reads letters of other styles as plain ones, so searches for the name miss it.",
        "Write the name in ASCII.",
    ),
    ByteRule(
        "disguised-identifier", "obfuscation", _LOW, _LIKELY, 1007,
        "A name in letters of another style is the same as one in ASCII",
        "Python reads both as one name, reviewers and searches do not.",
        "Write the name in ASCII.",
    ),
    ByteRule(
        "mixed-script-identifier", "trojan", _MEDIUM, _LIKELY, 1007,
        "A name mixes Latin letters with others that look like Latin ones",
        "It looks like another name, and is not the same.",
        "Write the name in one script.",
    ),
    ByteRule(
        "lookalike-identifier", "trojan", _HIGH, _LIKELY, 1007,
        "A name looks like another one in the same file or a built-in, and is not the same",
        "A reviewer takes one for the other.",
        "Write the name in one script.",
    ),
    ByteRule(
        "off-screen-code", "obfuscation", _HIGH, _LIKELY, 506,
        "Code follows two hundred or more blanks on its line",
        "It stands outside of what an editor or a review shows.",
        "Put it on a line of its own, and read it.",
    ),
    ByteRule(
        "off-screen-indent", "obfuscation", _MEDIUM, _UNSURE, 506,
        "A line begins two hundred or more blanks further right than the one before",
        "It stands outside of what an editor or a review shows.",
        "Indent it like the lines around it, and read it.",
    ),
    ByteRule(
        "disguising-encoding", "trojan", _HIGH, _SURE, 506,
        "The file declares an encoding in which its bytes are other code than they seem",
        "Tools that read it as ASCII or UTF-8 see comments where Python runs code.",
        "Write it in UTF-8 without a declaration.",
    ),
    ByteRule(
        "unknown-encoding", "trojan", _MEDIUM, _LIKELY, 506,
        "The file declares an encoding that Python does not have",
        "A codec registered elsewhere can turn its bytes into any code.",
        "Write it in UTF-8 without a declaration.",
    ),
    ByteRule(
        "invalid-encoding", "trojan", _INFO, _SURE, 176,
        "The source is not valid in its encoding",
        "Tools disagree on what it says.",
        "Write it in UTF-8.",
    ),
    ByteRule(
        "utf16-source", "trojan", _LOW, _SURE, 176,
        "The source is UTF-16 or UTF-32",
        "Most tools for review and search see nothing in it.",
        "Write it in UTF-8.",
    ),
    ByteRule(
        "nul-in-source", "trojan", _MEDIUM, _LIKELY, 158,
        "A NUL byte stands in source code",
        "Some tools stop there or take the file for data, others run what follows.",
        "Remove it, or write it as an escape.",
    ),
    ByteRule(
        "pth-import", "install", _LOW, _SURE, 506,
        "A line of a .pth file imports a module at every start of Python",
        "It runs in every program of the environment, whether the package is used or not.",
        "Leave it out; import where it is needed.",
    ),
    ByteRule(
        "pth-code", "install", _MEDIUM, _SURE, 506,
        "A line of a .pth file runs statements at every start of Python",
        "It runs in every program of the environment, whether the package is used or not.",
        "Leave it out; run code where it is needed.",
    ),
    ByteRule(
        "pth-attack", "install", _HIGH, _SURE, 506,
        "A line of a .pth file runs programs, hidden code or connections at every start of Python",
        "It runs in every program of the environment; attacks persist and spread so.",
        "Do not install it.",
    ),
    ByteRule(
        "native-code", "native", _INFO, _SURE, None,
        "The package contains machine code",
        "What it does can't be read here.",
        "Build it from source where that matters.",
    ),
    ByteRule(
        "native-program", "native", _LOW, _SURE, None,
        "The package contains a program in machine code",
        "What it does can't be read here.",
        "Build it from source, or compare it with the publisher's hashes.",
    ),
    ByteRule(
        "native-hidden", "native", _MEDIUM, _LIKELY, 506,
        "Machine code lies in a file whose name does not say so",
        "A program that is hidden as data is loaded by code that does not look like it.",
        "Find out what loads it; name it for what it is.",
    ),
    ByteRule(
        "native-in-literal", "native", _MEDIUM, _LIKELY, 506,
        "A literal in source code holds a program in machine code",
        "A program that is hidden in a text is written to disk and run.",
        "Find out what decodes it.",
    ),
    ByteRule(
        "executable-masquerade", "native", _HIGH, _SURE, 506,
        "A program or compiled code has the name of an image, a font or a text",
        "It is hidden from whoever looks at names.",
        "Do not install it.",
    ),
    ByteRule(
        "script-masquerade", "obfuscation", _HIGH, _LIKELY, 506,
        "Source code has the name of an image or a font",
        "It is hidden from whoever looks at names, and run by something else.",
        "Find out what loads it.",
    ),
    ByteRule(
        "bytecode-without-source", "obfuscation", _MEDIUM, _LIKELY, 506,
        "Python runs this compiled file, and its source is not in the package",
        "What it does can't be read.",
        "Ask for the source.",
    ),
    ByteRule(
        "pickle-file", "obfuscation", _LOW, _LIKELY, 502,
        "The package contains a pickle",
        "Loading it runs whatever it says.",
        "Ship data in a format that can't run code.",
    ),
    ByteRule(
        "pickle-runs-code", "obfuscation", _HIGH, _LIKELY, 502,
        "A pickle calls functions that run code or programs",
        "Loading it runs them.",
        "Do not load it.",
    ),
    ByteRule(
        "packed-literal", "obfuscation", _LOW, _UNSURE, 506,
        "A long literal in source code looks like packed or encrypted data",
        "Code that is decoded while it runs is hidden so.",
        "Ship data as files, code as source.",
    ),
]  # fmt: skip
BY_ID = {rule.id: rule for rule in RULES}
