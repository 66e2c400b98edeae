//! The walls themselves: namespaces, mounts, roots, privileges and control groups.

use crate::call;
use crate::files::show_secrets;
use crate::sys::*;
use crate::world::World;
use crate::Named;

const NEW_NS: usize = 0x20000;
const NEW_USER: usize = 0x10000000;

pub const ATTACKS: &[Named] = &[
    ("unshares-the-user-namespace", |_| unshares(NEW_USER)),
    ("unshares-the-mount-namespace", |_| unshares(NEW_NS)),
    ("unshares-the-network-namespace", |_| unshares(0x40000000)),
    ("clones-a-user-namespace", |_| clones(NEW_USER | 17)),
    ("clones-with-high-bits", |_| clones(1 << 40 | NEW_USER | 17)),
    ("clones-by-structure", clones_by_structure),
    ("joins-the-mnt-namespace", |world| joins(world, "mnt")),
    ("joins-the-net-namespace", |world| joins(world, "net")),
    ("joins-by-pidfd", |_| {
        let pidfd = call!(PIDFD_OPEN, std::process::id(), 0)?;
        call!(SETNS, pidfd, 0x4C000000).map(|_| true)
    }),
    ("becomes-root-of-a-namespace", |_| root_of_a_namespace().map(|_| true)),
    ("mounts-as-root-of-a-namespace", |_| {
        root_of_a_namespace()?;
        mount("none", "/tmp", "tmpfs", 0)
    }),
    ("uncovers-in-a-namespace", uncovers_in_a_namespace),
    ("mounts-a-tmpfs", |_| mount("none", "/tmp", "tmpfs", 0)),
    ("mounts-by-descriptors", mounts_by_descriptors),
    ("copies-a-tree-of-mounts", copies_a_tree_of_mounts),
    ("copies-a-tree-with-attributes", copies_a_tree_with_attributes),
    ("remounts-by-attributes", remounts_by_attributes),
    ("remounts-writable", remounts_writable),
    ("reconfigures-a-file-system", |_| call!(FSPICK, HERE, c("/tmp").as_ptr(), 0).map(|_| true)),
    ("lists-mounts-by-number", lists_mounts_by_number),
    ("pivots-the-root", pivots_the_root),
    ("changes-the-root", |_| call!(CHROOT, c("/tmp").as_ptr()).map(|_| true)),
    ("leaves-the-root-twice-changed", leaves_the_root_twice_changed),
    ("becomes-another", becomes_another_user),
    ("has-capabilities", has_capabilities),
    ("drops-its-groups", |_| call!(SETGROUPS, 0, 0).map(|_| true)),
    ("name-of-the-host", |_| call!(SETHOSTNAME, c("evil").as_ptr(), 4).map(|_| true)),
];

fn unshares(flags: usize) -> Answer {
    call!(UNSHARE, flags).map(|_| true)
}

fn ended_at_once(child: usize) -> Answer {
    if child == 0 {
        std::process::exit(0);
    }
    call!(WAIT4, child, 0, 0, 0).map(|_| true)
}

fn clones(flags: usize) -> Answer {
    call!(CLONE, flags).and_then(ended_at_once)
}

fn clones_by_structure(_: &World) -> Answer {
    let mut said = [0u64; 11];
    (said[0], said[4]) = (NEW_USER as u64, 17);
    call!(CLONE3, said.as_ptr(), 88).and_then(ended_at_once)
}

fn joins(world: &World, kind: &str) -> Answer {
    let mut answer = Err(3);
    for pid in [world.number("victim"), world.number("host_pid"), 1, call!(GETPPID)?] {
        let joined = open(&format!("/proc/{pid}/ns/{kind}"), 0);
        if joined.and_then(|fd| call!(SETNS, fd, 0)).is_ok() {
            answer = Ok(true);
        }
    }
    answer
}

fn root_of_a_namespace() -> Answer {
    let found = crate::tasks::user();
    call!(UNSHARE, NEW_USER | NEW_NS)?;
    let write = |name: &str, text: &str| {
        let file = open(&format!("/proc/self/{name}"), 1)?;
        call!(WRITE, file, text.as_ptr(), text.len())
    };
    write("setgroups", "deny")?;
    write("uid_map", &format!("0 {found} 1"))?;
    Ok(crate::tasks::user() == 0)
}

