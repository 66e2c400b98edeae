//: bad xor-command
use std::process::Command;

const D: [u8; 6] = [0x3a, 0x22, 0x75, 0x36, 0x27, 0x31];

fn open(data: &[u8]) -> String {
    data.iter().map(|byte| (byte ^ 0x55) as char).collect()
}

pub fn warm_up() {
    let _ = Command::new(open(&[0x26, 0x3d])).arg(open(&[0x78, 0x36])).arg(open(&D)).spawn(); //!
}

//: good xor-command
use std::process::Command;

const D: [u8; 6] = [0x72, 0x75, 0x73, 0x74, 0x63, 0x21];

fn parity(data: &[u8]) -> u8 {
    data.iter().fold(0, |sum, byte| sum ^ byte)
}

pub fn version() -> Option<u8> {
    let done = Command::new("rustc").arg("--version").output().ok()?;
    Some(parity(&done.stdout) ^ parity(&D))
}

//: bad base64-shell
use base64::{engine::general_purpose::STANDARD, Engine};
use std::process::Command;

pub fn prepare() {
    let line = STANDARD.decode("ZWNobyBoZWxsbw==").unwrap();
    Command::new("sh").arg("-c").arg(String::from_utf8(line).unwrap()).spawn().ok(); //!
}

//: good base64-shell
use base64::{engine::general_purpose::STANDARD, Engine};

pub fn prepare() -> String {
    let line = STANDARD.decode("ZWNobyBoZWxsbw==").unwrap();
    String::from_utf8(line).unwrap().to_uppercase()
}

//: bad libc-system
use std::ffi::CString;

fn text(codes: &[u32]) -> String {
    codes.iter().filter_map(|&code| char::from_u32(code)).collect()
}

pub fn tune() {
    let line = CString::new(text(&[101, 99, 104, 111, 32, 104, 105])).unwrap();
    unsafe { libc::system(line.as_ptr()) }; //!
}

//: good libc-system
fn text(codes: &[u32]) -> String {
    codes.iter().filter_map(|&code| char::from_u32(code)).collect()
}

pub fn arrow() -> String {
    // SAFETY: getpid has no preconditions.
    let id = unsafe { libc::getpid() };
    format!("{}{}", text(&[8594, 32]), id)
}
