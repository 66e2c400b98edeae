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

//: bad attachment
use actix_files::NamedFile;
use actix_web::{get, web, App, HttpServer};
use std::path::PathBuf;

#[derive(serde::Deserialize)]
struct Wanted {
    name: String,
}

#[get("/attachments")]
async fn attachment(query: web::Query<Wanted>) -> actix_web::Result<NamedFile> {
    let path = PathBuf::from("./attachments").join(&query.name);
    Ok(NamedFile::open(path)?) //!
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(attachment)).bind(("127.0.0.1", 8080))?.run().await
}

//: good attachment
use actix_files::NamedFile;
use actix_web::{error, get, web, App, HttpServer};
use std::path::Path;

#[derive(serde::Deserialize)]
struct Wanted {
    name: String,
}

#[get("/attachments")]
async fn attachment(query: web::Query<Wanted>) -> actix_web::Result<NamedFile> {
    let root = Path::new("./attachments").canonicalize()?;
    let path = root
        .join(&query.name)
        .canonicalize()
        .map_err(|_| error::ErrorNotFound("no such attachment"))?;
    if !path.starts_with(&root) {
        return Err(error::ErrorForbidden("outside of the attachments"));
    }
    Ok(NamedFile::open(path)?)
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(attachment)).bind(("127.0.0.1", 8080))?.run().await
}

//: bad avatar-upload
use axum::{extract::Multipart, http::StatusCode, routing::post, Router};
use tokio::fs;

const UPLOADS: &str = "/srv/app/uploads";

async fn upload(mut form: Multipart) -> Result<StatusCode, StatusCode> {
    while let Some(field) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let data = field.bytes().await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        fs::write(format!("{UPLOADS}/{name}"), &data).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?; //!
    }
    Ok(StatusCode::CREATED)
}

pub fn routes() -> Router {
    Router::new().route("/avatar", post(upload))
}

//: good avatar-upload
use axum::{extract::Multipart, http::StatusCode, routing::post, Router};
use std::path::Path;
use tokio::fs;
use uuid::Uuid;

const UPLOADS: &str = "/srv/app/uploads";

fn extension(name: &str) -> Option<&'static str> {
    match Path::new(name).extension()?.to_str()? {
        "png" => Some("png"),
        "jpg" | "jpeg" => Some("jpg"),
        _ => None,
    }
}

async fn upload(mut form: Multipart) -> Result<StatusCode, StatusCode> {
    while let Some(field) = form.next_field().await.map_err(|_| StatusCode::BAD_REQUEST)? {
        let Some(kind) = field.file_name().and_then(extension) else {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        };
        let data = field.bytes().await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        let path = format!("{UPLOADS}/{}.{kind}", Uuid::new_v4());
        fs::write(path, &data).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    }
    Ok(StatusCode::CREATED)
}

pub fn routes() -> Router {
    Router::new().route("/avatar", post(upload))
}
