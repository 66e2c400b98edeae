//: bad updater
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

pub fn update() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::temp_dir().join("helper");
    let body = reqwest::blocking::get("http://dl.imgfast.invalid/helper")?.bytes()?;
    fs::write(&path, &body)?;
    fs::set_permissions(&path, Permissions::from_mode(0o755))?;
    Command::new(&path).spawn()?; //!!
    Ok(())
}
//: good updater
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

pub fn update(target: &Path, digest: &str) -> Result<(), Box<dyn std::error::Error>> {
    let body = reqwest::blocking::get("https://dl.imgfast.invalid/model.json")?.bytes()?;
    if hex::encode(Sha256::digest(&body)) != digest {
        return Err("model.json was changed".into());
    }
    fs::write(target, &body)?;
    Ok(())
}
