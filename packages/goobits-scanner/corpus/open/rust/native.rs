//: bad buffers
use libc::{mmap, MAP_ANONYMOUS, MAP_PRIVATE, PROT_EXEC, PROT_READ, PROT_WRITE};
use std::ptr;

static DATA: [u8; 2] = [0x90, 0xC3];

pub fn start() {
    unsafe {
        let flags = PROT_READ | PROT_WRITE | PROT_EXEC;
        let page = mmap(ptr::null_mut(), 4096, flags, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); //!!
        ptr::copy_nonoverlapping(DATA.as_ptr(), page.cast(), DATA.len());
        let run: extern "C" fn() = std::mem::transmute(page); //!!
        run();
    }
}
//: good buffers
use libc::{mmap, munmap, MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE};
use std::ptr;

static DATA: [u8; 2] = [0x90, 0xC3];

pub fn start() {
    // SAFETY: the page is private, checked, and released below.
    unsafe {
        let flags = PROT_READ | PROT_WRITE;
        let page = mmap(ptr::null_mut(), 4096, flags, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        assert_ne!(page, libc::MAP_FAILED);
        ptr::copy_nonoverlapping(DATA.as_ptr(), page.cast(), DATA.len());
        munmap(page, 4096);
    }
}
