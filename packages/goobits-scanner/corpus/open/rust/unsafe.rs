//: bad header
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Header {
    kind: u16,
    size: u32,
}

pub fn header(packet: &[u8]) -> Header {
    let bytes: [u8; 8] = packet[..8].try_into().unwrap();
    unsafe { std::mem::transmute::<[u8; 8], Header>(bytes) } //!!
}
//: good header
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Header {
    kind: u16,
    size: u32,
}

pub fn header(packet: &[u8]) -> Header {
    let kind = u16::from_le_bytes(packet[..2].try_into().unwrap());
    let size = u32::from_le_bytes(packet[4..8].try_into().unwrap());
    Header { kind, size }
}
//: bad slices
use axum::extract::Query;

pub struct Window {
    start: usize,
    length: usize,
}

pub async fn window(Query(query): Query<Window>) -> Vec<u8> {
    let pointer = query.start as *const u8;
    unsafe { std::slice::from_raw_parts(pointer, query.length) }.to_vec() //!!
}
//: good slices
use axum::extract::{Query, State};

pub struct Window {
    start: usize,
    length: usize,
}

pub async fn window(State(data): State<Vec<u8>>, Query(query): Query<Window>) -> Vec<u8> {
    let end = query.start.saturating_add(query.length);
    data.get(query.start..end).unwrap_or_default().to_vec()
}
