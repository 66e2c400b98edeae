//! The kernel's own surfaces: rings, programs, counters, keys, memory and other processes.

use crate::call;
use crate::sys::*;
use crate::world::World;
use crate::Named;

pub const ATTACKS: &[Named] = &[
    ("vsock-listens", vsock_listens),
    ("vsock-family-with-high-bits", vsock_family_with_high_bits),
    ("xdp-socket", |_| call!(SOCKET, 44, 3, 0).map(|_| true)),
    ("io-uring-is-set-up", |_| ring_set_up(IO_URING_SETUP)),
    ("io-uring-opens-a-file", io_uring_opens_a_file),
    ("call-number-with-high-bits", |_| ring_set_up(IO_URING_SETUP | 1 << 40)),
    ("userfaultfd-is-made", |_| call!(USERFAULTFD, 1).map(|_| true)),
    ("userfaultfd-of-the-kernel", |_| call!(USERFAULTFD, 0).map(|_| true)),
    ("userfaultfd-by-its-device", userfaultfd_by_its_device),
    ("bpf-map", bpf_map),
    ("bpf-program", bpf_program),
    ("bpf-filter-on-a-socket", bpf_filter_on_a_socket),
    ("perf-counts-this-process", |_| perf(0b1100000, 0, -1)),
    ("perf-watches-the-machine", |_| perf(0, -1, 0)),
    ("key-stays-with-the-user", key_stays_with_the_user),
    ("keyring-of-the-session", |_| call!(KEYCTL, 0, -3, 1).map(|_| true)),
    ("keyring-is-joined", |_| call!(KEYCTL, 1, c("goobits-ring").as_ptr()).map(|_| true)),
    ("keyring-persistent", |_| call!(KEYCTL, 22, -1, -2).map(|_| true)),
    ("kernel-log-is-read", kernel_log_is_read),
    ("kernel-log-is-written", |_| open("/dev/kmsg", 1).map(|_| true)),
    ("quotas-are-synced", |_| call!(QUOTACTL, 0x800001usize << 8, 0, 0, 0).map(|_| true)),
    ("memory-without-randomness", |_| call!(PERSONALITY, 0x0040000).map(|_| true)),
    ("memory-hidden-from-the-kernel", |_| call!(MEMFD_SECRET, 0).map(|_| true)),
    ("memory-in-a-file-of-none", memory_in_a_file_of_none),
    ("clock-is-set", clock_is_set),
    ("clock-is-adjusted", clock_is_adjusted),
    ("aio-context", aio_context),
];

fn vsock_listens(_: &World) -> Answer {
    let fd = call!(SOCKET, 40, 1, 0)?;
    call!(BIND, fd, words(&[40, u32::MAX, u32::MAX, 0]).as_ptr(), 16)?;
    call!(LISTEN, fd, 1).map(|_| true)
}

fn vsock_family_with_high_bits(_: &World) -> Answer {
    call!(SOCKET, 40usize | 1 << 32, 1, 0).map(|_| true)
}

fn ring_set_up(number: usize) -> Answer {
    let mut parameters = [0u32; 30];
    call!(number, 4, parameters.as_mut_ptr()).map(|_| true)
}

fn io_uring_opens_a_file(world: &World) -> Answer {
    let mut said = [0u32; 30];
    let ring = call!(IO_URING_SETUP, 4, said.as_mut_ptr())?;
    let queue = call!(MMAP, 0, 4096, 3, 1, ring, 0)?;
    let entries = call!(MMAP, 0, 4096, 3, 1, ring, 0x10000000)?;
    let path = c(&world.list("secrets")[0]);
    let word = |at: u32| (queue + at as usize) as *mut u32;
    unsafe {
        (entries as *mut u32).write(18); // IORING_OP_OPENAT
        (entries as *mut i32).add(1).write(HERE);
        (entries as *mut u64).add(2).write(path.as_ptr() as u64);
        word(said[16]).write(0); // the first place of the array names the first entry
        word(said[11]).write(1); // the tail
    }
    call!(IO_URING_ENTER, ring, 1, 1, 1, 0, 0)?;
    let opened = unsafe { word(said[25] + 8).read() } as i32;
    show(opened);
    Ok(false)
}

