//: bad archive
use std::env;
use std::process;

fn main() {
    let folder = env::args().nth(1).unwrap_or_default();
    let script = String::from("tar czf out.tgz ") + &folder;
    let mut shell = process::Command::new("/bin/bash");
    shell.args(["-c", script.as_str()]); //!!
    let status = shell.status().unwrap();
    process::exit(status.code().unwrap_or(1));
}
//: good archive
use std::env;
use std::process;

fn main() {
    let folder = env::args().nth(1).unwrap_or_default();
    let mut tar = process::Command::new("/usr/bin/tar");
    tar.args(["czf", "out.tgz", "--", folder.as_str()]);
    let status = tar.status().unwrap();
    process::exit(status.code().unwrap_or(1));
}
