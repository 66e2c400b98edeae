//! What the host has, used up: processes, memory, disk, descriptors, output and time.

use crate::call;
use crate::sys::*;
use crate::world::World;
use crate::Named;

const MIB: usize = 1 << 20;
const PRIVATE: usize = 0x22;
const SHARED: usize = 0x21;

pub const ATTACKS: &[Named] = &[
    ("fork-bomb", fork_bomb),
    ("fork-bomb-that-doubles", fork_bomb_that_doubles),
    ("fork-bomb-of-orphans", fork_bomb_of_orphans),
    ("threads", threads),
    ("threads-of-one-address-space", threads_of_one_address_space),
    ("memory-of-one-process", |_| touched(300, PRIVATE)),
    ("memory-of-many-processes", |_| many(PRIVATE)),
    ("memory-shared-without-a-name", |_| touched(500, SHARED)),
    ("memory-shared-by-many", |_| many(SHARED)),
    ("memory-in-a-memfd", memory_in_a_memfd),
    ("memory-in-shm", |_| filled("/dev/shm/held", 500)),
    ("memory-of-system-v", memory_of_system_v),
    ("memory-in-pipes", memory_in_pipes),
    ("memory-of-a-queue", memory_of_a_queue),
    ("memory-in-messages", memory_in_messages),
    ("memory-of-page-tables", memory_of_page_tables),
    ("disk-in-out", |_| filled("out/held", 64)),
    ("disk-set-aside", |_| {
        let file = open("out/aside", 0o102)?;
        call!(FALLOCATE, file, 0, 0, 64 * MIB).map(|_| false)
    }),
    ("disk-of-a-sparse-file", disk_of_a_sparse_file),
    ("inodes-in-out", inodes_in_out),
    ("descriptors-of-one-process", descriptors_of_one_process),
    ("descriptors-above-the-limit", descriptors_above_the_limit),
    ("descriptors-in-flight", descriptors_in_flight),
    ("output-flood", |_| flood(1)),
    ("output-flood-on-errors", |_| flood(2)),
    ("hang", |_| loop {
        sleep(60.0);
    }),
    ("hang-that-is-busy", |_| loop {
        std::hint::spin_loop();
    }),
    ("hang-that-ignores-signals", |_| {
        let ignore = [1usize, 0x04000000, 0, 0];
        for number in 1..65 {
            let _ = call!(RT_SIGACTION, number, ignore.as_ptr(), 0, 8);
        }
        loop {
            sleep(60.0);
        }
    }),
    ("hang-that-stops-itself", |_| call!(KILL, std::process::id(), 19).map(|_| false)),
    ("hang-by-a-chain", hang_by_a_chain),
    ("hang-with-closed-output", |_| {
        let _ = call!(CLOSE_RANGE, 0, u32::MAX, 0);
        loop {
            sleep(60.0);
        }
    }),
];

fn sleeper() -> ! {
    sleep(2.0);
    std::process::exit(0);
}

fn fork_bomb(_: &World) -> Answer {
    for _ in 0..200 {
        match fork() {
            Ok(0) => sleeper(),
            Ok(_) => (),
            Err(_) => sleep(0.005),
        }
    }
    sleep(1.5);
    Ok(false)
}

fn fork_bomb_that_doubles(_: &World) -> Answer {
    for _ in 0..7 {
        let _ = fork();
    }
    sleep(1.5);
    Ok(false)
}

fn fork_bomb_of_orphans(_: &World) -> Answer {
    for _ in 0..100 {
        match fork() {
            Ok(0) => {
                let _ = call!(SETSID);
                if let Ok(0) = fork() {
                    sleeper();
                }
                std::process::exit(0);
            }
            Ok(_) => (),
            Err(_) => sleep(0.005),
        }
    }
    sleep(1.5);
    Ok(false)
}

fn threads(_: &World) -> Answer {
    let start = || std::thread::Builder::new().stack_size(65536).spawn(|| sleep(2.0));
    let count = (0..200).take_while(|_| start().is_ok()).count();
    sleep(0.5);
    Ok(count > 60)
}

/// CLONE_VM without CLONE_THREAD: processes that share all memory, and have a number each.
fn threads_of_one_address_space(_: &World) -> Answer {
    let count = (0..200).take_while(|_| waiting_clone() > 0).count();
    sleep(1.0);
    Ok(count > 60)
}

/// Clone; the child, which has no stack of its own, waits for ever without one.
#[cfg(target_arch = "x86_64")]
fn waiting_clone() -> isize {
    let pid: isize;
    unsafe {
        std::arch::asm!("syscall", "test rax, rax", "jnz 3f", "xor edi, edi", "2:",
            "mov eax, 271", "syscall", "jmp 2b", "3:", inlateout("rax") CLONE as isize => pid,
            in("rdi") 0x111, in("rsi") 0, in("rdx") 0, in("r10") 0, in("r8") 0,
            lateout("rcx") _, lateout("r11") _);
    }
    pid
}

#[cfg(target_arch = "aarch64")]
fn waiting_clone() -> isize {
    let pid: isize;
    unsafe {
        std::arch::asm!("svc 0", "cbnz x0, 3f", "2:", "mov x0, 0", "mov x8, 73", "svc 0", "b 2b",
            "3:", in("x8") CLONE, inlateout("x0") 0x111isize => pid, in("x1") 0, in("x2") 0,
            in("x3") 0, in("x4") 0);
    }
    pid
}

fn touch(from: usize, size: usize) {
    (0..size).step_by(4096).for_each(|at| unsafe { ((from + at) as *mut u8).write(1) });
}

