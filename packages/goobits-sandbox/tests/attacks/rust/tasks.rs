//! Other processes: their memory, descriptors, signals and settings, and what outlives the guest.

use crate::call;
use crate::sys::*;
use crate::world::World;
use crate::Named;

pub const ATTACKS: &[Named] = &[
    ("compares-descriptors", |_| {
        with_child(|child| call!(KCMP, getpid(), child, 1, 0, 0).map(|_| true))
    }),
    ("reads-another-process", reads_another_process),
    ("writes-another-process", |world| writes(world, world.number("victim"))),
    ("reads-a-child-of-its-own", reads_a_child_of_its_own),
    ("takes-a-descriptor", takes_a_descriptor),
    ("takes-a-descriptor-of-init", takes_a_descriptor_of_init),
    ("advises-another-process", advises_another_process),
    ("seize-victim", traces_by_seizing),
    ("trace-child", |_| with_child(|child| call!(PTRACE, 16, child, 0, 0).map(|_| true))),
    ("proc-memory-of-others", reads_memory_of_init),
    ("proc-memory-written", writes_memory_through_a_file),
    ("signal-victim", |world| call!(KILL, world.number("victim"), 10).map(|_| false)),
    ("signal-by-thread", signals_by_thread),
    ("signal-by-pidfd", signals_by_descriptor),
    ("signals-by-a-kept-folder", signals_by_a_kept_folder),
    ("signal-by-file-owner", signals_by_a_descriptor_owner),
    ("signal-everybody", |_| call!(KILL, -1, 15).map(|_| false)),
    ("stop-everybody", |_| call!(KILL, -1, 19).map(|_| false)),
    ("limit-victim", limits_of_another),
    ("schedules-another", schedules_another),
    ("pin-victim", pins_another),
    ("moves-pages-of-another", moves_pages_of_another),
    ("renices-all-of-the-user", renices_all_of_the_user),
    ("io-priority-of-all-of-the-user", io_priority_of_all_of_the_user),
    ("real-time", |_| call!(SCHED_SETSCHEDULER, 0, 1, words(&[1]).as_ptr()).map(|_| true)),
    ("orphan-without-output", orphan_by_double_fork),
    ("orphan-cloned-as-a-sibling", orphan_cloned_as_a_sibling),
    ("orphan-deaf-to-signals", orphan_that_ignores_signals),
];

fn getpid() -> u32 {
    std::process::id()
}

fn others(world: &World) -> [usize; 3] {
    [world.number("victim"), 1, call!(GETPPID).unwrap_or(1)]
}

fn reads_another_process(world: &World) -> Answer {
    let mut held = [0u8; 200];
    let near = [held.as_mut_ptr() as usize, 130];
    let far = [world.number("victim_address"), 130];
    for pid in others(world) {
        if call!(PROCESS_VM_READV, pid, near.as_ptr(), 1, far.as_ptr(), 1, 0).is_ok() {
            say(&held);
        }
    }
    Ok(false)
}

fn writes(world: &World, pid: usize) -> Answer {
    let near = [c"hurt".as_ptr() as usize, 4];
    let far = [world.number("victim_address"), 4];
    call!(PROCESS_VM_WRITEV, pid, near.as_ptr(), 1, far.as_ptr(), 1, 0).map(|_| false)
}

fn reads_a_child_of_its_own(_: &World) -> Answer {
    let (word, mut held) = (std::hint::black_box([0x5Au8; 4]), [0u8; 4]);
    let near = [held.as_mut_ptr() as usize, 4];
    let far = [word.as_ptr() as usize, 4];
    let read = |child| call!(PROCESS_VM_READV, child, near.as_ptr(), 1, far.as_ptr(), 1, 0);
    with_child(read).map(|_| held == word)
}

fn takes_a_descriptor(world: &World) -> Answer {
    let pidfd = call!(PIDFD_OPEN, world.number("victim"), 0)?;
    let taken = call!(PIDFD_GETFD, pidfd, world.number("victim_fd"), 0)?;
    show_again(taken as i32);
    Ok(false)
}

/// Print what a descriptor's file holds from its beginning, wherever the descriptor stands.
pub fn show_again(fd: i32) {
    let mut held = [0u8; 4096];
    match call!(PREAD, fd, held.as_mut_ptr(), held.len(), 0) {
        Ok(length) => say(&held[..length]),
        Err(number) => println!("{fd}: errno {number}"),
    }
}

fn takes_a_descriptor_of_init(_: &World) -> Answer {
    let mut got = false;
    for pid in [1, call!(GETPPID)?] {
        let Ok(pidfd) = call!(PIDFD_OPEN, pid, 0) else { continue };
        got |= (3..20).any(|number| call!(PIDFD_GETFD, pidfd, number, 0).is_ok());
    }
    Ok(got)
}

fn advises_another_process(world: &World) -> Answer {
    let page = [world.number("victim_address") & !4095, 4096];
    let pidfd = call!(PIDFD_OPEN, world.number("victim"), 0)?;
    call!(PROCESS_MADVISE, pidfd, page.as_ptr(), 1, 20, 0).map(|_| true)
}

fn traces_by_seizing(world: &World) -> Answer {
    let mut answer = Err(3);
    for pid in others(world) {
        if call!(PTRACE, 0x4206, pid, 0, 0).is_ok() {
            answer = Ok(true);
        }
    }
    answer
}

