//! Print what a hook was called with, in one form for every language.

pub trait Canonical {
    fn text(&self) -> String;
}

impl Canonical for String {
    fn text(&self) -> String {
        let mut quoted = String::from('"');
        for char in self.chars() {
            match char {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                '\u{8}' => quoted.push_str("\\b"),
                '\u{c}' => quoted.push_str("\\f"),
                '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", char as u32)),
                _ => quoted.push(char),
            }
        }
        quoted.push('"');
        quoted
    }
}

impl Canonical for f64 {
    fn text(&self) -> String {
        format!("{{\"number\":\"{:016x}\"}}", self.to_bits())
    }
}

impl Canonical for i64 {
    fn text(&self) -> String {
        (*self as f64).text()
    }
}

impl Canonical for bool {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl<T: Canonical> Canonical for Option<T> {
    fn text(&self) -> String {
        self.as_ref().map_or("null".into(), T::text)
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn text(&self) -> String {
        let items: Vec<String> = self.iter().map(T::text).collect();
        format!("[{}]", items.join(","))
    }
}

fn camel(key: &str) -> String {
    let mut name = String::new();
    for (place, part) in key.split('_').enumerate() {
        match part.chars().next() {
            Some(first) if place > 0 => {
                name.push(first.to_ascii_uppercase());
                name.push_str(&part[1..]);
            }
            _ => name.push_str(part),
        }
    }
    name
}

pub fn record(name: &str, values: &[(&str, &dyn Canonical)]) {
    let mut named: Vec<(String, String)> = values
        .iter()
        .map(|(key, value)| (camel(key), value.text()))
        .collect();
    named.sort();
    let pairs: Vec<String> = named
        .iter()
        .map(|(key, value)| format!("[\"{key}\",{value}]"))
        .collect();
    println!("[\"{name}\",[{}]]", pairs.join(","));
}
