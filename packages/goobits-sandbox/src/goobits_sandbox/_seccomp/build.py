"""Compile calls.py into x86_64.bpf and aarch64.bpf beside it: python build.py.

Needs seccompy, for its numbers of system calls and its assembler; nothing that runs needs this.
Words are looked up by halving, so that no call takes more than some ten comparisons; the kernel
itself remembers which calls are allowed whatever their arguments, and asks no more.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from seccompy import bpf, syscalls

from goobits_sandbox._seccomp.calls import Rule, Switch, table

MACHINES = {
    "aarch64": (syscalls.AARCH64_SYSCALLS, syscalls.AUDIT_ARCH_AARCH64),
    "x86_64": (syscalls.X86_64_SYSCALLS, syscalls.AUDIT_ARCH_X86_64),
}


class _Program:
    """Instructions so far, and where the labels are in them."""

    def __init__(self) -> None:
        self.instructions: list[bpf.Insn] = []
        self.labels: dict[str, int] = {}

    def add(self, rule: Rule) -> None:
        """Append what ends with the result of `rule`."""
        if isinstance(rule, int):
            self.instructions.append(bpf.Ret(rule))
            return
        self.instructions.append(bpf.Load(rule.offset))
        if rule.mask != 0xFFFFFFFF:
            self.instructions.append(bpf.And(rule.mask))
        self._choose(_ranges(rule))

    def _choose(self, ranges: list[tuple[int, Rule]]) -> None:
        if len(ranges) == 1:
            self.add(ranges[0][1])
            return
        middle = len(ranges) // 2
        label = f"label {len(self.instructions)}"
        self.instructions.append(bpf.Jump(bpf.BPF_JGEQ, ranges[middle][0], label))
        self._choose(ranges[:middle])
        self.labels[label] = len(self.instructions)
        self._choose(ranges[middle:])


def _ranges(switch: Switch) -> list[tuple[int, Rule]]:
    """Return where each range of values begins that has one rule, and the rule, from 0 on."""
    rules: dict[int, Rule] = {0: switch.otherwise}
    for value in sorted(switch.cases):
        rules[value] = switch.cases[value]
        if value < 0xFFFFFFFF:
            rules[value + 1] = switch.otherwise
    return [
        next(same) for _, same in groupby(rules.items(), key=lambda begun: begun[1])
    ]


def compiled(machine: str) -> bytes:
    """Return the program for `machine`."""
    program = _Program()
    program.add(table(*MACHINES[machine]))
    return bpf.assemble(program.instructions, program.labels)


if __name__ == "__main__":
    for machine in MACHINES:
        Path(__file__).with_name(f"{machine}.bpf").write_bytes(compiled(machine))
