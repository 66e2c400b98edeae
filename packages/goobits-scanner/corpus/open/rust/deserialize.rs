//: bad frames
use axum::body::Bytes;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Frame {
    pub name: String,
    pub rows: Vec<u8>,
}

pub async fn receive(body: Bytes) -> String {
    let header: &rkyv::Archived<Header> = unsafe { rkyv::access_unchecked(&body) }; //!!
    header.name.to_string()
}
//: good frames
use axum::body::Bytes;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Frame {
    pub name: String,
    pub rows: Vec<u8>,
}

pub async fn receive(body: Bytes) -> String {
    match serde_json::from_slice::<Frame>(&body) {
        Ok(frame) => frame.name,
        Err(error) => error.to_string(),
    }
}
