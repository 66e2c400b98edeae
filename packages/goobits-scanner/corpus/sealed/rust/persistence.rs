//: bad cron-write
use std::process::{Command, Stdio};
use std::io::Write;

pub fn schedule(program: &str) -> std::io::Result<()> {
    let mut child = Command::new("crontab").arg("-").stdin(Stdio::piped()).spawn()?;
    child.stdin.take().unwrap().write_all(format!("@reboot {program}\n").as_bytes()) //!
}

//: good cron-write
use std::process::{Command, Stdio};
use std::io::Write;

pub fn format(source: &str) -> std::io::Result<()> {
    let mut child = Command::new("rustfmt").arg("--check").stdin(Stdio::piped()).spawn()?;
    child.stdin.take().unwrap().write_all(source.as_bytes())
}
