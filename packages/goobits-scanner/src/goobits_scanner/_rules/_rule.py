"""The form of a rule, and the language of its patterns.

A pattern names what must happen and what must hold of it:

    subprocess.*(0/args: dynamic; shell: true)      a call; conditions on arguments, all must hold
    .execute(0: built & /(?i)select/)               a method of that name on whatever receiver
    hashlib.md5(usedforsecurity: !false)            `!` negates; an absent argument is not false
    process.env                                     no parentheses: a name or attribute, not called
    .innerHTML = dynamic                            an assignment, and what must hold of its value
    requests.*.get(*: ~env)                         any argument carries the mark `env`
    exec(0: ~decoded) @import                       only when it runs at import
    https.request(*.rejectUnauthorized: false)      a key of an options object, of any argument
    assign [](1: ~key)                              an assignment by its value (0) and keys (1, 2)
    node return(0: ~input & /</)                    syntax without a name, and its values
    import telnetlib | def __reduce__ | node unsafe | string /regex/

A path is dotted, in all languages (Rust's `::` is `.`, too), aliases resolved; `*` stands for one
part, `**` for any number of parts; `()` follows what was called: `hashlib.new().update(...)`; a
parameter of the enclosing function begins with `@`: `@req.query.*`. A path that begins with `.`
matches at the end of any longer path.

A selector is an argument's position, its name, both (`0/args`), `*` for any, `**` for a dict that
is spread into named ones, `recv` for the receiver; `.key` after it enters an options object (`.*`: all of its keys). Conditions are parted by `;`. A test is made
of these, with `!` (not), `&` (and), `|` (or), in that order of binding:

    dynamic      not constant                     constant     known whole
    built        a string with unknown parts      string       its text is known, at least in parts
    absent       not given                        present      given
    true false none                               `'text'`     exactly this text
    /regex/      searched in its known text (a list's: blanks between)      < 2048, >= 10, = 0   a number so
    ~mark        carries the mark                 <path>       its origin matches this path
    list         is a list literal                hidden       its name was computed

Every test but `absent` and the negations is false of an argument that is not given.
Tags after the pattern: `@import`, `@install`, `@build`, `@function` for when it runs, `@hidden`
where the name that is called was computed, `@with-TRAIT` for what counts only in a file of which
something else is true anywhere, too (`_traits.py`).

Marks, and where they come from, are a table of their own (`_marks.py`): `input` (what somebody
outside sends: a request's parts), `param` (a parameter of the enclosing function), `argv`, `env`,
`file`, `secret-file` (keys, tokens, browsers, wallets), `network` (a response), `host` (user,
machine), `clipboard`, `encoded`, `decoded` (base64, hex, compressed), `screen`.
"""

from __future__ import annotations

from typing import NamedTuple

from goobits_scanner._finding import Axis, Confidence, Severity

INFO, LOW, MEDIUM, HIGH = Severity
MALICE, VULNERABILITY = Axis
UNSURE, LIKELY, SURE = Confidence


class Rule(NamedTuple):
    """One line of a table.

    `patterns` are by language (`python`, `javascript` for TypeScript too, `rust`); any of them
    is enough. `tainted` is the severity where an argument carries the mark `input`, None for no
    difference. `bad` and `good` are examples by language: the rule must fire on each bad one and
    stay silent on each good one. `file` is the name of the example's file where that matters.
    """

    id: str
    category: str
    axis: Axis
    severity: Severity
    confidence: Confidence
    cwe: int
    what: str
    why: str
    fix: str
    patterns: dict[str, tuple[str, ...]]
    bad: dict[str, tuple[str, ...]]
    good: dict[str, tuple[str, ...]]
    tainted: Severity | None = None
    file: str = ""
