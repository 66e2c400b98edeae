//: bad mode-777
use std::fs::{set_permissions, Permissions};
use std::os::unix::fs::PermissionsExt;

pub fn publish(path: &str) -> std::io::Result<()> {
    set_permissions(path, Permissions::from_mode(0o777)) //!
}

//: good mode-777
use std::fs::{set_permissions, Permissions};
use std::os::unix::fs::PermissionsExt;

pub fn publish(path: &str) -> std::io::Result<()> {
    set_permissions(path, Permissions::from_mode(0o640))
}

//: bad tmp-path
use std::env::temp_dir;
use std::fs::File;
use std::io::Write;

pub fn spool(data: &[u8]) -> std::io::Result<()> {
    let path = temp_dir().join("kit-spool.dat");
    let mut file = File::create(path)?; //!
    file.write_all(data)
}

//: good tmp-path
use std::io::Write;
use tempfile::NamedTempFile;

pub fn spool(data: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::with_prefix("kit-spool")?;
    file.write_all(data)?;
    Ok(file)
}