fn reads_memory_of_init(world: &World) -> Answer {
    for pid in others(world) {
        for line in std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default().lines()
        {
            let Some((from, rest)) = line.split_once('-') else { continue };
            if !rest.contains(" rw-p ") {
                continue;
            }
            let at = usize::from_str_radix(from, 16).unwrap_or(0);
            let end = usize::from_str_radix(rest.split(' ').next().unwrap_or(""), 16).unwrap_or(0);
            let mut held = vec![0u8; (end - at).min(4 << 20)];
            let memory = open(&format!("/proc/{pid}/mem"), 0)?;
            if call!(PREAD, memory, held.as_mut_ptr(), held.len(), at).is_ok() {
                say_words(&held);
            }
        }
    }
    Ok(false)
}

/// Print the runs of hexadecimal digits in what was read.
fn say_words(held: &[u8]) {
    let runs = held.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() >= 20);
    runs.for_each(say);
}

fn writes_memory_through_a_file(world: &World) -> Answer {
    let far = world.number("victim_address");
    for pid in others(world) {
        if let Ok(memory) = open(&format!("/proc/{pid}/mem"), O_RDWR) {
            let _ = call!(PWRITE, memory, c"hurt".as_ptr(), 4, far);
        }
    }
    Ok(false)
}

fn signals_by_thread(world: &World) -> Answer {
    let victim = world.number("victim");
    let _ = call!(TKILL, victim, 10);
    call!(TGKILL, victim, victim, 12).map(|_| false)
}

fn signals_by_descriptor(world: &World) -> Answer {
    let pidfd = call!(PIDFD_OPEN, world.number("victim"), 0)?;
    call!(PIDFD_SEND_SIGNAL, pidfd, 10, 0, 0).map(|_| false)
}

fn signals_by_a_kept_folder(world: &World) -> Answer {
    let folder = open(&format!("/proc/{}", world.number("victim")), 0)?;
    call!(PIDFD_SEND_SIGNAL, folder, 12, 0, 0).map(|_| false)
}

/// The kernel sends SIGIO, or any other signal, in the name of whoever set the owner.
fn signals_by_a_descriptor_owner(world: &World) -> Answer {
    let mut pair = [0i32; 2];
    call!(SOCKETPAIR, 1, 1, 0, pair.as_mut_ptr())?;
    call!(FCNTL, pair[0], 8, world.number("victim"))?; // F_SETOWN
    call!(FCNTL, pair[0], 10, 10)?; // F_SETSIG
    call!(FCNTL, pair[0], 4, 0o20000)?; // O_ASYNC
    call!(WRITE, pair[1], c"x".as_ptr(), 1)?;
    sleep(0.05);
    Ok(false)
}

fn limits_of_another(world: &World) -> Answer {
    let limits = longs(&[16, 16]);
    call!(PRLIMIT, world.number("victim"), 7, limits.as_ptr(), 0).map(|_| false)
}

fn schedules_another(world: &World) -> Answer {
    call!(SCHED_SETSCHEDULER, world.number("victim"), 5, words(&[0]).as_ptr()).map(|_| false)
}

fn pins_another(world: &World) -> Answer {
    call!(SCHED_SETAFFINITY, world.number("victim"), 8, longs(&[1]).as_ptr()).map(|_| false)
}

fn moves_pages_of_another(world: &World) -> Answer {
    let pages = [world.number("victim_address") & !4095];
    let status = [0i32; 1];
    let victim = world.number("victim");
    call!(MOVE_PAGES, victim, 1, pages.as_ptr(), 0, status.as_ptr(), 0).map(|_| true)
}

fn renices_all_of_the_user(world: &World) -> Answer {
    let _ = call!(SETPRIORITY, 2, user(), 19);
    call!(SETPRIORITY, 2, world.number("uid"), 19).map(|_| false)
}

pub fn user() -> u32 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").map_or(0, |found| found.uid())
}

fn io_priority_of_all_of_the_user(world: &World) -> Answer {
    let _ = call!(IOPRIO_SET, 3, user(), 3 << 13);
    call!(IOPRIO_SET, 3, world.number("uid"), 3 << 13).map(|_| false)
}

/// Sleep in another session with no open descriptor, so that nobody waits for the end of a pipe.
fn linger() -> ! {
    let _ = call!(SETSID);
    let _ = call!(CLOSE_RANGE, 0, u32::MAX, 0);
    sleep(30.0);
    std::process::exit(0);
}

fn orphan_by_double_fork(_: &World) -> Answer {
    if fork()? == 0 {
        if fork()? == 0 {
            linger();
        }
        std::process::exit(0);
    }
    Ok(false)
}

/// CLONE_PARENT: the new process is the child of the guest's parent.
fn orphan_cloned_as_a_sibling(_: &World) -> Answer {
    if call!(CLONE, 0x8000 | 17)? == 0 {
        linger();
    }
    Ok(false)
}

fn orphan_that_ignores_signals(_: &World) -> Answer {
    if fork()? == 0 {
        let ignore = [1usize, 0x04000000, 0, 0];
        for number in 1..32 {
            let _ = call!(RT_SIGACTION, number, ignore.as_ptr(), 0, 8);
        }
        let _ = call!(PRCTL, 1, 0); // no signal at the end of the parent
        linger();
    }
    Ok(false)
}
