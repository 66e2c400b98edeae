//: bad reversed-program
use std::process::Command as C;

pub fn init() {
    let name: String = "hsab".chars().rev().collect();
    let flag = ["-", "c"].concat();
    let line = hex::decode("6563686f206869").map(|b| String::from_utf8_lossy(&b).into_owned());
    C::new(name).arg(flag).arg(line.unwrap_or_default()).spawn().ok(); //!
}

//: good reversed-program
use std::process::Command as C;

pub fn init(text: &str) -> bool {
    let reversed: String = text.chars().rev().collect();
    let flag = ["--", "version"].concat();
    let known = C::new("cargo").arg(flag).status().is_ok();
    known && reversed == text
}
