//: good cli-clap
use clap::Parser;
use std::path::PathBuf;
use std::process::Command;

#[derive(Parser)]
struct Options {
    /// The file to open
    file: PathBuf,
}

fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let editor = std::env::var("EDITOR").unwrap_or_else(|_| "vi".into());
    Command::new(editor).arg(options.file).status()?;
    Ok(())
}

//: good build-bindgen as build.rs
use std::path::PathBuf;

fn main() {
    let library = pkg_config::probe_library("zlib").unwrap();
    let out = PathBuf::from(std::env::var("OUT_DIR").unwrap());
    bindgen::Builder::default()
        .header("wrapper.h")
        .clang_args(library.include_paths.iter().map(|p| format!("-I{}", p.display())))
        .generate()
        .unwrap()
        .write_to_file(out.join("bindings.rs"))
        .unwrap();
}

//: good ffi-wrapper
//! Safe bindings of the checksum library.
use std::ffi::CStr;

extern "C" {
    fn zlibVersion() -> *const std::os::raw::c_char;
}

/// Return the version of the linked library.
pub fn version() -> &'static str {
    // SAFETY: the library returns a static, NUL-terminated text.
    unsafe { CStr::from_ptr(zlibVersion()) }.to_str().unwrap_or("")
}

//: good derive-macro
use proc_macro::TokenStream;
use quote::quote;

#[proc_macro_attribute]
pub fn timed(_: TokenStream, item: TokenStream) -> TokenStream {
    let function = syn::parse_macro_input!(item as syn::ItemFn);
    let (name, block) = (&function.sig.ident, &function.block);
    quote! { fn #name() { let start = std::time::Instant::now(); #block; eprintln!("{:?}", start.elapsed()); } }.into()
}
