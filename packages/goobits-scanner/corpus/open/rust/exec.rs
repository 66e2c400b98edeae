//: bad lookup
use actix_web::{get, web, HttpResponse};
use serde::Deserialize;
use std::process::Command;

#[derive(Deserialize)]
struct Query {
    host: String,
}

#[get("/lookup")]
async fn lookup(query: web::Query<Query>) -> HttpResponse {
    let line = format!("dig +short {}", query.host);
    let output = Command::new("sh").arg("-c").arg(&line).output().unwrap(); //!!
    HttpResponse::Ok().body(output.stdout)
}
//: good lookup
use actix_web::{get, web, HttpResponse};
use serde::Deserialize;
use std::net::IpAddr;
use std::process::Command;

#[derive(Deserialize)]
struct Query {
    host: IpAddr,
}

#[get("/lookup")]
async fn lookup(query: web::Query<Query>) -> HttpResponse {
    let host = query.host.to_string();
    let output = Command::new("dig").args(["+short", "-x", &host]).output().unwrap();
    HttpResponse::Ok().body(output.stdout)
}
//: bad convert
use axum::extract::Path;
use tokio::process::Command as Run;

pub async fn convert(Path((program, file)): Path<(String, String)>) -> String {
    let status = Run::new(program) //!!
        .arg(file)
        .status()
        .await
        .expect("cannot start");
    status.to_string()
}
//: good convert
use axum::extract::Path;
use tokio::process::Command as Run;

pub async fn convert(Path((program, id)): Path<(String, u64)>) -> String {
    let program = match program.as_str() {
        "png" => "optipng",
        _ => "jpegoptim",
    };
    let file = format!("/srv/images/{id}");
    let status = Run::new(program).arg(file).status().await.expect("cannot start");
    status.to_string()
}
