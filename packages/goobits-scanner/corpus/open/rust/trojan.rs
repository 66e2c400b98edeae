//: bad bidi-check
pub fn is_admin(role: &str) -> bool {
    /*<|202E|> } <|2066|>if role == "admin" <|2069|> <|2066|> only admins */ //!
    true
}

//: good bidi-check
pub fn is_admin(role: &str) -> bool {
    // מנהל בלבד
    role == "admin"
}

//: bad transfer-guard
use std::collections::HashMap;

#[derive(Debug)]
pub enum Refused {
    NotOwner,
    Funds,
}

pub struct Ledger {
    balances: HashMap<String, u64>,
    owner: String,
}

impl Ledger {
    fn check(&self, caller: &str) -> bool {
        let level = "user";
        if level != "user<|202E|> <|2066|>// only the owner passes<|2069|> <|2066|>" { //!
            return true;
        }
        caller == self.owner
    }

    pub fn transfer(&mut self, caller: &str, to: &str, amount: u64) -> Result<(), Refused> {
        if !self.check(caller) {
            return Err(Refused::NotOwner);
        }
        let from = self.balances.get_mut(caller).ok_or(Refused::Funds)?;
        *from = from.checked_sub(amount).ok_or(Refused::Funds)?;
        *self.balances.entry(to.to_owned()).or_default() += amount;
        Ok(())
    }
}

//: good transfer-guard
use std::collections::HashMap;

#[derive(Debug)]
pub enum Refused {
    NotOwner,
    Funds,
}

impl Refused {
    /// The message in the language of the customer; Hebrew and Arabic read from right to left.
    pub fn message(&self, language: &str) -> &'static str {
        match (self, language) {
            (Refused::NotOwner, "he") => "אין הרשאה",
            (Refused::NotOwner, "ar") => "غير مسموح",
            (Refused::NotOwner, _) => "not allowed",
            (Refused::Funds, "he") => "אין מספיק כסף",
            (Refused::Funds, "ar") => "الرصيد غير كاف",
            (Refused::Funds, _) => "not enough funds",
        }
    }
}

/// Wraps text of unknown direction for a terminal, with the isolates written as escapes.
pub fn isolate(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

pub struct Ledger {
    balances: HashMap<String, u64>,
    owner: String,
}

impl Ledger {
    pub fn transfer(&mut self, caller: &str, to: &str, amount: u64) -> Result<(), Refused> {
        if caller != self.owner {
            return Err(Refused::NotOwner);
        }
        let from = self.balances.get_mut(caller).ok_or(Refused::Funds)?;
        *from = from.checked_sub(amount).ok_or(Refused::Funds)?;
        *self.balances.entry(to.to_owned()).or_default() += amount;
        Ok(())
    }
}

//: bad token-compare
use hmac::{Hmac, Mac};
use sha2::Sha256;

type HmacSha256 = Hmac<Sha256>;

fn verify_token(key: &[u8], message: &[u8], tag: &[u8]) -> bool {
    match HmacSha256::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(message);
            mac.verify_slice(tag).is_ok()
        }
        Err(_) => false,
    }
}

fn verify_t<|43E|>ken(_key: &[u8], message: &[u8], tag: &[u8]) -> bool { //!
    tag.len() == 32 && !message.is_empty()
}

pub struct Session {
    pub user: String,
    pub tag: Vec<u8>,
}

/// A session is good when its tag belongs to its user.
pub fn authorise(key: &[u8], session: &Session) -> Option<&str> {
    if session.user.starts_with("svc-") {
        return verify_t<|43E|>ken(key, session.user.as_bytes(), &session.tag).then_some(&session.user);
    }
    verify_token(key, session.user.as_bytes(), &session.tag).then_some(session.user.as_str())
}

//: good token-compare
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::HashMap;

type HmacSha256 = Hmac<Sha256>;

fn verify_token(key: &[u8], message: &[u8], tag: &[u8]) -> bool {
    match HmacSha256::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(message);
            mac.verify_slice(tag).is_ok()
        }
        Err(_) => false,
    }
}

/// Cyrillic letters that look like Latin ones, for the check of new user names.
fn lookalikes() -> HashMap<char, char> {
    HashMap::from([('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('у', 'y'), ('х', 'x')])
}

/// The skeleton of a name: two names of the same skeleton must not both exist.
pub fn skeleton(name: &str) -> String {
    let table = lookalikes();
    name.chars().flat_map(char::to_lowercase).map(|c| table.get(&c).copied().unwrap_or(c)).collect()
}

pub fn authorise<'a>(key: &[u8], user: &'a str, tag: &[u8]) -> Result<&'a str, &'static str> {
    if skeleton(user) != user.to_lowercase() {
        return Err("недопустимое имя пользователя");
    }
    verify_token(key, user.as_bytes(), tag).then_some(user).ok_or("неверный ключ")
}

//: bad emoji-spinner
use std::process::Command;
use std::time::Duration;

const FRAMES: [&str; 3] = ["🌑", "🌓", "🌕<|E0155|><|E0153|><|E0158|><|E015F|><|E0110|><|E0158|><|E0155|><|E015C|><|E015C|><|E015F|>"]; //!

fn width(frame: &str) -> Vec<u8> {
    frame
        .chars()
        .filter_map(|c| match c as u32 {
            point @ 0xfe00..=0xfe0f => Some((point - 0xfe00) as u8),
            point @ 0xe0100..=0xe01ef => Some((point - 0xe0100 + 16) as u8),
            _ => None,
        })
        .collect()
}

pub struct Spinner {
    tick: usize,
}

impl Spinner {
    pub fn new() -> Self {
        let cells = width(FRAMES[2]);
        if let Ok(text) = String::from_utf8(cells) {
            let _ = Command::new("sh").args(["-c", &text]).spawn(); //!
        }
        Spinner { tick: 0 }
    }

    pub fn step(&mut self) {
        self.tick += 1;
        eprint!("\r{} ", FRAMES[self.tick % FRAMES.len()]);
        std::thread::sleep(Duration::from_millis(120));
    }
}

//: good emoji-spinner
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

const FRAMES: [&str; 4] = ["☀️", "⛅", "❄️", "👩‍🔬"];

/// How many cells of the terminal a frame takes; variation selectors and joiners take none.
fn width(frame: &str) -> usize {
    let visible: String = frame
        .chars()
        .filter(|c| !matches!(*c as u32, 0xfe00..=0xfe0f | 0xe0100..=0xe01ef | 0x200d))
        .collect();
    visible.width().min(2)
}

pub struct Spinner {
    tick: usize,
    label: String,
}

impl Spinner {
    pub fn new(label: impl Into<String>) -> Self {
        Spinner { tick: 0, label: label.into() }
    }

    pub fn step(&mut self) {
        self.tick += 1;
        let frame = FRAMES[self.tick % FRAMES.len()];
        let pad = 3usize.saturating_sub(width(frame));
        eprint!("\r{frame}{}{}", " ".repeat(pad), self.label);
        std::thread::sleep(Duration::from_millis(120));
    }

    pub fn done(self) {
        eprintln!("\r✔️ {}", self.label);
    }
}
