"""How JavaScript makes system calls without a library: it writes one, call by call.

Node has no way to make a system call of one's choice, but it loads shared libraries, and a library
is a file like any other, of 450 bytes. Its first function makes the call, and leaves the result in
a file that is mapped at a known address, together with all that a call is pointed at.
"""

from __future__ import annotations

SYSCALLS = r"""
const X86 = process.arch === "x64"
const NUMBERS = Object.fromEntries(`
ioctl 16 29|socket 41 198|connect 42 203|sendto 44 206|bind 49 200|listen 50 201|mmap 9 222
setsid 112 157|shmget 29 194|semget 64 190|msgget 68 186|syslog 103 116|personality 135 92
chroot 161 51|mount 165 40|mknodat 259 33|clock_gettime 228 113|clock_settime 227 112
sethostname 170 161|mq_open 240 180|keyctl 250 219|getpid 39 172|perf_event_open 298 241
process_vm_readv 310 270|bpf 321 280|userfaultfd 323 282|io_uring_setup 425 425
pidfd_open 434 434|pidfd_getfd 438 438|unshare 272 97|memfd_secret 447 447
`.trim().split(/[|\n]/).map((line) => line.split(" ")).map(([name, x86, arm]) =>
  [name, Number(X86 ? x86 : arm)]))
const ROOM = 0x200000000000
let free = ROOM + 16

// Little-endian words of 64 bits where they are BigInts, and else of 32.
function packed(...words) {
  return Buffer.concat(words.map((word) => {
    const held = Buffer.alloc(typeof word === "bigint" ? 8 : 4)
    if (held.length === 8) held.writeBigUInt64LE(BigInt.asUintN(64, word))
    else held.writeUInt32LE(word >>> 0)
    return held
  }))
}

// Machine code that makes a system call, and stores its result at ROOM.
function coded(values) {
  const loaded = (word, register) => X86
    ? [Buffer.from(["48b8", "48bf", "48be", "48ba", "49ba", "49b8", "49b9"][register], "hex"),
      packed(BigInt(word))]
    : [0n, 1n, 2n, 3n].map((part) => packed(Number((part ? 0xf2800000n : 0xd2800000n) | part << 21n
      | (BigInt(word) >> 16n * part & 0xffffn) << 5n | BigInt([8, 0, 1, 2, 3, 4, 5][register]))))
  const called = X86
    ? [Buffer.from("0f0548a3", "hex"), packed(BigInt(ROOM)), Buffer.from("c3", "hex")]
    : [packed(0xd4000001), ...loaded(ROOM, 2), packed(0xf9000020, 0xd65f03c0)]
  return Buffer.concat([...values.flatMap(loaded), ...called])
}

// A shared library that runs this code when it is loaded.
function library(code) {
  const part = (type, flags, at, from, size) =>
    packed(type, flags, ...[from, at, at, size, size, type === 1 ? 0x10000 : 8].map(BigInt))
  const size = 416 + code.length
  const dynamic = [12n, 416n, 5n, 384n, 6n, 384n, 10n, 1n, 11n, 24n, 0n, 0n]
  return Buffer.concat([
    Buffer.from("7f454c46020101000000000000000000", "hex"), packed(X86 ? 0x3e0003 : 0xb70003, 1),
    packed(0n, 64n, 0n, 0, 0x380040, 4, 0), part(1, 5, 0, 0, size), part(1, 6, 0x10000, 0, size),
    part(2, 6, 0x10000 + 288, 288, 96), part(0x6474e551, 6, 0, 0, 0), packed(...dynamic),
    Buffer.alloc(32), code])
}

const held = fs.openSync("out/held", "w+")
fs.unlinkSync("out/held")
fs.ftruncateSync(held, 1 << 16)
let calls = 0
// Make a system call. Throw where the kernel refuses.
function syscall(name, ...given) {
  const path = `${process.cwd()}/out/call-${calls++}.node`
  fs.writeFileSync(path, library(coded([NUMBERS[name], ...given, 0, 0, 0, 0, 0, 0].slice(0, 7))))
  try {
    process.dlopen({ exports: {} }, path)
  } catch (error) {
    if (!error.message.startsWith("Module did not self-register")) throw error
  } finally {
    fs.unlinkSync(path)
  }
  const result = Number(taken(ROOM, 8).readBigInt64LE())
  if (result < 0 && result > -4096) throw new Error(`${name}: errno ${-result}`)
  return result
}
syscall("mmap", ROOM, 1 << 16, 3, 0x100001, held, 0)

// Put bytes, or a C string, where a call can be pointed at them.
function put(given) {
  const bytes = typeof given === "string" ? Buffer.from(`${given}\0`) : Buffer.from(given)
  const at = free
  fs.writeSync(held, bytes, 0, bytes.length, at - ROOM)
  free += (bytes.length + 15) & ~15
  return at
}

// The bytes that a call has left at an address.
function taken(at, size) {
  const bytes = Buffer.alloc(size)
  fs.readSync(held, bytes, 0, size, at - ROOM)
  return bytes
}

// An address of IPv4 for the kernel.
function inet(address, port) {
  return put([2, 0, port >> 8, port & 255, ...address.split(".").map(Number), ...Array(8).fill(0)])
}
attempt(() => syscall("getpid") === process.pid || console.log("getpid lies"))
"""
