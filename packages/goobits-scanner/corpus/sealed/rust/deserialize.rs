//: bad bincode-socket
use serde::Deserialize;
use std::net::TcpListener;

#[derive(Deserialize)]
struct Frame {
    rows: Vec<Vec<u8>>,
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:9000")?;
    for stream in listener.incoming() {
        let frame: Frame = bincode::deserialize_from(stream?).unwrap(); //!
        println!("{}", frame.rows.len());
    }
    Ok(())
}

//: good bincode-socket
use bincode::Options;
use serde::Deserialize;
use std::net::TcpListener;

#[derive(Deserialize)]
struct Frame {
    rows: Vec<Vec<u8>>,
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:9000")?;
    for stream in listener.incoming() {
        let frame: Frame = bincode::options().with_limit(1 << 20).deserialize_from(stream?).unwrap();
        println!("{}", frame.rows.len());
    }
    Ok(())
}

//: bad archived-order
use axum::{body::Bytes, http::StatusCode, routing::post, Json, Router};
use rkyv::{Archive, Deserialize, Serialize};

#[derive(Archive, Serialize, Deserialize)]
struct Order {
    customer: String,
    lines: Vec<(u32, u32)>,
}

#[derive(serde::Serialize)]
struct Receipt {
    customer: String,
    items: u32,
}

async fn place(body: Bytes) -> Result<Json<Receipt>, StatusCode> {
    let order = unsafe { rkyv::access_unchecked::<ArchivedOrder>(&body) }; //!
    let items = order.lines.iter().map(|line| line.1.to_native()).sum();
    Ok(Json(Receipt { customer: order.customer.to_string(), items }))
}

pub fn routes() -> Router {
    Router::new().route("/orders", post(place))
}

//: good archived-order
use axum::{body::Bytes, extract::DefaultBodyLimit, http::StatusCode, routing::post, Json, Router};
use rkyv::{rancor::Error, Archive, Deserialize, Serialize};

#[derive(Archive, Serialize, Deserialize)]
struct Order {
    customer: String,
    lines: Vec<(u32, u32)>,
}

#[derive(serde::Serialize)]
struct Receipt {
    customer: String,
    items: u32,
}

async fn place(body: Bytes) -> Result<Json<Receipt>, StatusCode> {
    let order = rkyv::access::<ArchivedOrder, Error>(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let items = order
        .lines
        .iter()
        .try_fold(0u32, |sum, line| sum.checked_add(line.1.to_native()))
        .ok_or(StatusCode::BAD_REQUEST)?;
    Ok(Json(Receipt { customer: order.customer.to_string(), items }))
}

pub fn routes() -> Router {
    Router::new().route("/orders", post(place)).layer(DefaultBodyLimit::max(256 * 1024))
}
