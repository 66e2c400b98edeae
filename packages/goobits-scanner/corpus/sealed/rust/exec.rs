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
