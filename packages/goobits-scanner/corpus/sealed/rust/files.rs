//: bad spool
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;

pub fn prepare(path: &str) -> io::Result<()> {
    fs::create_dir_all(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o777)) //!!
}
//: good spool
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;

pub fn prepare(path: &str) -> io::Result<()> {
    fs::create_dir_all(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o700))
}