/// Map memory and write to each page of it.
fn touched(mebibytes: usize, flags: usize) -> Answer {
    let held = call!(MMAP, 0, mebibytes * MIB, 3, flags, -1, 0)?;
    touch(held, mebibytes * MIB);
    sleep(1.0);
    Ok(false)
}

fn many(flags: usize) -> Answer {
    for _ in 0..12 {
        if let Ok(0) = fork() {
            let _ = touched(40, flags);
            std::process::exit(0);
        }
    }
    sleep(1.8);
    Ok(false)
}

fn written(file: usize, mebibytes: usize) -> Answer {
    let piece = vec![1u8; MIB];
    for _ in 0..mebibytes {
        call!(WRITE, file, piece.as_ptr(), piece.len())?;
    }
    sleep(1.0);
    Ok(false)
}

fn filled(path: &str, mebibytes: usize) -> Answer {
    written(open(path, 0o102)? as usize, mebibytes)
}

fn memory_in_a_memfd(_: &World) -> Answer {
    let file = call!(MEMFD_CREATE, c("held").as_ptr(), 0)?;
    call!(FTRUNCATE, file, 500 * MIB)?;
    let held = call!(MMAP, 0, 500 * MIB, 3, 1, file, 0)?;
    touch(held, 500 * MIB);
    sleep(1.0);
    Ok(false)
}

fn memory_of_system_v(_: &World) -> Answer {
    for _ in 0..12 {
        let at = call!(SHMAT, call!(SHMGET, 0, 40 * MIB, 0o1666)?, 0, 0)?;
        touch(at, 40 * MIB);
    }
    sleep(1.0);
    Ok(false)
}

/// More than a hundred pipes of a mebibyte each: the memory is no process's.
fn memory_in_pipes(_: &World) -> Answer {
    let piece = vec![1u8; MIB];
    let mut held = 0;
    for _ in 0..110 {
        let mut ends = [0i32; 2];
        call!(PIPE2, ends.as_mut_ptr(), 0o4000)?;
        let _ = call!(FCNTL, ends[1], 1031, MIB);
        held += call!(WRITE, ends[1], piece.as_ptr(), MIB)?;
    }
    Ok(held > 80 * MIB)
}

fn memory_of_a_queue(_: &World) -> Answer {
    let queue = call!(MQ_OPEN, c("goobits-rust").as_ptr(), 0o102, 0o600, 0)?;
    call!(MQ_SEND, queue, c"hello".as_ptr(), 5, 0, 0).map(|_| true)
}

fn memory_in_messages(_: &World) -> Answer {
    let queue = call!(MSGGET, 0, 0o1666)?;
    let message = [1usize; 512];
    call!(MSGSND, queue, message.as_ptr(), 4000, 0o4000).map(|_| true)
}

/// One page in each two mebibytes: twice its size in tables, which no size of a process shows.
fn memory_of_page_tables(_: &World) -> Answer {
    let size = 64usize << 30;
    let held = call!(MMAP, 0, size, 3, PRIVATE | 0x4000, -1, 0)?; // MAP_NORESERVE
    let _ = call!(MADVISE, held, size, 15); // no huge pages
    for at in (0..size).step_by(2 * MIB) {
        unsafe { ((held + at) as *const u8).read_volatile() };
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmPTE:")).unwrap_or("0");
    let kibibytes = line.split_whitespace().next().and_then(|word| word.parse().ok());
    Ok(kibibytes.unwrap_or(0usize) > 80 * 1024)
}

fn disk_of_a_sparse_file(_: &World) -> Answer {
    let file = open("out/sparse", 0o102)?;
    call!(FTRUNCATE, file, 1usize << 40)?;
    Ok(std::fs::metadata("out/sparse").is_ok_and(|found| found.len() == 1 << 40))
}

fn inodes_in_out(_: &World) -> Answer {
    for number in 0..4000 {
        std::fs::write(format!("out/{number}"), "")
            .map_err(|error| error.raw_os_error().unwrap_or(0))?;
    }
    Ok(false)
}

fn descriptors_of_one_process(_: &World) -> Answer {
    let count = (0..1000).take_while(|_| call!(DUP, 1).is_ok()).count();
    Ok(count > 300)
}

fn descriptors_above_the_limit(_: &World) -> Answer {
    let mut held = [0u64; 2];
    call!(PRLIMIT, 0, 7, 0, held.as_mut_ptr())?;
    held[0] = held[1];
    let _ = call!(PRLIMIT, 0, 7, held.as_ptr(), 0);
    call!(DUP3, 1, 1000, 0).map(|_| true)
}

/// Descriptors that are sent and never received count as nobody's open files.
fn descriptors_in_flight(_: &World) -> Answer {
    let mut ends = [0i32; 2];
    call!(SOCKETPAIR, 1, 2 | 0o4000, 0, ends.as_mut_ptr())?;
    let mut many = 0usize;
    let part = [c"x".as_ptr() as usize, 1];
    while many < 1000 {
        let mut control = longs(&[16 + 4 * 250]);
        control.extend(words(&[1, 1]));
        control.extend(words(&[1; 250]));
        let head = [0, 0, part.as_ptr() as usize, 1, control.as_ptr() as usize, control.len(), 0];
        call!(SENDMSG, ends[0], head.as_ptr(), 0)?;
        many += 250;
    }
    Ok(true)
}

fn flood(to: usize) -> Answer {
    let piece = vec![b'x'; MIB];
    for _ in 0..64 {
        call!(WRITE, to, piece.as_ptr(), MIB)?;
    }
    Ok(false)
}

fn hang_by_a_chain(_: &World) -> Answer {
    loop {
        match fork() {
            Ok(0) => sleep(0.01),
            Ok(_) => std::process::exit(0),
            Err(_) => sleep(0.01),
        }
    }
}
