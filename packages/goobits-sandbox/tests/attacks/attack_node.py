"""The same attacks from Node.js, by nothing but what it brings along."""

from __future__ import annotations

import attack_node_calls
import attack_node_files
import attack_node_limits
import attack_node_processes
import attack_node_sockets
import attack_node_writes

# Every probe finds here: `W` (what attack_world.py wrote to world.json), `NAME`, `say`, `got`,
# `attempt`, `show` and `shown` (print files), `run` (a program of the host's), and these modules.
PRELUDE = r"""
"use strict"
const [child_process, dgram, dns, fs, http, http2, net, os, v8, worker_threads] = ["child_process",
  "dgram", "dns", "fs", "http", "http2", "net", "os", "v8", "worker_threads"].map(require)
const NAME = process.argv[2]
const W = JSON.parse(fs.readFileSync("world.json"))

// Write all of a text or of bytes, however long the reader takes.
function say(said, stream = 1) {
  for (let left = Buffer.from(said); left.length;) try {
    left = left.subarray(fs.writeSync(stream, left))
  } catch (error) {
    if (error.code !== "EAGAIN") throw error
  }
}

// Say that the kernel has given what was asked for.
function got() {
  say(`GOT ${NAME}\n`)
}

// Do something that may be refused, and print why.
function attempt(act) {
  try {
    return act()
  } catch (error) {
    say(`${error}\n`)
  }
}

// Print what a file, by path or descriptor, holds.
function show(file) {
  const held = Buffer.alloc(1 << 16)
  const opened = typeof file === "number" ? file : fs.openSync(file, fs.constants.O_NONBLOCK)
  try {
    say(held.subarray(0, fs.readSync(opened, held, 0, held.length, 0)))
  } finally {
    if (opened !== file) fs.closeSync(opened)
  }
  say("\n")
}

// Print what each of the files holds, as far as they can be read.
function shown(...files) {
  for (const file of files) attempt(() => show(file))
}

// Run a program to its end, and print and return what it says.
function run(...command) {
  const done = child_process.spawnSync(command[0], command.slice(1), { timeout: 3000 })
  const said = `${done.stdout ?? ""}${done.stderr ?? ""}${done.error ?? ""}`
  say(`${command.join(" ")}: ${done.status} ${said}\n`)
  return { status: done.status, said }
}
"""

PROBES = (
    *attack_node_files.PROBES,
    *attack_node_processes.PROBES,
    *attack_node_writes.PROBES,
    *attack_node_sockets.PROBES,
    *attack_node_calls.PROBES,
    *attack_node_limits.PROBES,
)
