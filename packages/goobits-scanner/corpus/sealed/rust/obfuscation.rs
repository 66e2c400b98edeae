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
