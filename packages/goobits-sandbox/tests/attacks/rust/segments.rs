//! Ways into the kernel other than the 64-bit system call: interrupts, segments, terminals.

use crate::call;
use crate::sys::*;
use crate::world::World;
use crate::Named;

pub const ATTACKS: &[Named] = &[
    ("calls-of-32-bits", |_| old(288, [0, -4, 1]).map(|key| key > 0)),
    ("ring-of-32-bits", ring_of_32_bits),
    ("socket-of-32-bits", |_| old(359, [40, 1, 0]).map(|fd| fd >= 0)),
    ("calls-from-a-32-bit-segment", calls_from_a_32_bit_segment),
    ("calls-of-the-x32-kind", calls_of_the_x32_kind),
    ("local-descriptor-table", local_descriptor_table),
    ("keystrokes-into-a-terminal", |_| keystrokes(0x5412)),
    ("keystrokes-with-high-bits", |_| keystrokes(0x5412 | 1 << 32)),
    ("keystrokes-with-the-sign-bit", |_| keystrokes(0xFFFF_FFFF_0000_5412)),
    ("line-discipline", line_discipline),
    ("console-of-the-machine", |_| {
        let console = own_terminal()?;
        call!(IOCTL, console, 0x541D).map(|_| true) // TIOCCONS
    }),
];

/// Make a call by the 32-bit interrupt: the number and the first arguments.
#[cfg(target_arch = "x86_64")]
fn old(number: i32, a: [i32; 3]) -> Result<i32> {
    let result: i32;
    unsafe {
        std::arch::asm!("push rbx", "mov ebx, {first:e}", "int 0x80", "pop rbx",
            first = in(reg) a[0], inlateout("eax") number => result, in("ecx") a[1],
            in("edx") a[2], out("r8") _, out("r9") _, out("r10") _, out("r11") _);
    }
    if result < 0 {
        Err(-result)
    } else {
        Ok(result)
    }
}

/// There is no interrupt of 32 bits in a 64-bit program here: make the same calls.
#[cfg(not(target_arch = "x86_64"))]
fn old(number: i32, a: [i32; 3]) -> Result<i32> {
    let same = match number {
        288 => KEYCTL,
        359 => SOCKET,
        _ => number as usize,
    };
    call!(same, a[0], a[1], a[2]).map(|result| result as i32)
}

/// Map memory that 32 bits can name, for reading, writing and running.
fn low_memory() -> Result<usize> {
    call!(MMAP, 0x10000000, 8192, 7, 0x32, -1, 0)
}

fn ring_of_32_bits(_: &World) -> Answer {
    let parameters = low_memory()? as i32;
    old(IO_URING_SETUP as i32, [4, parameters, 0]).map(|fd| fd >= 0)
}

/// Jump into the 32-bit code segment, and make the call from there.
#[cfg(target_arch = "x86_64")]
fn calls_from_a_32_bit_segment(_: &World) -> Answer {
    let low = low_memory()?;
    // mov eax, 288 (keyctl); xor ebx, ebx; mov ecx, -4; mov edx, 1; int 0x80; mov [esi], eax
    let mut code =
        b"\xB8\x20\x01\0\0\x31\xDB\xB9\xFC\xFF\xFF\xFF\xBA\x01\0\0\0\xCD\x80\x89\x06".to_vec();
    let back = low + code.len() + 7;
    code.push(0xEA); // a far jump to the 64-bit segment, 0x33
    code.extend((back as u32).to_le_bytes());
    code.extend([0x33, 0]);
    // mov rsp, [rsi+8]; jmp [rsi+16]
    code.extend(b"\x48\x8B\x66\x08\xFF\x66\x10");
    let kept = low + 4096;
    unsafe {
        std::ptr::copy_nonoverlapping(code.as_ptr(), low as *mut u8, code.len());
        std::arch::asm!("push rbx", "push rbp", "mov [rsi+8], rsp", "lea rax, [rip+2f]",
            "mov [rsi+16], rax", "push 0x23", "push rdi", "retfq", "2:", "pop rbp", "pop rbx",
            in("rsi") kept, in("rdi") low, out("rax") _, out("rcx") _, out("rdx") _,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _, out("r12") _, out("r13") _,
            out("r14") _, out("r15") _);
        Ok((kept as *const i32).read() > 0)
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn calls_from_a_32_bit_segment(_: &World) -> Answer {
    old(288, [0, -4, 1]).map(|key| key > 0)
}

/// The x32 kind of a number has bit 30 set; where the kernel has none, bit 62 is not looked at.
fn calls_of_the_x32_kind(_: &World) -> Answer {
    let ring = [0u32; 30];
    call!(IO_URING_SETUP | 1 << 30, 4, ring.as_ptr())
        .or_else(|_| call!(IO_URING_SETUP | 1 << 62, 4, ring.as_ptr()))
        .map(|_| true)
}

#[cfg(target_arch = "x86_64")]
fn local_descriptor_table(_: &World) -> Answer {
    call!(154, 1, words(&[0, 0, 0xFFFFF, 0x51]).as_ptr(), 16).map(|_| true)
}

#[cfg(not(target_arch = "x86_64"))]
fn local_descriptor_table(_: &World) -> Answer {
    call!(PERSONALITY, 0x0040000).map(|_| true)
}

/// Make a terminal, and a process that is controlled by it go on with it.
fn own_terminal() -> Result<i32> {
    let master = open("/dev/ptmx", O_RDWR | 0o400)?;
    let mut number = 0i32;
    call!(IOCTL, master, 0x40045431, &number as *const i32)?; // TIOCSPTLCK
    call!(IOCTL, master, 0x80045430usize, &mut number as *mut i32)?; // TIOCGPTN
    let child = fork()?;
    if child != 0 {
        call!(WAIT4, child, 0, 0, 0)?;
        std::process::exit(0);
    }
    call!(SETSID)?;
    let slave = open(&format!("/dev/pts/{number}"), O_RDWR)?;
    call!(IOCTL, slave, 0x540E, 0)?; // TIOCSCTTY
    Ok(slave)
}

fn keystrokes(request: usize) -> Answer {
    let slave = own_terminal()?;
    call!(IOCTL, slave, request, c"x".as_ptr()).map(|_| true)
}

fn line_discipline(_: &World) -> Answer {
    let slave = own_terminal()?;
    let discipline = [27i32];
    call!(IOCTL, slave, 0x5423, discipline.as_ptr()).map(|_| true)
}
