//! JSON: one value, read from text and written as text.

use std::fmt;

/// How deep lists and objects may stand in each other.
const DEEPEST: usize = 100;

/// A value; the fields of an object are in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Read a text that holds one value.
    pub fn parse(text: &str) -> Option<Json> {
        let mut parser = Parser { rest: text };
        let value = parser.value(0)?;
        parser.eat("").filter(|()| parser.rest.is_empty())?;
        Some(value)
    }

    /// Return a field of an object; of two with one name the last, as is the custom.
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(fields) = self else {
            return None;
        };
        let found = fields.iter().rfind(|(key, _)| key == name);
        found.map(|(_, value)| value)
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Spell the value; all lines but the first begin with the margin.
    fn spelled(&self, margin: &str) -> String {
        let inner = format!("{margin}  ");
        match self {
            Json::Null => "null".into(),
            Json::Bool(value) => value.to_string(),
            Json::Number(number) => number.to_string(),
            Json::Text(text) => quoted(text),
            Json::List(items) => {
                let parts = items.iter().map(|item| item.spelled(&inner));
                format!("[{}]", lines(parts.collect(), margin))
            }
            Json::Object(fields) => {
                let parts = fields
                    .iter()
                    .map(|(key, value)| format!("{}: {}", quoted(key), value.spelled(&inner)));
                format!("{{{}}}", lines(parts.collect(), margin))
            }
        }
    }
}

/// Over several lines, each with an indent of two spaces.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.spelled(""))
    }
}

/// Return what stands between brackets.
fn lines(parts: Vec<String>, margin: &str) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let separator = format!(",\n{margin}  ");
    format!("\n{margin}  {}\n{margin}", parts.join(&separator))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => quoted.extend(['\\', char]),
            '\u{8}' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\u{c}' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            '\0'..='\x1f' => quoted.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    quoted
}

/// What is left of a text; each method takes something off its beginning, or is `None`.
struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEEPEST {
            None
        } else if self.eat("null").is_some() {
            Some(Json::Null)
        } else if self.eat("true").is_some() {
            Some(Json::Bool(true))
        } else if self.eat("false").is_some() {
            Some(Json::Bool(false))
        } else if self.eat("\"").is_some() {
            self.text().map(Json::Text)
        } else if self.eat("[").is_some() {
            self.items("]", |parser| parser.value(depth + 1))
                .map(Json::List)
        } else if self.eat("{").is_some() {
            self.items("}", |parser| parser.field(depth + 1))
                .map(Json::Object)
        } else {
            self.number().map(Json::Number)
        }
    }

    /// Take a token and the white space before it.
    fn eat(&mut self, token: &str) -> Option<()> {
        let rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.rest = rest.strip_prefix(token)?;
        Some(())
    }

    /// Take items with commas between them, and the bracket at their end.
    fn items<T>(&mut self, end: &str, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        if self.eat(end).is_some() {
            return Some(items);
        }
        loop {
            items.push(item(self)?);
            if self.eat(end).is_some() {
                return Some(items);
            }
            self.eat(",")?;
        }
    }

    fn field(&mut self, depth: usize) -> Option<(String, Json)> {
        self.eat("\"")?;
        let key = self.text()?;
        self.eat(":")?;
        Some((key, self.value(depth)?))
    }

    fn number(&mut self) -> Option<f64> {
        self.eat("")?;
        let stop = |char| !matches!(char, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        let end = self.rest.find(stop).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok()
    }

    /// Take a text and the quote at its end.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.char()? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                '\0'..='\x1f' => return None,
                char => text.push(char),
            }
        }
    }

    fn char(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let char = chars.next()?;
        self.rest = chars.as_str();
        Some(char)
    }

    /// Take what follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        match self.char()? {
            'b' => Some('\u{8}'),
            't' => Some('\t'),
            'n' => Some('\n'),
            'f' => Some('\u{c}'),
            'r' => Some('\r'),
            'u' => self.unicode(),
            char @ ('"' | '\\' | '/') => Some(char),
            _ => None,
        }
    }

    /// Take four digits; what is beyond U+FFFF takes two escapes.
    fn unicode(&mut self) -> Option<char> {
        let first = self.unit()?;
        if let Some(char) = char::from_u32(first.into()) {
            return Some(char);
        }
        self.rest = self.rest.strip_prefix("\\u")?;
        let second = self.unit()?;
        char::decode_utf16([first, second]).next()?.ok()
    }

    fn unit(&mut self) -> Option<u16> {
        let digits = self.rest.get(..4)?;
        self.rest = &self.rest[4..];
        u16::from_str_radix(digits, 16).ok()
    }
}
