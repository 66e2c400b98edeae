"""Evidence: no output may hand on what was found."""

from __future__ import annotations

from collections.abc import Callable

from goobits_scanner._secrets import scan_text
from goobits_scanner._secrets._redact import redacted
from hypothesis import given
from hypothesis import strategies as st

Fill = Callable[[str, int], str]

SECRETS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#%&/+-_", min_size=4
)
FILLERS = st.text("abcXYZ019 =:;,'\"\t./é\n", max_size=80)


def leaks(secret: str, evidence: str) -> bool:
    return any(
        secret[start : start + 8] in evidence for start in range(len(secret) - 7)
    )


@given(FILLERS, st.lists(st.tuples(SECRETS, FILLERS), min_size=1, max_size=4))
def test_eight_characters_of_a_secret_never_stay(
    before: str, parts: list[tuple[str, str]]
) -> None:
    """Eight characters of a password are enough to guess the rest."""
    text, spans = before, []
    for secret, filler in parts:
        spans.append((len(text), len(text) + len(secret)))
        text += secret + filler
    for start, end in spans:
        evidence = redacted(text, start, end, spans)
        for secret, _ in parts:
            assert not leaks(secret, evidence)


@given(SECRETS, st.text("ab =\"'", max_size=30), st.text("cd ;\"'", max_size=300))
def test_a_secret_said_twice_is_cut_twice(secret: str, before: str, after: str) -> None:
    """A line often holds a secret again in a comment or a second argument."""
    text = f"{before}{secret}{after}{secret}"
    span = (len(before), len(before) + len(secret))
    assert not leaks(secret, redacted(text, *span, [span]))


@given(SECRETS)
def test_at_most_a_quarter_and_four_characters_stay(secret: str) -> None:
    """A quarter names the kind of a token and helps nobody to use it."""
    (shown, rest) = redacted(secret, 0, len(secret), [(0, len(secret))]).split("…")
    assert len(shown) <= min(4, len(secret) // 4)
    assert rest == ""


def grams(text: str) -> set[str]:
    return {text[start : start + 8] for start in range(len(text) - 7)}


def test_every_pattern_is_redacted(examples: list[tuple[str, str]], fill: Fill) -> None:
    """A pattern whose group misses a part of the secret would print that part."""
    for pattern, template in examples:
        line = fill(template, 7)
        drawn = grams(line) - grams(fill(template, 8))
        for secret in scan_text("app.cfg", line):
            if secret.pattern == pattern:
                # Up to four leading characters may stay before each cut.
                pieces = [piece[:-4] for piece in secret.evidence.split("…")]
                assert all(drawn.isdisjoint(grams(piece)) for piece in pieces), line


def test_other_secrets_on_the_line_are_cut_too(fill: Fill) -> None:
    """The finding of one token must not print its neighbour."""
    first, second = fill("ghp_{alnum:36}", 1), fill("sk_live_{alnum:24}", 2)
    secrets = scan_text("a.py", f'pair = ("{first}", "{second}")')
    assert len(secrets) == 2
    for secret in secrets:
        assert not leaks(first, secret.evidence)
        assert not leaks(second, secret.evidence)


def test_evidence_of_a_giant_line_is_short(fill: Fill) -> None:
    """A minified file is one line; its finding must fit a terminal."""
    token = fill("ghp_{alnum:36}", 1)
    (secret,) = scan_text("a.js", "a=1;" * 50_000 + f'"{token}"' + ";b=2" * 50_000)
    assert len(secret.evidence) < 250
    assert "ghp_…" in secret.evidence


def test_a_secret_longer_than_is_matched_is_cut_whole(fill: Fill) -> None:
    """Expressions are bounded; what goes on behind the bound is as secret as the rest."""
    secret = fill("{alnum:400}", 1)
    (found,) = scan_text("run.sh", f"tool --token {secret}")
    assert not leaks(secret, found.evidence)


def test_control_characters_are_not_printed(fill: Fill) -> None:
    """Escape sequences in scanned text must not reach the terminal."""
    token = fill("ghp_{alnum:36}", 1)
    (secret,) = scan_text("a.py", f"\x1b[2J x = '{token}' \x07")
    assert secret.evidence.isprintable()
