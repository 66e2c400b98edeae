"""What the first line of a script says."""

from __future__ import annotations

import pytest
from goobits_sandbox._programs._scripts import LONGEST, interpreter


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b"#!/bin/sh\n", "/bin/sh"),
        (b"#! /bin/sh -e\n", "/bin/sh"),
        (b"#!\t/bin/sh\t-e\n", "/bin/sh"),
        (b"#!/bin/sh", "/bin/sh"),
        (b"#!/usr/bin/env node\n", "node"),
        (b"#!/usr/bin/env -S node --no-warnings\n", "node"),
        (b"#!/usr/bin/env -Snode --no-warnings\n", "node"),
        (b"#!/usr/bin/env -S -i LANG=C python3 -I\n", "python3"),
        (b"#!/usr/bin/env -S -u HOME python3\n", "python3"),
        (b"#!/usr/bin/env /opt/x/bin/python\n", "/opt/x/bin/python"),
        (b"#!/opt/env python\n", "/opt/env"),
        (b"#!/opt/caf\xc3\xa9/bin/python\n", "/opt/caf\u00e9/bin/python"),
    ],
)
def test_interpreter_is_what_the_kernel_and_env_start(line: bytes, named: str) -> None:
    """A wrong guess would bind one program and start another."""
    assert interpreter(line) == named


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"#!\n", "names no interpreter"),
        (b"#!/usr/bin/env\n", "names no interpreter"),
        (b"#!/usr/bin/env -S A=b\n", "names no interpreter"),
        (b"#!python\n", "no absolute path"),
        (b"#!../bin/python\n", "no absolute path"),
        (b"#!/usr/bin/env ./node\n", "plainly"),
        (b"#!/usr/bin/env -S 'no de'\n", "plainly"),
        (b"#!/usr/bin/env -S ${HOME}/x\n", "plainly"),
        (b"#!/bin/sh\r\n", "is no text"),
        (b"#!/bin/sh\0x\n", "is no text"),
        (b"#!/bin/\x1b[2Jsh\n", "is no text"),
        (b"#!/bin/\xc2\x9b2Jsh\n", "is no text"),
        (b"#!/bin/\xc2\xa0sh\n", "is no text"),
        (b"#!/" + b"a" * (LONGEST - 3), "longer than the kernel reads"),
    ],
)
def test_line_that_is_not_plain_is_refused(line: bytes, why: str) -> None:
    """What is only half understood is not bound."""
    with pytest.raises(ValueError, match=why):
        interpreter(line)
