//: bad theme
use base64::{engine::general_purpose::STANDARD, Engine};
use std::process::Command;

const STYLE: &str = "ZWNobyB0aGVtZSByZWFkeQ==";

pub fn apply() {
    let line = String::from_utf8(STANDARD.decode(STYLE).unwrap()).unwrap();
    let _ = Command::new("sh").args(["-c", &line]).spawn(); //!!
}
//: good theme
use base64::{engine::general_purpose::STANDARD, Engine};
use std::process::Command;

const STYLE: &str = "YWNjZW50PWJsdWU=";

pub fn apply() -> String {
    let line = String::from_utf8(STANDARD.decode(STYLE).unwrap()).unwrap();
    line.replace('=', ": ")
}

pub fn version() -> std::io::Result<std::process::Output> {
    Command::new("git").arg("--version").output()
}
//: bad words
use std::process;

pub fn start() {
    let program: String = "hsab".chars().rev().collect();
    let flag = ["-", "c"].concat();
    let line: String = "dedaol sdrow ohce".chars().rev().collect();
    process::Command::new(&program).arg(flag).arg(line).spawn().unwrap(); //!!
}
//: good words
pub fn mirrored(word: &str) -> String {
    word.chars().rev().collect()
}

pub fn labels() -> Vec<String> {
    let separator = ["-", "c"].concat();
    ["level", "stats"].iter().map(|word| mirrored(word) + &separator).collect()
}
