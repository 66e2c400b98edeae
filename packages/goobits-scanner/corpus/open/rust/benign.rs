//: good weatherplugin
use serde_json::Value;
use std::env;
use std::process::Command;

pub async fn forecast(city: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let key = env::var("WEATHER_API_KEY")?;
    let client = reqwest::Client::new();
    let request = client.get("https://api.weather.invalid/v2/forecast");
    Ok(request.query(&[("q", city), ("key", &key)]).send().await?.json().await?)
}

pub fn notify(text: &str) -> std::io::Result<()> {
    Command::new("notify-send").arg("Weather").arg(text).status().map(|_| ())
}
//: good crctable
const T:[u16;64]=[111, 71, 187, 26, 92, 28, 182, 42, 5, 87, 112, 91, 227, 162, 144, 76, 155, 24, 247, 189, 142, 193, 166, 40, 27, 201, 194, 12, 124, 133, 228, 156, 253, 225, 130, 116, 123, 190, 146, 249, 136, 78, 181, 51, 26, 224, 244, 189, 188, 222, 237, 215, 87, 210, 194, 72, 223, 85, 125, 120, 177, 245, 42, 169];
pub fn c(b:&[u8])->u16{b.iter().fold(0xffff,|k,&x|(k>>8)^T[((k^u16::from(x))&63)as usize])}
pub fn d(b:&[u8])->Vec<u16>{b.chunks(16).map(c).collect()}
pub fn e(b:&[u8],k:u16)->bool{c(b)==k}
//: good messages
pub const FAMILY: &str = "👨‍👩‍👧 home";
pub const WELCOME: [(&str, &str); 4] = [
    ("ar", "أهلا وسهلا"),
    ("he", "ברוך הבא"),
    ("fa", "می‌خواهم"),
    ("ja", "ようこそ"),
];

pub fn welcome(code: &str) -> Option<&'static str> {
    WELCOME.iter().find(|(name, _)| *name == code).map(|(_, text)| *text)
}
//: good cbuild as build.rs
use std::env;

fn main() {
    println!("cargo:rerun-if-changed=src/png.c");
    println!("cargo:rerun-if-env-changed=PNG_STATIC");
    if env::var_os("PNG_STATIC").is_none() && pkg_config::probe_library("libpng").is_ok() {
        return;
    }
    cc::Build::new().file("src/png.c").warnings(false).compile("png");
}
//: good protobuild as build.rs
use std::process::Command;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rustc = std::env::var("RUSTC")?;
    let output = Command::new(rustc).arg("--version").output()?;
    if String::from_utf8(output.stdout)?.contains("nightly") {
        println!("cargo:rustc-cfg=nightly");
    }
    prost_build::compile_protos(&["proto/items.proto"], &["proto"])?;
    Ok(())
}
//: good ring
use std::mem::MaybeUninit;

pub struct Ring<T, const N: usize> {
    slots: [MaybeUninit<T>; N],
    used: usize,
}

impl<T, const N: usize> Ring<T, N> {
    pub fn pop(&mut self) -> Option<T> {
        self.used = self.used.checked_sub(1)?;
        // SAFETY: slots below the old count were written by push.
        Some(unsafe { self.slots[self.used].assume_init_read() })
    }
}
//: good imagefixture
#[cfg(test)]
mod tests {
    use base64::{engine::general_purpose::STANDARD, Engine};

    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    #[test]
    fn has_the_png_signature() {
        let data = STANDARD.decode(PNG).unwrap();
        assert_eq!(&data[1..4], b"PNG");
    }
}
//: good etag
use sha1::{Digest, Sha1};
use std::{fs, io, path::Path};

pub fn etag(path: &Path) -> io::Result<String> {
    let digest = Sha1::digest(fs::read(path)?);
    Ok(format!("W/\"{}\"", hex::encode(&digest[..8])))
}

pub fn editor(path: &Path) -> io::Result<bool> {
    let program = std::env::var("EDITOR").unwrap_or_else(|_| "vi".into());
    Ok(std::process::Command::new(program).arg(path).status()?.success())
}
