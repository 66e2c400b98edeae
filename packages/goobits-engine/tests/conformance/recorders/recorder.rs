//! What every hook does: it records its call and does as it is told.

use std::error::Error;
use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;
use std::panic::panic_any;

type Outcome = Result<i64, Box<dyn Error>>;

/// A value of a hook, which knows how it is written down.
pub trait Recorded {
    fn json(&self) -> String;
}

impl Recorded for String {
    fn json(&self) -> String {
        let units = self.encode_utf16();
        let escaped: String = units.map(|unit| format!("\\u{unit:04x}")).collect();
        format!("\"{escaped}\"")
    }
}

impl Recorded for i64 {
    fn json(&self) -> String {
        format!("{{\"int\": \"{self}\"}}")
    }
}

impl Recorded for f64 {
    fn json(&self) -> String {
        format!("{{\"float\": \"{:016x}\"}}", self.to_bits())
    }
}

impl Recorded for bool {
    fn json(&self) -> String {
        self.to_string()
    }
}

impl<T: Recorded> Recorded for Option<T> {
    fn json(&self) -> String {
        self.as_ref().map_or("null".into(), Recorded::json)
    }
}

impl<T: Recorded> Recorded for Vec<T> {
    fn json(&self) -> String {
        let items: Vec<String> = self.iter().map(Recorded::json).collect();
        format!("[{}]", items.join(", "))
    }
}

/// Return how a value is written down; the caller names the type that it expects.
pub fn recorded<T: Recorded>(value: T) -> String {
    value.json()
}

/// Write down one call.
pub fn record(function: &str, values: &[(&str, String)]) {
    let args: Vec<String> = values
        .iter()
        .map(|(key, value)| format!("\"{key}\": {value}"))
        .collect();
    let args = args.join(", ");
    let path = std::env::var("GOOBITS_RECORD").unwrap();
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    writeln!(
        file,
        "{{\"function\": \"{function}\", \"args\": {{{args}}}}}"
    )
    .unwrap();
}

#[derive(Debug)]
struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl Error for Refusal {}

/// An error that says something else than the one which it comes from.
#[derive(Debug)]
struct Wrapped(std::io::Error);

impl fmt::Display for Wrapped {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("not printed")
    }
}

impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Do what `GOOBITS_BEHAVIOUR` says.
pub fn behave() -> Outcome {
    let behaviour = Behaviour::read();
    behaviour.print()?;
    behaviour.break_off()?;
    behaviour.panic();
    if let Some(text) = behaviour.get("raise") {
        return Err(Box::new(Refusal(text)));
    }
    if let Some(text) = behaviour.get("raise_text") {
        return Err(text.into());
    }
    let code = behaviour.get("return");
    Ok(code.map_or(0, |code| code.parse().unwrap()))
}

impl Behaviour {
    fn print(&self) -> Result<(), Box<dyn Error>> {
        if let Some(text) = self.get("print") {
            println!("{text}");
        }
        for _ in 0..self
            .get("print_many")
            .map_or(0, |count| count.parse().unwrap())
        {
            println!("one line of many");
        }
        let mut stdout = std::io::stdout();
        if let Some(text) = self.get("write") {
            writeln!(stdout, "{text}")?;
        }
        if let Some(text) = self.get("write_wrapped") {
            writeln!(stdout, "{text}").map_err(Wrapped)?;
        }
        Ok(())
    }

    fn break_off(&self) -> Result<(), Box<dyn Error>> {
        if self.get("interrupt").is_some() {
            interrupt();
        }
        if self.get("broken_pipe").is_some() {
            write_to_nobody()?;
        }
        if let Some(code) = self.get("exit") {
            std::process::exit(code.parse().unwrap());
        }
        Ok(())
    }

    fn panic(&self) {
        if let Some(text) = self.get("thread_panic") {
            let thread = std::thread::spawn(move || panic!("{text}"));
            thread.join().unwrap_err();
        }
        if let Some(text) = self.get("panic") {
            panic!("{text}");
        }
        if let Some(text) = self.get("panic_static") {
            let text: &'static str = text.leak();
            panic_any(text);
        }
        if self.get("panic_any").is_some() {
            panic_any(7);
        }
    }
}

#[cfg(unix)]
fn interrupt() {
    extern "C" {
        fn raise(signal: i32) -> i32;
    }
    // SAFETY: `raise` of the C library takes any integer.
    unsafe { raise(2) };
    std::thread::sleep(std::time::Duration::from_secs(10));
}

#[cfg(unix)]
fn write_to_nobody() -> std::io::Result<()> {
    let (reader, mut writer) = std::os::unix::net::UnixStream::pair()?;
    drop(reader);
    writer.write_all(b"to nobody")
}

#[cfg(not(unix))]
fn interrupt() {}

#[cfg(not(unix))]
fn write_to_nobody() -> std::io::Result<()> {
    Ok(())
}

/// The members of a flat JSON object: texts, and whatever else as it is written.
struct Behaviour(Vec<(String, String)>);

impl Behaviour {
    fn read() -> Self {
        let json = std::env::var("GOOBITS_BEHAVIOUR").unwrap_or_default();
        let mut rest = json.trim_matches(|bracket| bracket == '{' || bracket == '}');
        let mut members = Vec::new();
        while let Some(start) = rest.find('"') {
            let (key, after) = text(&rest[start + 1..]);
            let after = after.trim_start_matches([':', ' ']);
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => text(quoted),
                None => {
                    let end = after.find(',').unwrap_or(after.len());
                    (after[..end].to_string(), &after[end..])
                }
            };
            members.push((key, value));
            rest = after;
        }
        Self(members)
    }

    fn get(&self, key: &str) -> Option<String> {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.clone())
    }
}

/// Read a JSON text behind its first quote; return it and what follows it.
fn text(json: &str) -> (String, &str) {
    let mut units = Vec::new();
    let mut rest = json;
    loop {
        let char = rest.chars().next().unwrap();
        rest = &rest[char.len_utf8()..];
        if char == '"' {
            return (String::from_utf16(&units).unwrap(), rest);
        }
        if char != '\\' {
            units.extend(char.encode_utf16(&mut [0; 2]).iter());
            continue;
        }
        let escape = rest.chars().next().unwrap();
        rest = &rest[1..];
        units.push(match escape {
            'n' => 10,
            't' => 9,
            'u' => {
                let unit = u16::from_str_radix(&rest[..4], 16).unwrap();
                rest = &rest[4..];
                unit
            }
            other => other as u16,
        });
    }
}
