//: bad actix-ping
use actix_web::{get, web, HttpResponse};
use std::process::Command;

#[derive(serde::Deserialize)]
struct Target {
    host: String,
}

#[get("/ping")]
async fn ping(target: web::Query<Target>) -> HttpResponse {
    let line = format!("ping -c 1 {}", target.host);
    let done = Command::new("sh").arg("-c").arg(line).output().unwrap(); //!
    HttpResponse::Ok().body(done.stdout)
}

//: good actix-ping
use actix_web::{get, web, HttpResponse};
use std::process::Command;

#[derive(serde::Deserialize)]
struct Target {
    count: u8,
}

#[get("/ping")]
async fn ping(target: web::Query<Target>) -> HttpResponse {
    let count = target.count.to_string();
    let done = Command::new("ping").args(["-c", &count, "localhost"]).output().unwrap();
    HttpResponse::Ok().body(done.stdout)
}

//: bad cli-shell
use std::env;
use std::process::{Command, Stdio};

fn main() {
    let pattern = env::args().nth(1).expect("a pattern");
    let status = Command::new("bash")
        .args(["-c", &("grep -r ".to_owned() + &pattern + " /var/log")]) //!
        .stdout(Stdio::inherit())
        .status()
        .expect("bash");
    std::process::exit(status.code().unwrap_or(1));
}

//: good cli-shell
use std::env;
use std::process::{Command, Stdio};

fn main() {
    let pattern = env::args().nth(1).expect("a pattern");
    let status = Command::new("grep")
        .args(["-r", "--", &pattern, "/var/log"])
        .stdout(Stdio::inherit())
        .status()
        .expect("grep");
    std::process::exit(status.code().unwrap_or(1));
}

//: bad convert-tool
use rocket::{get, http::Status, routes, Build, Rocket};
use std::process::Command;

fn run(tool: &str, args: &[&str]) -> std::io::Result<String> {
    let output = Command::new(tool).args(args).output()?; //!
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[get("/inspect/<tool>?<file>")]
fn inspect(tool: &str, file: &str) -> Result<String, Status> {
    run(tool, &["--info", file]).map_err(|_| Status::InternalServerError)
}

pub fn rocket() -> Rocket<Build> {
    rocket::build().mount("/media", routes![inspect])
}

//: good convert-tool
use rocket::{get, http::Status, request::FromParam, routes, Build, Rocket};
use std::process::Command;

#[derive(Clone, Copy)]
enum Tool {
    Identify,
    Probe,
}

impl<'a> FromParam<'a> for Tool {
    type Error = &'a str;
    fn from_param(param: &'a str) -> Result<Self, Self::Error> {
        match param {
            "identify" => Ok(Tool::Identify),
            "probe" => Ok(Tool::Probe),
            _ => Err(param),
        }
    }
}

#[get("/inspect/<tool>/<id>")]
fn inspect(tool: Tool, id: u64) -> Result<String, Status> {
    let file = format!("/srv/media/{id}.bin");
    let output = match tool {
        Tool::Identify => Command::new("identify").arg("-verbose").arg(&file).output(),
        Tool::Probe => Command::new("ffprobe").arg("-show_format").arg(&file).output(),
    };
    output
        .map(|done| String::from_utf8_lossy(&done.stdout).into_owned())
        .map_err(|_| Status::InternalServerError)
}

pub fn rocket() -> Rocket<Build> {
    rocket::build().mount("/media", routes![inspect])
}
