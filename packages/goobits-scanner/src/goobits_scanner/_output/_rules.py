"""The catalog of rules, for people and programs."""

from __future__ import annotations

from goobits_scanner._output._printable import wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from goobits_scanner._catalog import RuleDescription


def matching(
    rules: Sequence[RuleDescription], words: Sequence[str]
) -> tuple[RuleDescription, ...]:
    """Return the rules that have every one of these words, in whatever case."""
    wanted = [word.lower() for word in words]
    return tuple(
        rule for rule in rules if all(word in _haystack(rule) for word in wanted)
    )


def as_table(rules: Sequence[RuleDescription]) -> str:
    """Return one line for each rule."""
    longest = max((len(rule.id) for rule in rules), default=0)
    return "".join(
        f"{rule.id:{longest}}  {rule.severity.name.lower():6}  {rule.what}\n"
        for rule in rules
    )


def as_text(rules: Sequence[RuleDescription], width: int) -> str:
    """Return everything about each rule, examples included."""
    return "\n".join("\n".join(_lines(rule, width)) + "\n" for rule in rules)


def as_json(rules: Sequence[RuleDescription]) -> str:
    """Return everything about each rule as a JSON list."""
    import json

    return json.dumps(list(map(_document, rules)), indent=2) + "\n"


def _lines(rule: RuleDescription, width: int) -> list[str]:
    cwe = f", CWE-{rule.cwe}" if rule.cwe else ""
    confidence = rule.confidence.name.lower()
    where = "; ".join(
        filter(
            None, (f"{rule.category} ({rule.axis.value})", ", ".join(rule.languages))
        )
    )
    lines = [
        f"{rule.id}: {rule.what}",
        f"  {rule.severity.name.lower()}, {confidence} confidence{cwe}; {where}",
        *wrapped(f"Why: {rule.why}", width, "  ", more="     "),
        *wrapped(f"Fix: {rule.fix}", width, "  ", more="     "),
    ]
    for title, examples in (("Found", rule.bad), ("Not found", rule.good)):
        for language, code in examples:
            lines.append(f"  {title} ({language}):")
            lines += [f"    {line}".rstrip() for line in code.strip("\n").split("\n")]
    return lines


def _document(rule: RuleDescription) -> dict[str, object]:
    return {
        "id": rule.id,
        "category": rule.category,
        "axis": rule.axis.value,
        "severity": rule.severity.name.lower(),
        "confidence": rule.confidence.name.lower(),
        "cwe": rule.cwe,
        "what": rule.what,
        "why": rule.why,
        "fix": rule.fix,
        "languages": list(rule.languages),
        "bad": [{"language": name, "code": code} for name, code in rule.bad],
        "good": [{"language": name, "code": code} for name, code in rule.good],
    }


def _haystack(rule: RuleDescription) -> str:
    parts = (rule.id, rule.category, rule.axis.value, rule.severity.name)
    cwe = f"cwe-{rule.cwe}" if rule.cwe else ""
    return " ".join((*parts, cwe, rule.what, *rule.languages)).lower()
