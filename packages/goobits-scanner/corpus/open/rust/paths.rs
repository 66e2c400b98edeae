//: bad notes
use axum::extract::Path as Param;
use std::path::Path;

pub async fn note(Param(name): Param<String>) -> String {
    let path = Path::new("/var/lib/notes").join(&name);
    tokio::fs::read_to_string(path).await.unwrap_or_default() //!!
}
//: good notes
use axum::extract::Path as Param;
use std::path::Path;

pub async fn note(Param(name): Param<String>) -> String {
    let Some(name) = Path::new(&name).file_name() else {
        return String::new();
    };
    let path = Path::new("/var/lib/notes").join(name);
    tokio::fs::read_to_string(path).await.unwrap_or_default()
}
//: bad upload
use actix_web::{post, web, HttpResponse};
use std::fs;

#[post("/upload/{name:.*}")]
async fn upload(name: web::Path<String>, body: web::Bytes) -> HttpResponse {
    let path = format!("./uploads/{}", name.into_inner());
    fs::write(&path, &body).unwrap(); //!!
    HttpResponse::Created().finish()
}
//: good upload
use actix_web::{post, web, HttpResponse};
use std::fs;
use uuid::Uuid;

#[post("/upload")]
async fn upload(body: web::Bytes) -> HttpResponse {
    let path = format!("./uploads/{}", Uuid::new_v4());
    fs::write(&path, &body).unwrap();
    HttpResponse::Created().body(path)
}
