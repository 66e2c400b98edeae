//: bad axum-tool
use axum::{extract::Path, routing::get, Router};
use tokio::process::Command;

async fn run(Path(tool): Path<String>) -> String {
    let output = Command::new(&tool).arg("--version").output().await.unwrap(); //!
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn routes() -> Router {
    Router::new().route("/tools/:tool", get(run))
}

//: good axum-tool
use axum::{extract::Path, routing::get, Router};
use tokio::process::Command;

async fn run(Path(tool): Path<String>) -> String {
    let program = match tool.as_str() {
        "git" => "git",
        _ => "rustc",
    };
    let output = Command::new(program).arg("--version").output().await.unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn routes() -> Router {
    Router::new().route("/tools/:tool", get(run))
}

//: bad rocket-convert
use rocket::form::Form;
use std::process::Command as Process;

#[derive(rocket::FromForm)]
pub struct Job {
    size: String,
}

#[rocket::post("/convert", data = "<job>")]
pub fn convert(job: Form<Job>) -> String {
    let script = format!("convert in.png -resize {} out.png", job.size);
    Process::new("/bin/sh").args(&["-c", script.as_str()]).status().unwrap().to_string() //!
}

//: good rocket-convert
use rocket::form::Form;
use std::process::Command as Process;

#[derive(rocket::FromForm)]
pub struct Job {
    width: u16,
}

#[rocket::post("/convert", data = "<job>")]
pub fn convert(job: Form<Job>) -> String {
    let size = format!("{}x", job.width);
    Process::new("convert").args(&["in.png", "-resize", size.as_str(), "out.png"]).status().unwrap().to_string()
}

//: bad helper-args
use axum::Json;
use std::process::{Command, Output};

#[derive(serde::Deserialize)]
pub struct Request {
    script: String,
}

fn shell(line: &str) -> std::io::Result<Output> {
    let mut command = Command::new("sh");
    command.arg("-c");
    command.arg(line);
    command.output() //!
}

pub async fn run(Json(request): Json<Request>) -> String {
    format!("{:?}", shell(&request.script))
}

//: good helper-args
use axum::Json;
use std::process::{Command, Output};

#[derive(serde::Deserialize)]
pub struct Request {
    lines: u32,
}

fn tail(lines: u32) -> std::io::Result<Output> {
    let mut command = Command::new("tail");
    command.arg("-n");
    command.arg(lines.to_string());
    command.arg("/var/log/app.log").output()
}

pub async fn run(Json(request): Json<Request>) -> String {
    format!("{:?}", tail(request.lines))
}
