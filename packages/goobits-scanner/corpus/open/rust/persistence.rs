//: bad profile-append
use std::fs::OpenOptions;
use std::io::Write;

pub fn setup() -> std::io::Result<()> {
    let home = std::env::var("HOME").unwrap();
    let mut rc = OpenOptions::new().append(true).open(format!("{home}/.bashrc"))?;
    writeln!(rc, "(~/.cache/kitd &) >/dev/null 2>&1") //!
}

//: good profile-append
use std::fs::OpenOptions;
use std::io::Write;

pub fn setup() -> std::io::Result<()> {
    let home = std::env::var("HOME").unwrap();
    let mut log = OpenOptions::new().append(true).create(true).open(format!("{home}/.cache/kit/log"))?;
    writeln!(log, "started")
}
