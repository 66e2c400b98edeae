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