fn mount(source: &str, target: &str, kind: &str, flags: usize) -> Answer {
    let (source, target, kind) = (c(source), c(target), c(kind));
    call!(MOUNT, source.as_ptr(), target.as_ptr(), kind.as_ptr(), flags, 0).map(|_| true)
}

fn uncovers_in_a_namespace(world: &World) -> Answer {
    let _ = call!(UNSHARE, NEW_USER | NEW_NS);
    for path in world.list("secrets") {
        let _ = call!(UMOUNT, c(&path).as_ptr(), 2);
    }
    show_secrets(world)
}

fn mounts_by_descriptors(_: &World) -> Answer {
    let context = call!(FSOPEN, c("tmpfs").as_ptr(), 0)?;
    call!(FSCONFIG, context, 6, 0, 0, 0)?;
    let mounted = call!(FSMOUNT, context, 0, 0)? as i32;
    open_at(mounted, "file", 0o101).map(|_| true)
}

fn copies_a_tree_of_mounts(_: &World) -> Answer {
    let tree = call!(OPEN_TREE, HERE, c(".").as_ptr(), 1)? as i32;
    show(open_at(tree, ".env", 0)?);
    Ok(true)
}

fn copies_a_tree_with_attributes(_: &World) -> Answer {
    let attributes = longs(&[0, 1, 0, 0]); // without MOUNT_ATTR_RDONLY
    call!(OPEN_TREE_ATTR, HERE, c(".").as_ptr(), 1, attributes.as_ptr(), 32).map(|_| true)
}

fn remounts_by_attributes(_: &World) -> Answer {
    let attributes = longs(&[0, 1, 0, 0]);
    let mut answer = Err(1);
    for path in [".", "/usr", "/tmp", "/"] {
        if call!(MOUNT_SETATTR, HERE, c(path).as_ptr(), 0, attributes.as_ptr(), 32).is_ok() {
            answer = Ok(true);
        }
    }
    answer
}

fn remounts_writable(world: &World) -> Answer {
    let mut answer = Err(1);
    for path in ["/usr", "/", &world.text("project")] {
        if mount("none", path, "none", 4096 | 32).is_ok() {
            answer = Ok(true);
        }
    }
    answer
}

/// statmount and listmount tell of mounts that /proc/self/mountinfo does not show.
fn lists_mounts_by_number(_: &World) -> Answer {
    let asked = longs(&[24, u64::MAX, 0]);
    let mut found = [0u64; 64];
    call!(LISTMOUNT, asked.as_ptr(), found.as_mut_ptr(), found.len(), 0).map(|count| count > 0)
}

fn pivots_the_root(_: &World) -> Answer {
    let _ = std::fs::create_dir_all("/tmp/root");
    mount("none", "/tmp/root", "tmpfs", 0)?;
    let _ = std::fs::create_dir_all("/tmp/root/old");
    call!(PIVOT_ROOT, c("/tmp/root").as_ptr(), c("/tmp/root/old").as_ptr()).map(|_| true)
}

fn leaves_the_root_twice_changed(world: &World) -> Answer {
    let _ = std::fs::create_dir_all("/tmp/jail");
    let outside = open(".", 0)?;
    let _ = call!(CHROOT, c("/tmp/jail").as_ptr());
    let _ = call!(FCHDIR, outside);
    for _ in 0..64 {
        let _ = std::env::set_current_dir("..");
    }
    let _ = call!(CHROOT, c(".").as_ptr());
    show_secrets(world)
}

fn becomes_another_user(_: &World) -> Answer {
    let other = if crate::tasks::user() == 0 { 12345 } else { 0 };
    call!(SETRESUID, other, other, other).map(|_| true)
}

/// Ask for all that there are, and say whether there is any now.
fn has_capabilities(_: &World) -> Answer {
    let head = words(&[0x20080522, 0]);
    let all = words(&[u32::MAX, u32::MAX, 0, 0x1FF, 0x1FF, 0]);
    let _ = call!(CAPSET, head.as_ptr(), all.as_ptr());
    let mut held = [0u32; 6];
    call!(CAPGET, head.as_ptr(), held.as_mut_ptr()).map(|_| held.iter().any(|mask| *mask != 0))
}
