//: bad relay
use axum::{extract::Json, http::StatusCode};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Relay {
    host: String,
    text: String,
}

pub async fn relay(Json(input): Json<Relay>) -> StatusCode {
    let address = format!("http://{}/hook", input.host);
    ureq::post(&address).send_string(&input.text).unwrap(); //!!
    StatusCode::NO_CONTENT
}
//: good relay
use axum::{extract::Json, http::StatusCode};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Relay {
    text: String,
}

pub async fn relay(Json(input): Json<Relay>) -> StatusCode {
    let address = format!("{}/hook", env!("CARGO_PKG_HOMEPAGE"));
    ureq::post(&address).send_string(&input.text).unwrap();
    StatusCode::NO_CONTENT
}
