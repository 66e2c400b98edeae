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

//: bad ping-host
use axum::{extract::Query, http::StatusCode, routing::get, Router};
use serde::Deserialize;
use tokio::process::Command;

#[derive(Deserialize)]
struct Target {
    host: String,
    count: Option<u8>,
}

async fn ping(Query(target): Query<Target>) -> Result<String, StatusCode> {
    let line = format!("ping -c {} {}", target.count.unwrap_or(1), target.host);
    let output = Command::new("sh").arg("-c").arg(&line).output().await.map_err(|_| StatusCode::BAD_GATEWAY)?; //!
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn routes() -> Router {
    Router::new().route("/tools/ping", get(ping))
}

//: good ping-host
use axum::{extract::Query, http::StatusCode, routing::get, Router};
use serde::Deserialize;
use std::net::IpAddr;
use tokio::process::Command;

#[derive(Deserialize)]
struct Target {
    host: IpAddr,
    count: Option<u8>,
}

async fn ping(Query(target): Query<Target>) -> Result<String, StatusCode> {
    let count = target.count.unwrap_or(1).min(5).to_string();
    let output = Command::new("ping")
        .arg("-c")
        .arg(count)
        .arg("--")
        .arg(target.host.to_string())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|_| StatusCode::BAD_GATEWAY)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub fn routes() -> Router {
    Router::new().route("/tools/ping", get(ping))
}

//: bad formula-eval
use actix_web::{error, post, web, HttpResponse};
use mlua::{Lua, Value};
use std::collections::HashMap;

#[derive(serde::Deserialize)]
struct Formula {
    source: String,
    columns: HashMap<String, f64>,
}

fn evaluate(formula: &Formula) -> mlua::Result<f64> {
    let lua = unsafe { Lua::unsafe_new() };
    for (name, value) in &formula.columns {
        lua.globals().set(name.as_str(), *value)?;
    }
    match lua.load(&formula.source).eval()? { //!
        Value::Number(number) => Ok(number),
        Value::Integer(number) => Ok(number as f64),
        _ => Ok(f64::NAN),
    }
}

#[post("/formulas/evaluate")]
async fn formulas(body: web::Json<Formula>) -> actix_web::Result<HttpResponse> {
    let value = web::block(move || evaluate(&body).map_err(|e| e.to_string()))
        .await?
        .map_err(error::ErrorBadRequest)?;
    Ok(HttpResponse::Ok().json(value))
}

//: good formula-eval
use actix_web::{error, post, web, HttpResponse};
use mlua::{Lua, LuaOptions, StdLib};
use std::collections::HashMap;

const MARGIN: &str = "return (price - cost) / price";

#[derive(serde::Deserialize)]
struct Columns {
    price: f64,
    cost: f64,
}

fn margin(columns: &Columns) -> mlua::Result<f64> {
    let lua = Lua::new_with(StdLib::MATH, LuaOptions::default())?;
    let values = HashMap::from([("price", columns.price), ("cost", columns.cost)]);
    for (name, value) in values {
        lua.globals().set(name, value)?;
    }
    lua.load(MARGIN).set_name("margin").eval()
}

#[post("/formulas/margin")]
async fn formulas(body: web::Json<Columns>) -> actix_web::Result<HttpResponse> {
    let value = web::block(move || margin(&body).map_err(|e| e.to_string()))
        .await?
        .map_err(error::ErrorBadRequest)?;
    Ok(HttpResponse::Ok().json(value))
}
