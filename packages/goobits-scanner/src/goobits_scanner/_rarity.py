"""In how many of 50 clean packages a rule finds something.

Written by benchmarks/clean_set.py --rarity. It orders findings, and is no verdict: what
rare among the clean is worth a look first.
"""

from __future__ import annotations

PACKAGES = 50
SEEN = {
    "archive-extracted-unchecked": 2,
    "azure-sas-signature": 1,
    "checked-then-used": 4,
    "code-compiled": 8,
    "code-from-text": 11,
    "code-object-made": 1,
    "command-over-ssh": 1,
    "command-shell": 4,
    "cors-open": 1,
    "foreign-library": 4,
    "function-chosen": 3,
    "html-unescaped": 2,
    "module-chosen": 17,
    "native-code": 6,
    "native-program": 2,
    "padding-without-check": 1,
    "password-assignment": 4,
    "path-joined-from-parameter": 3,
    "permissions-too-wide": 2,
    "pickle-file": 1,
    "pickle-read": 6,
    "predictable-random": 2,
    "program-chosen": 3,
    "protocol-in-the-clear": 2,
    "prototype-from-keys": 1,
    "pth-code": 1,
    "python-hook-written": 1,
    "python-path-file-runs": 1,
    "regex-from-outside": 5,
    "regex-nested-repeat": 1,
    "secret-assignment": 1,
    "secret-in-code": 1,
    "shady-link": 1,
    "tls-not-verified": 4,
    "tls-old-version": 2,
    "unsafe-memory": 8,
    "url-password": 2,
    "weak-hash": 8,
    "xml-entity-expansion": 1,
}
