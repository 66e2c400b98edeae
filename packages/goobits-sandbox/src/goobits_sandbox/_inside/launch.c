/* The last steps before a guest runs, taken inside its namespaces: no C library, no allocation.
 *
 *   launch FD          read what to do from FD (NUL-terminated words, see _words in _plan.py), do it, exec.
 *
 * As "stage" it mounts the tmpfs and the overlays over which a guest writes, hands their upper
 * folders to the host, gives up every capability and becomes the bwrap that makes the sandbox.
 * As "guest" it binds the proxy's port, sets limits, starts a child that applies Landlock, says
 * that all of it holds and becomes the guest, and tells the host how that one ended and what it
 * used. In a test the child tries what no guest may do.
 *
 * Everything it was not told to do, and everything that fails, ends it: what it writes to the
 * control socket is all that the host goes by. The parent is outside of the guest's Landlock
 * domain, so the guest can neither trace it nor take that socket from it. Words come from the host
 * alone. Built by build.sh; the bytes beside this file are what the wheel ships.
 */

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

/* System calls ------------------------------------------------------------------------------ */

#if defined(__x86_64__)
enum { SYS_read = 0, SYS_fstat = 5, SYS_mmap = 9, SYS_ioctl = 16, SYS_socket = 41,
       SYS_connect = 42, SYS_sendmsg = 46, SYS_bind = 49, SYS_listen = 50, SYS_exit = 60,
       SYS_kill = 62, SYS_fcntl = 72, SYS_getuid = 102, SYS_ptrace = 101, SYS_capget = 125,
       SYS_capset = 126, SYS_prctl = 157, SYS_mount = 165, SYS_openat = 257, SYS_mkdirat = 258,
       SYS_unshare = 272, SYS_prlimit64 = 302, SYS_execve = 59, SYS_umask = 95,
       SYS_clone = 56, SYS_wait4 = 61 };
