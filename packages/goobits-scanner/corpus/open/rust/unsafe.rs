//: bad transmute-ref
pub struct View<'a> {
    bytes: &'a [u8],
}

impl<'a> View<'a> {
    pub fn number(&self) -> &'static u64 {
        unsafe { std::mem::transmute::<&u8, &'static u64>(&self.bytes[0]) } //!
    }
}

//: good transmute-ref
pub struct View<'a> {
    bytes: &'a [u8],
}

impl<'a> View<'a> {
    pub fn number(&self) -> u64 {
        u64::from_le_bytes(self.bytes[..8].try_into().unwrap())
    }
}

//: bad raw-slice
use std::os::raw::c_char;

#[no_mangle]
pub extern "C" fn checksum(data: *const c_char, len: usize) -> u32 {
    let slice = unsafe { std::slice::from_raw_parts(data as *const u8, len) }; //!
    slice.iter().map(|&byte| byte as u32).sum()
}

//: good raw-slice
#[derive(Clone, Copy)]
pub struct Checksum;

impl Checksum {
    pub fn of(self, data: &[u8]) -> u32 {
        data.iter().map(|&byte| byte as u32).sum()
    }
}

//: bad static-mut
static mut COUNTER: u64 = 0;

pub fn next() -> u64 {
    unsafe {
        COUNTER += 1; //!
        COUNTER
    }
}

//: good static-mut
use std::sync::atomic::{AtomicU64, Ordering};

static COUNTER: AtomicU64 = AtomicU64::new(0);

pub fn next() -> u64 {
    COUNTER.fetch_add(1, Ordering::Relaxed) + 1
}

//: bad send-impl
use std::cell::RefCell;
use std::rc::Rc;

pub struct Cache {
    inner: Rc<RefCell<Vec<String>>>,
}

unsafe impl Send for Cache {} //!
unsafe impl Sync for Cache {}

//: good send-impl
use std::sync::{Arc, Mutex};

pub struct Cache {
    inner: Arc<Mutex<Vec<String>>>,
}

impl Cache {
    pub fn push(&self, line: String) {
        self.inner.lock().unwrap().push(line);
    }
}
