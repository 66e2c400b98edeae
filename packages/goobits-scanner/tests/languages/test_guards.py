"""Checks of what comes from outside: who passed one is not chosen by anybody any more."""

from __future__ import annotations

from pathlib import Path

import pytest
from goobits_scanner import PluginSecurityScanner, Severity

PYTHON = """\
import os, re, requests, subprocess, sys
from urllib.parse import urlparse
from flask import abort, request
HOSTS = ["a.invalid"]
def view():
    name = request.args["name"]
{body}
"""
JAVASCRIPT = """\
const path = require('path'); const fs = require('fs'); const cp = require('child_process');
const NAMES = new Set(['a', 'b']);
app.get('/', (req, res) => {{
  const name = req.query.name;
{body}
}});
"""
PYTHON_CHECKED = [
    "    if name not in HOSTS:\n        abort(404)\n    os.system(name)",
    "    if not (name in HOSTS):\n        raise ValueError\n    os.system(name)",
    "    if name in HOSTS:\n        os.system(name)",
    "    if name in HOSTS and len(name) < 9:\n        os.system(name)",
    "    if len(name) > 9 or name not in HOSTS:\n        return 1\n    os.system(name)",
    '    if name != "a":\n        return 1\n    os.system(name)',
    '    if not re.fullmatch("[a-z]+", name):\n        return 1\n    os.system(name)',
    "    if not name.isalnum():\n        sys.exit(1)\n    os.system(name)",
    "    a = urlparse(name)\n    if a.netloc not in HOSTS:\n        abort()\n    os.system(name)",
    "    a = os.path.realpath(name)\n    if not a.startswith('/a/'):\n        abort()\n    open(a)",
]
PYTHON_NOT_CHECKED = [
    "    if name not in HOSTS:\n        print(name)\n    os.system(name)",
    "    if name in HOSTS:\n        print(name)\n    os.system(name)",
    "    if name in HOSTS:\n        print(name)\n    else:\n        os.system(name)",
    "    if name in HOSTS or len(name) < 9:\n        os.system(name)",
    "    if name in HOSTS:\n        abort(404)\n    os.system(name)",
    '    if "x" not in name:\n        abort(404)\n    os.system(name)',
    "    if name not in HOSTS and len(name) > 9:\n        return 1\n    os.system(name)",
    "    if name in HOSTS:\n        name = request.args['b']\n        os.system(name)",
    "    if name not in HOSTS:\n        abort()\n    name = request.args['b']\n    os.system(name)",
    '    if not name.startswith("/srv/"):\n        abort(404)\n    os.system(name)',
]
JAVASCRIPT_CHECKED = [
    "  if (!NAMES.has(name)) return;\n  cp.exec(name);",
    "  if (!NAMES.has(name)) { res.end(); return; }\n  cp.exec(name);",
    "  if (NAMES.has(name)) cp.exec(name);",
    "  if (name.length > 9 || !['a'].includes(name)) throw new Error();\n  cp.exec(name);",
    "  if (!/^[a-z]+$/.test(name)) return;\n  cp.exec(name);",
    "  if (name !== 'a') return;\n  cp.exec(name);",
    "  cp.exec(NAMES.has(name) ? name : 'a');",
    "  const a = path.normalize(name);\n  if (!a.startsWith('/srv/')) return;\n  cp.exec(a);",
    "  const url = new URL(name);\n  if (!NAMES.has(url.hostname)) return;\n  fetch(name);",
]
JAVASCRIPT_NOT_CHECKED = [
    "  if (!NAMES.has(name)) console.log(name);\n  cp.exec(name);",
    "  if (NAMES.has(name)) console.log(name);\n  cp.exec(name);",
    "  if (NAMES.has(name)) return;\n  cp.exec(name);",
    "  if (NAMES.has(name)) console.log(1); else cp.exec(name);",
    "  if (NAMES.has(name) || name.length > 9) cp.exec(name);",
    "  if (!/[a-z]/.test(name)) return;\n  cp.exec(name);",
    "  if (!name.startsWith('/srv/')) return;\n  cp.exec(name);",
    "  cp.exec(NAMES.has(name) ? 'a' : name);",
    "  let given = name;\n  if (NAMES.has(given)) { given = req.query.b; }\n  cp.exec(given);",
    "  let a = name;\n  if (!NAMES.has(a)) return;\n  a = req.query.b;\n  cp.exec(a);",
]


def is_told(folder: Path, name: str, text: str) -> bool:
    Path(folder, name).write_text(text, "utf-8")
    report = PluginSecurityScanner().scan(folder)
    return any(finding.severity is Severity.HIGH for finding in report.findings) or any(
        finding.severity is Severity.MEDIUM and finding.cwe in {22, 73, 918}
        for finding in report.findings
    )


@pytest.mark.parametrize("body", PYTHON_CHECKED)
def test_checked_value_is_let_through_in_python(tmp_path: Path, body: str) -> None:
    """People who check what they are given are not told that they do not."""
    assert not is_told(tmp_path, "a.py", PYTHON.format(body=body))


@pytest.mark.parametrize("body", PYTHON_NOT_CHECKED)
def test_other_checks_prove_nothing_in_python(tmp_path: Path, body: str) -> None:
    """A check that does not keep anybody out is none."""
    assert is_told(tmp_path, "a.py", PYTHON.format(body=body))


@pytest.mark.parametrize("body", JAVASCRIPT_CHECKED)
def test_checked_value_is_let_through_in_javascript(tmp_path: Path, body: str) -> None:
    """People who check what they are given are not told that they do not."""
    assert not is_told(tmp_path, "a.js", JAVASCRIPT.format(body=body))


@pytest.mark.parametrize("body", JAVASCRIPT_NOT_CHECKED)
def test_other_checks_prove_nothing_in_javascript(tmp_path: Path, body: str) -> None:
    """A check that does not keep anybody out is none."""
    assert is_told(tmp_path, "a.js", JAVASCRIPT.format(body=body))