static long call(long n, long a, long b, long c, long d, long e, long f) {
    long result;
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    __asm__ volatile("syscall" : "=a"(result)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}
__asm__(".globl _start\n_start:\n xor %ebp,%ebp\n mov %rsp,%rdi\n and $-16,%rsp\n call run\n");
#elif defined(__aarch64__)
enum { SYS_read = 63, SYS_fstat = 80, SYS_mmap = 222, SYS_ioctl = 29, SYS_socket = 198,
       SYS_connect = 203, SYS_sendmsg = 211, SYS_bind = 200, SYS_listen = 201, SYS_exit = 93,
       SYS_kill = 129, SYS_fcntl = 25, SYS_getuid = 174, SYS_ptrace = 117, SYS_capget = 90,
       SYS_capset = 91, SYS_prctl = 167, SYS_mount = 40, SYS_openat = 56, SYS_mkdirat = 34,
       SYS_unshare = 97, SYS_prlimit64 = 261, SYS_execve = 221, SYS_umask = 166,
       SYS_clone = 220, SYS_wait4 = 260 };
static long call(long n, long a, long b, long c, long d, long e, long f) {
    register long x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c, x3 __asm__("x3") = d, x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc #0" : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
}
__asm__(".globl _start\n_start:\n mov x29,#0\n mov x0,sp\n and sp,x0,#-16\n b run\n");
#else
#error "the sandbox knows x86_64 and aarch64"
#endif

enum { SYS_io_uring_setup = 425, SYS_close_range = 436, SYS_landlock_create_ruleset = 444,
       SYS_landlock_add_rule = 445, SYS_landlock_restrict_self = 446 };

#define call1(n, a) call(n, (long)(a), 0, 0, 0, 0, 0)
#define call2(n, a, b) call(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define call3(n, a, b, c) call(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define call4(n, a, b, c, d) call(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define call5(n, a, b, c, d, e) \
    call(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)

enum { AT_FDCWD = -100, O_PATH = 010000000, O_CLOEXEC = 02000000, O_RDWR = 2, O_CREAT = 0100,
#if defined(__x86_64__)
       O_DIRECTORY = 0200000,
#else
       O_DIRECTORY = 040000,
#endif
       AF_UNIX = 1, AF_INET = 2, AF_VSOCK = 40, SOCK_STREAM = 1, SOCK_CLOEXEC = 02000000,
       EPERM = 1, ENOSYS = 38, EACCES = 13 };

/* Words and the control socket -------------------------------------------------------------- */

static __attribute__((noreturn)) void leave(int status) {
    for (;;) call1(SYS_exit, status);
}

static char *word, *end;  /* the next word, and where words end */
static int control = -1;

struct report { char letter, step; u16 number; u32 status; u64 microseconds, kibibytes; };

static void send(struct report text, int passed) {
    struct { void *base; u64 length; } part;
    struct { u64 length; int level, type; int descriptor; int padding; } rights = { 20, 1, 1, 0, 0 };
    struct { void *name; u32 name_length; void *parts; u64 count; void *extra; u64 extra_length;
             int flags; } message = { 0, 0, &part, 1, 0, 0, 0 };
    part.base = &text;
    part.length = sizeof text;
    if (passed >= 0) {
        rights.descriptor = passed;
        message.extra = &rights;
        message.extra_length = sizeof rights;
    }
    call3(SYS_sendmsg, control, &message, 0x4000 /* MSG_NOSIGNAL */);
}

static void report(char letter, char step, long number, int passed) {
    send((struct report){ letter, step, (u16)number, 0, 0, 0 }, passed);
}

static __attribute__((noreturn)) void fail(char step, long error) {
    report('F', step, -error, -1);
    leave(125);
}

static long must(char step, long result) {
    if (result < 0) fail(step, result);
    return result;
}

static char *next(void) {
    char *start = word;
    while (word < end && *word) word++;
    if (word >= end) fail('w', -1);
    word++;
    return start;
}

static u64 number(void) {
    u64 value = 0;
    for (char *digit = next(); *digit; digit++) value = value * 10 + (u64)(*digit - '0');
    return value;
}

static void read_words(int fd) {
    u64 status[18];
    must('s', call2(SYS_fstat, fd, status));
    u64 size = status[6]; /* st_size, on both */
    if (!size) fail('s', -1);
    word = (char *)must('m', call(SYS_mmap, 0, (long)size, 3, 2 /* MAP_PRIVATE */, fd, 0));
    end = word + size;
}

/* The rest of the words, as what execve takes. */
static char **arguments(void) {
    static char *list[65536];
    u64 count = 0;
    while (word < end) {
        if (count == sizeof list / sizeof *list - 1) fail('a', -7);
        list[count++] = next();
    }
    if (!count) fail('a', -1);
    return list;
}

static void keep(int fd) { must('k', call3(SYS_fcntl, fd, 2 /* F_SETFD */, 0)); }

/* Landlock ---------------------------------------------------------------------------------- */

enum { FS_EXECUTE = 1, FS_WRITE = 2, FS_READ = 4, FS_READ_DIR = 8, FS_ALL_1 = 0x1fff,
       FS_REFER = 0x2000, FS_TRUNCATE = 0x4000, FS_IOCTL_DEV = 0x8000, FS_OF_FILES = 0xc007 };

static u64 handled_fs;
static int ruleset = -1;

static void open_ruleset(void) {
    long abi = must('l', call3(SYS_landlock_create_ruleset, 0, 0, 1));
    struct { u64 fs, net, scoped; } handled = { FS_ALL_1 | FS_REFER, 0, 0 };
    if (abi < 2) fail('L', -abi);
    if (abi >= 3) handled.fs |= FS_TRUNCATE;
    if (abi >= 4) handled.net = 3;      /* bind and connect TCP */
    if (abi >= 5) handled.fs |= FS_IOCTL_DEV;
    if (abi >= 6) handled.scoped = 3;   /* abstract Unix sockets, signals */
    u64 size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    handled_fs = handled.fs;
    ruleset = (int)must('l', call3(SYS_landlock_create_ruleset, &handled, size, 0));
}

static void allow_path(char *path, u64 access) {
    u64 status[18];
    long fd = must('p', call4(SYS_openat, AT_FDCWD, path, O_PATH | O_CLOEXEC, 0));
    must('p', call2(SYS_fstat, fd, status));
#if defined(__x86_64__)
    u32 mode = (u32)status[3];
#else
    u32 mode = (u32)status[2];
#endif
    if ((mode & 0170000) != 0040000) access &= FS_OF_FILES;
    struct __attribute__((packed)) { u64 access; int fd; } rule = { access & handled_fs, (int)fd };
    must('r', call4(SYS_landlock_add_rule, ruleset, 1, &rule, 0));
}

static void allow_port(u64 port) {
    struct { u64 access, port; } rule = { 2 /* connect */, port };
    long result = call4(SYS_landlock_add_rule, ruleset, 2, &rule, 0);
    if (result < 0 && result != -22 /* a kernel without rules for ports */) fail('q', result);
}

/* The steps --------------------------------------------------------------------------------- */

static void listen_for_proxy(u64 port) {
    u8 address[16] = { AF_INET, 0, (u8)(port >> 8), (u8)port, 127, 0, 0, 1 };
    long fd = must('n', call3(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    must('n', call3(SYS_bind, fd, address, sizeof address));
    must('n', call2(SYS_listen, fd, 128));
    report('N', 0, 0, (int)fd);
}

static void limit(u64 resource, u64 value) {
    /* At the soft limit of CPU time a process is told, at the hard one it is killed. */
    u64 both[2] = { value, value + (resource == 0) };
    must('i', call4(SYS_prlimit64, 0, resource, both, 0));
}

static void check_powerless(void) {
    u32 header[2] = { 0x20080522, 0 }, sets[6];
    must('c', call2(SYS_capget, header, sets));
    if (sets[0] | sets[1] | sets[3] | sets[4]) fail('c', -EPERM);
    if (call1(SYS_getuid, 0) == 0) fail('u', -EPERM);
    if (call5(SYS_prctl, 39 /* PR_GET_NO_NEW_PRIVS */, 0, 0, 0, 0) != 1) fail('v', -EPERM);
    if (call5(SYS_prctl, 21 /* PR_GET_SECCOMP */, 0, 0, 0, 0) != 2) fail('f', -EPERM);
}

static void give_up_capabilities(void) {
    u32 header[2] = { 0x20080522, 0 }, none[6] = { 0 };
    must('c', call5(SYS_prctl, 47 /* PR_CAP_AMBIENT */, 4 /* clear all */, 0, 0, 0));
    must('c', call2(SYS_capset, header, none));
}

static void overlay(void) {
    char *options = next(), *target = next(), *upper = next();
    must('o', call5(SYS_mount, "overlay", target, "overlay", 1030 /* nosuid, nodev, noatime */,
                    options));
    long fd = must('o', call4(SYS_openat, AT_FDCWD, upper, O_DIRECTORY | O_CLOEXEC, 0));
    report('U', 0, 0, (int)fd);
}

/* Bit n is set when the nth thing that no guest may do has been done. */
static u32 attempts(char *canary, u64 port, u64 host_pid) {
    u8 address[16] = { AF_INET, 0, (u8)(port >> 8), (u8)port, 127, 0, 0, 1 };
    u64 core[2] = { 1, 1 };
    long inet = call3(SYS_socket, AF_INET, SOCK_STREAM, 0);
    u32 held = 0;
#define REFUSED(bit, result) if ((result) >= 0) held |= 1u << (bit)
    REFUSED(0, call4(SYS_openat, AT_FDCWD, canary, 0, 0));
    REFUSED(1, call4(SYS_openat, AT_FDCWD, "/proc/1/environ", 0, 0));
    REFUSED(2, call4(SYS_openat, AT_FDCWD, "/dev/goobits", O_RDWR | O_CREAT, 0600));
    REFUSED(3, call4(SYS_openat, AT_FDCWD, "/usr/goobits", O_RDWR | O_CREAT, 0600));
    REFUSED(4, call3(SYS_socket, AF_VSOCK, SOCK_STREAM, 0));
    REFUSED(5, call3(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
    if (inet >= 0) REFUSED(6, call3(SYS_connect, inet, address, sizeof address));
    REFUSED(7, call1(SYS_unshare, 0x10000000 /* CLONE_NEWUSER */));
    REFUSED(8, call5(SYS_mount, "none", "/tmp", "tmpfs", 0, 0));
    if (host_pid > 9) REFUSED(9, call2(SYS_kill, host_pid, 0));
    REFUSED(10, call4(SYS_ptrace, 0, 0, 0, 0));
    if (call2(SYS_io_uring_setup, 1, 0) != -ENOSYS) held |= 1u << 11;
    if (call3(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x") != -EPERM) held |= 1u << 12;
    call4(SYS_prlimit64, 0, 4 /* RLIMIT_CORE */, 0, core);
    if (core[0] | core[1]) held |= 1u << 13;
    return held;
}

static __attribute__((noreturn)) void become(char **list, char **environment) {
    report('S', 0, 0, -1);
    long error = call3(SYS_execve, list[0], list, environment);
    report('E', 0, -error, -1);
    leave(127);
}

static void stage(char **environment) {
    for (;;) switch (*next()) {
    case 'T': { char *where = next();
                must('t', call5(SYS_mount, "tmpfs", where, "tmpfs", 6, next())); break; }
    case 'B': { char *source = next();
                must('m', call5(SYS_mount, source, next(), 0, 4096 /* bind */, 0)); break; }
    case 'G': must('g', call3(SYS_mkdirat, AT_FDCWD, next(), 0755)); break;
    case 'O': overlay(); break;
    case 'X': { give_up_capabilities();
                char **list = arguments();
                fail('x', call3(SYS_execve, list[0], list, environment)); }
    default: fail('w', -2);
    }
}

static __attribute__((noreturn)) void try_all(void) {
    char *canary = next();
    u64 port = number();
    report('A', 0, attempts(canary, port, number()), -1);
    leave(0);
}

/* Wait for the guest, and leave as it did; children of it that it left behind are not ours. */
static __attribute__((noreturn)) void await(long child) {
    static u64 usage[18];
    u32 status = 0;
    for (int fd = 0; fd < 3; fd++) call3(SYS_close_range, fd, fd, 0);
    while (call4(SYS_wait4, child, &status, 0, usage) == -4 /* EINTR */) ;
    u64 microseconds = (usage[0] + usage[2]) * 1000000 + usage[1] + usage[3];
    send((struct report){ 'Q', 0, 0, status, microseconds, usage[4] }, -1);
    leave(status & 0x7f ? 128 + (int)(status & 0x7f) : (int)(status >> 8 & 0xff));
}

static void guest(char **environment) {
    int kept[64], count = 0;
    check_powerless();
    open_ruleset();
    for (;;) switch (*next()) {
    case 'R': allow_path(next(), FS_EXECUTE | FS_READ | FS_READ_DIR); break;
    case 'W': allow_path(next(), ~0ul & ~(u64)FS_IOCTL_DEV); break;
    case 'D': allow_path(next(), FS_READ | FS_WRITE | FS_READ_DIR | FS_TRUNCATE | FS_IOCTL_DEV); break;
    case 'V': allow_path(next(), FS_READ_DIR); break;
    case 'P': allow_port(number()); break;
    case 'L': listen_for_proxy(number()); break;
    case 'I': { u64 resource = number(); limit(resource, number()); break; }
    case 'K': if (count == 64) fail('k', -24); kept[count++] = (int)number(); break;
    case 'H': { char answer; /* hold until the host has put this process where it counts */
                report('H', 0, 0, -1);
                if (must('h', call3(SYS_read, control, &answer, 1)) != 1) fail('h', -1);
                break; }
    case 'X': case 'Y': {
        int test = word[-2] == 'Y';
        long child = must('b', call2(SYS_clone, 17 /* SIGCHLD */, 0));
        if (child) await(child);
        must('z', call3(SYS_close_range, 3, ~0u, 4 /* close on exec */));
        while (count) keep(kept[--count]);
#ifndef WITHOUT_LANDLOCK /* as the tests build it, to see what it holds */
        must('l', call2(SYS_landlock_restrict_self, ruleset, 0));
#endif
        call1(SYS_umask, 022);
        if (test) try_all();
        become(arguments(), environment); }
    default: fail('w', -2);
    }
}

__attribute__((noreturn, used)) void run(u64 *stack) {
    char **argv = (char **)(stack + 1), **environment = argv + stack[0] + 1;
    u64 fd = 0;
    if (stack[0] == 2)
        for (char *digit = argv[1]; *digit; digit++) fd = fd * 10 + (u64)(*digit - '0');
    if (!fd) leave(2);
    read_words((int)fd);
    char *role = next();
    control = (int)number();
    if (*role == 's') stage(environment); else guest(environment);
    leave(125);
}
