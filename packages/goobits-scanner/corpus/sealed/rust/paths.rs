//: bad actix-upload
use actix_web::{post, web, HttpResponse};
use std::fs;

#[derive(serde::Deserialize)]
struct Upload {
    filename: String,
    content: String,
}

#[post("/upload")]
async fn upload(form: web::Json<Upload>) -> HttpResponse {
    fs::write(format!("uploads/{}", form.filename), &form.content).unwrap(); //!
    HttpResponse::Created().finish()
}

//: good actix-upload
use actix_web::{post, web, HttpResponse};
use std::fs;
use uuid::Uuid;

#[derive(serde::Deserialize)]
struct Upload {
    content: String,
}

#[post("/upload")]
async fn upload(form: web::Json<Upload>) -> HttpResponse {
    fs::write(format!("uploads/{}", Uuid::new_v4()), &form.content).unwrap();
    HttpResponse::Created().finish()
}
