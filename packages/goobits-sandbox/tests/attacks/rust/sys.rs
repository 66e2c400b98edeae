//! System calls made by the instruction itself: nothing between the attack and the kernel.

use std::arch::asm;

pub type Answer = Result<bool, i32>;
pub type Result<T, E = i32> = std::result::Result<T, E>;

pub const X86: bool = cfg!(target_arch = "x86_64");

/// Name the numbers of calls: `NAME x86_64 aarch64`.
macro_rules! numbers {
    ($($name:ident $x86:literal $arm:literal),* $(,)?) => {
        $(pub const $name: usize = if X86 { $x86 } else { $arm };)*
    };
}

numbers! {
    WRITE 1 64, CLOSE 3 57, MMAP 9 222, RT_SIGACTION 13 134, IOCTL 16 29, PREAD 17 67,
    PWRITE 18 68, MADVISE 28 233, SHMGET 29 194, SHMAT 30 196, DUP 32 23, SOCKET 41 198,
    CONNECT 42 203, SENDTO 44 206, RECVFROM 45 207, SENDMSG 46 211, BIND 49 200,
    LISTEN 50 201, SOCKETPAIR 53 199, SETSOCKOPT 54 208, CLONE 56 220, WAIT4 61 260,
    KILL 62 129, UNAME 63 160, MSGGET 68 186, MSGSND 69 189, FCNTL 72 25, TRUNCATE 76 45,
    FTRUNCATE 77 46, FCHDIR 81 50, PTRACE 101 117, SYSLOG 103 116, GETPPID 110 173,
    SETSID 112 157, SETGROUPS 116 159, SETRESUID 117 147, CAPGET 125 90, CAPSET 126 91,
    PERSONALITY 135 92, SETPRIORITY 141 140, SCHED_SETSCHEDULER 144 119, PIVOT_ROOT 155 41,
    PRCTL 157 167, CHROOT 161 51, MOUNT 165 40, UMOUNT 166 39, SETHOSTNAME 170 161,
    QUOTACTL 179 60, TKILL 200 130, SCHED_SETAFFINITY 203 122, IO_SETUP 206 0,
    CLOCK_SETTIME 227 112, CLOCK_GETTIME 228 113, TGKILL 234 131, MQ_OPEN 240 180,
    MQ_SEND 242 182, ADD_KEY 248 217, KEYCTL 250 219, IOPRIO_SET 251 30, OPENAT 257 56,
    MKNODAT 259 33, FCHOWNAT 260 54, LINKAT 265 37, SYMLINKAT 266 36, FCHMODAT 268 53,
    UNSHARE 272 97, SPLICE 275 76, MOVE_PAGES 279 239, FALLOCATE 285 47, DUP3 292 24,
    PIPE2 293 59, PERF_EVENT_OPEN 298 241, FANOTIFY_INIT 300 262, FANOTIFY_MARK 301 263,
    PRLIMIT 302 261, NAME_TO_HANDLE_AT 303 264, OPEN_BY_HANDLE_AT 304 265,
    CLOCK_ADJTIME 305 266, SENDMMSG 307 269, SETNS 308 268, PROCESS_VM_READV 310 270,
    PROCESS_VM_WRITEV 311 271, KCMP 312 272, RENAMEAT2 316 276, MEMFD_CREATE 319 279,
    BPF 321 280, EXECVEAT 322 281, USERFAULTFD 323 282, PIDFD_SEND_SIGNAL 424 424,
    IO_URING_SETUP 425 425, IO_URING_ENTER 426 426, OPEN_TREE 428 428, FSOPEN 430 430,
    FSCONFIG 431 431, FSMOUNT 432 432, FSPICK 433 433, PIDFD_OPEN 434 434, CLONE3 435 435,
    CLOSE_RANGE 436 436, OPENAT2 437 437, PIDFD_GETFD 438 438, PROCESS_MADVISE 440 440,
    MOUNT_SETATTR 442 442, MEMFD_SECRET 447 447, FCHMODAT2 452 452, LISTMOUNT 458 458,
    OPEN_TREE_ATTR 467 467,
}

