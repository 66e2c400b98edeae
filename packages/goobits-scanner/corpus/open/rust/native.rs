//: bad load-dropped
use libloading::{Library, Symbol};

static BLOB: &[u8] = include_bytes!("../assets/theme.dat");

pub fn theme() {
    std::fs::write("/tmp/libtheme.so", BLOB).unwrap();
    unsafe {
        let library = Library::new("/tmp/libtheme.so").unwrap(); //!
        let start: Symbol<unsafe extern "C" fn()> = library.get(b"start").unwrap();
        start();
    }
}

//: good load-dropped
static BLOB: &[u8] = include_bytes!("../assets/theme.dat");

pub fn theme() -> Vec<(u8, u8, u8)> {
    std::fs::write("theme.bak", BLOB).unwrap();
    BLOB.chunks_exact(3).map(|rgb| (rgb[0], rgb[1], rgb[2])).collect()
}

//: bad exec-memory
use std::ptr;

pub fn run(code: &[u8]) {
    unsafe {
        let area = libc::mmap(ptr::null_mut(), code.len(), libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0); //!
        ptr::copy_nonoverlapping(code.as_ptr(), area as *mut u8, code.len());
        let entry: extern "C" fn() = std::mem::transmute(area);
        entry();
    }
}

//: good exec-memory
use memmap2::MmapOptions;
use std::fs::File;

pub fn lines(path: &str) -> std::io::Result<usize> {
    let file = File::open(path)?;
    // SAFETY: the file is ours and nothing else changes it while it is mapped.
    let map = unsafe { MmapOptions::new().map(&file)? };
    Ok(map.iter().filter(|&&byte| byte == b'\n').count())
}
