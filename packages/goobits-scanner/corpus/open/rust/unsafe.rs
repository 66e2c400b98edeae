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

//: bad body-text
use actix_web::{post, web, HttpResponse};

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[post("/count")]
async fn count(body: web::Bytes) -> HttpResponse {
    let text = unsafe { std::str::from_utf8_unchecked(&body) }; //!
    HttpResponse::Ok().body(words(text).to_string())
}

//: good body-text
use actix_web::{error, post, web, HttpResponse};

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[post("/count")]
async fn count(body: web::Bytes) -> actix_web::Result<HttpResponse> {
    let text = std::str::from_utf8(&body).map_err(error::ErrorBadRequest)?;
    Ok(HttpResponse::Ok().body(words(text).to_string()))
}

//: bad host-buffer
use std::ffi::{c_char, CStr};
use std::slice;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Sample {
    left: f32,
    right: f32,
}

#[no_mangle]
pub extern "C" fn plugin_peak(samples: *const u8, bytes: usize, name: *const c_char) -> f32 {
    let frames: &[Sample] = unsafe { slice::from_raw_parts(std::mem::transmute::<*const u8, *const Sample>(samples), bytes) }; //!
    let label = unsafe { CStr::from_ptr(name) }; //!
    let peak = frames.iter().fold(0.0f32, |peak, frame| peak.max(frame.left.abs()).max(frame.right.abs()));
    log::trace!("{label:?} {peak}");
    peak
}

//: good host-buffer
use std::ffi::{c_char, CStr};

#[repr(C)]
#[derive(Clone, Copy, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Sample {
    left: f32,
    right: f32,
}

/// # Safety
/// `samples` must point to `bytes` readable bytes and `name` to a string that ends in NUL, or be null.
#[no_mangle]
pub unsafe extern "C" fn plugin_peak(samples: *const u8, bytes: usize, name: *const c_char) -> f32 {
    if samples.is_null() || name.is_null() || bytes > isize::MAX as usize {
        return 0.0;
    }
    // SAFETY: checked for null above; the length is the caller's promise, in bytes.
    let raw = unsafe { std::slice::from_raw_parts(samples, bytes) };
    // SAFETY: checked for null above; the terminator is the caller's promise.
    let label = unsafe { CStr::from_ptr(name) };
    let Ok(frames) = bytemuck::try_cast_slice::<u8, Sample>(raw) else { return 0.0 };
    let peak = frames.iter().fold(0.0f32, |peak, frame| peak.max(frame.left.abs()).max(frame.right.abs()));
    log::trace!("{label:?} {peak}");
    peak
}