fn userfaultfd_by_its_device(_: &World) -> Answer {
    let _ = call!(MKNODAT, HERE, c("/tmp/userfaultfd").as_ptr(), 0o20666, 10 << 8 | misc());
    let device = open("/dev/userfaultfd", O_RDWR).or_else(|_| open("/tmp/userfaultfd", O_RDWR))?;
    call!(IOCTL, device, 0xAA00, 0).map(|_| true)
}

/// Return the minor number, of those given as they come, that the device has here.
fn misc() -> usize {
    let known = std::fs::read_to_string("/proc/misc").unwrap_or_default();
    let line = known.lines().find(|line| line.ends_with(" userfaultfd"));
    let minor = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0);
    minor & 0xFF | (minor & !0xFF) << 12
}

fn bpf_map(_: &World) -> Answer {
    let mut head = words(&[2, 4, 8, 1]);
    head.resize(128, 0);
    call!(BPF, 0, head.as_ptr(), 128).map(|_| true)
}

fn bpf_program(_: &World) -> Answer {
    let code = [0xB7u64, 0x95]; // r0 = 0; exit
    let mut head = words(&[1, 2]);
    head.extend(longs(&[code.as_ptr() as u64, c"GPL".as_ptr() as u64]));
    head.resize(128, 0);
    call!(BPF, 5, head.as_ptr(), 128).map(|_| true)
}

fn bpf_filter_on_a_socket(_: &World) -> Answer {
    let mut pair = [0i32; 2];
    call!(SOCKETPAIR, 1, 1, 0, pair.as_mut_ptr())?;
    let code = [6u64]; // return 0
    let program = [1usize, code.as_ptr() as usize];
    call!(SETSOCKOPT, pair[0], 1, 26, program.as_ptr(), 16).map(|_| true)
}

fn perf(flags: u64, pid: i32, cpu: i32) -> Answer {
    let mut head = longs(&[1 | 112 << 32, 0, 0, 0, 0, flags]);
    head.resize(112, 0);
    call!(PERF_EVENT_OPEN, head.as_ptr(), pid, cpu, -1, 0).map(|_| true)
}

fn key_stays_with_the_user(_: &World) -> Answer {
    let (kind, name) = (c("user"), c("goobits-left"));
    let key = call!(ADD_KEY, kind.as_ptr(), name.as_ptr(), c("word").as_ptr(), 4, -4)?;
    call!(KEYCTL, 5, key, 0x3F3F3F3F).map(|_| true)
}

fn kernel_log_is_read(_: &World) -> Answer {
    let mut held = vec![0u8; 1 << 16];
    call!(SYSLOG, 3, held.as_mut_ptr(), held.len()).map(|length| length > 0)
}

fn memory_in_a_file_of_none(_: &World) -> Answer {
    let file = call!(MEMFD_CREATE, c("goobits").as_ptr(), 0)?;
    call!(FALLOCATE, file, 0, 0, 1 << 20).map(|_| true)
}

fn clock_is_set(_: &World) -> Answer {
    let mut now = [0u64; 2];
    call!(CLOCK_GETTIME, 0, now.as_mut_ptr())?;
    call!(CLOCK_SETTIME, 0, now.as_ptr()).map(|_| true)
}

fn clock_is_adjusted(_: &World) -> Answer {
    let mut held = [0u64; 26];
    call!(CLOCK_ADJTIME, 0, held.as_mut_ptr())?;
    held[0] = 2; // ADJ_FREQUENCY, to what it is
    call!(CLOCK_ADJTIME, 0, held.as_mut_ptr()).map(|_| true)
}

fn aio_context(_: &World) -> Answer {
    let mut context = 0usize;
    call!(IO_SETUP, 8, &mut context as *mut usize).map(|_| context != 0)
}