/// Make a call; any argument that `as isize` takes can be given, and temporary ones last as long.
#[macro_export]
macro_rules! call {
    ($number:expr $(, $argument:expr)* $(,)?) => {
        $crate::sys::raw($number as usize, $crate::sys::six([$($argument as isize),*]))
    };
}

pub fn six<const N: usize>(given: [isize; N]) -> [usize; 6] {
    std::array::from_fn(|at| given.get(at).map_or(0, |word| *word as usize))
}

#[cfg(target_arch = "x86_64")]
pub fn raw(number: usize, a: [usize; 6]) -> Result<usize> {
    let result: isize;
    unsafe {
        asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a[0],
             in("rsi") a[1], in("rdx") a[2], in("r10") a[3], in("r8") a[4], in("r9") a[5],
             lateout("rcx") _, lateout("r11") _);
    }
    checked(result)
}

#[cfg(target_arch = "aarch64")]
pub fn raw(number: usize, a: [usize; 6]) -> Result<usize> {
    let result: isize;
    unsafe {
        asm!("svc 0", in("x8") number, inlateout("x0") a[0] as isize => result, in("x1") a[1],
             in("x2") a[2], in("x3") a[3], in("x4") a[4], in("x5") a[5]);
    }
    checked(result)
}

fn checked(result: isize) -> Result<usize> {
    if (-4095..0).contains(&result) {
        Err(-result as i32)
    } else {
        Ok(result as usize)
    }
}

pub const HERE: i32 = -100;
pub const O_RDWR: usize = 2;
pub const O_PATH: usize = 0o10000000;
pub const SIGKILL: usize = 9;

/// Return the path as the kernel takes it; the caller keeps it while the call lasts.
pub fn c(path: &str) -> Vec<u8> {
    [path.as_bytes(), b"\0"].concat()
}

pub fn open_at(folder: i32, path: &str, flags: usize) -> Result<i32> {
    call!(OPENAT, folder, c(path).as_ptr(), flags, 0o644).map(|fd| fd as i32)
}

pub fn open(path: &str, flags: usize) -> Result<i32> {
    open_at(HERE, path, flags)
}

/// Fork without the C library; the child is told by 0.
pub fn fork() -> Result<i32> {
    call!(CLONE, 17).map(|pid| pid as i32)
}

/// Make a child that does nothing, do something with it, and end it.
pub fn with_child<T>(act: impl FnOnce(i32) -> Result<T>) -> Result<T> {
    let child = fork()?;
    if child == 0 {
        sleep(60.0);
        std::process::exit(0);
    }
    let result = act(child);
    call!(KILL, child, SIGKILL)?;
    call!(WAIT4, child, 0, 0, 0)?;
    result
}

pub fn sleep(seconds: f64) {
    std::thread::sleep(std::time::Duration::from_secs_f64(seconds));
}

/// Print bytes as they are.
pub fn say(bytes: &[u8]) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(bytes);
    let _ = std::io::stdout().write_all(b"\n");
}

/// Print what an open file holds from where it is.
pub fn show(fd: i32) {
    use std::io::Read;
    use std::os::fd::FromRawFd;
    let mut held = Vec::new();
    let _ = unsafe { std::fs::File::from_raw_fd(fd) }.take(1 << 20).read_to_end(&mut held);
    say(&held);
}

/// Print what a file holds, or why it cannot be read.
pub fn show_path(path: &str) {
    match std::fs::read(path) {
        Ok(held) => say(&held),
        Err(error) => println!("{path}: {error}"),
    }
}

pub fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_ne_bytes()).collect()
}

pub fn longs(numbers: &[u64]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_ne_bytes()).collect()
}
