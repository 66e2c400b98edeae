//! The commands of api: one HTTP request each, and its answer in words.

mod http;
mod json;

use std::fmt;
use std::time::Duration;

use super::{cli_types, goobits};
use json::Json;

/// List the things that have all the labels.
pub fn on_list(args: cli_types::List) -> goobits::Result {
    let mut path = format!("/things?limit={}", args.limit);
    for text in &args.label {
        pair(text)?;
        path.push_str(&format!("&label={}", quoted(text)));
    }
    let service = Service::new(args.base_url, args.token, args.timeout)?;
    show(&service.request("GET", &path, None)?, args.json)
}

/// Show one thing.
pub fn on_get(args: cli_types::Get) -> goobits::Result {
    let service = Service::new(args.base_url, args.token, args.timeout)?;
    let path = format!("/things/{}", args.id);
    show(&service.request("GET", &path, None)?, args.json)
}

/// Make a thing and show it.
pub fn on_create(args: cli_types::Create) -> goobits::Result {
    let mut labels: Vec<(String, Json)> = Vec::new();
    for text in &args.label {
        let (key, value) = pair(text)?;
        let value = Json::Text(value.into());
        match labels.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = value,
            None => labels.push((key.into(), value)),
        }
    }
    let thing = Json::Object(vec![
        ("name".into(), Json::Text(args.name)),
        ("kind".into(), Json::Text(args.kind)),
        ("quantity".into(), Json::Number(args.quantity as f64)),
        ("labels".into(), Json::Object(labels)),
    ]);
    let service = Service::new(args.base_url, args.token, args.timeout)?;
    show(
        &service.request("POST", "/things", Some(&thing))?,
        args.json,
    )
}

/// Remove the things one after another.
pub fn on_delete(args: cli_types::Delete) -> goobits::Result {
    let service = Service::new(args.base_url, args.token, args.timeout)?;
    for id in args.ids {
        match service.request("DELETE", &format!("/things/{id}"), None) {
            Ok(_) => println!("Removed thing {id}."),
            Err(error) if args.ignore_missing && error.status == Some(404) => {
                println!("Thing {id} is gone already.");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The message is for the person at the keyboard; without an answer there is no status.
#[derive(Debug)]
struct ApiError {
    message: String,
    status: Option<u16>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

/// Where the service is and how to talk to it.
struct Service {
    base_url: String,
    host: String,
    folder: String,
    token: Option<String>,
    timeout: Duration,
}

impl Service {
    fn new(base_url: String, token: Option<String>, timeout: i64) -> goobits::Result<Service> {
        let (scheme, rest) = base_url.split_once("://").unwrap_or_default();
        match scheme.to_ascii_lowercase().as_str() {
            "http" => {}
            "https" => {
                return Err(
                    format!("{base_url} is HTTPS, which this program does not speak").into(),
                )
            }
            _ => return Err(format!("{base_url} is not an HTTP address").into()),
        }
        let seconds = u64::try_from(timeout).unwrap_or(0);
        if seconds < 1 {
            return Err("the timeout is at least one second".into());
        }
        let (host, folder) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Ok(Service {
            host: host.into(),
            folder: folder.trim_end_matches('/').into(),
            base_url,
            token,
            timeout: Duration::from_secs(seconds),
        })
    }

    /// Return the text of the answer.
    fn request(&self, method: &str, path: &str, body: Option<&Json>) -> Result<String, ApiError> {
        let start = format!("{method} {}{path}", self.folder);
        let mut headers = vec![("Accept", "application/json".into())];
        if let Some(token) = self.token.as_ref().filter(|token| !token.is_empty()) {
            headers.push(("Authorization", format!("Bearer {token}")));
        }
        let body = body.map(Json::to_string).unwrap_or_default();
        if !body.is_empty() {
            headers.push(("Content-Type", "application/json".into()));
            headers.push(("Content-Length", body.len().to_string()));
        }
        match http::send(&self.host, &start, &headers, &body, self.timeout) {
            Ok(answer) if (200..300).contains(&answer.status) => Ok(answer.body),
            Ok(answer) => Err(ApiError {
                message: reason(&answer),
                status: Some(answer.status),
            }),
            Err(_) => Err(ApiError {
                message: format!("no answer from {}", self.base_url),
                status: None,
            }),
        }
    }
}

/// Return the halves of KEY=VALUE.
fn pair(text: &str) -> goobits::Result<(&str, &str)> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key, value)),
        _ => Err(format!("{text} is not KEY=VALUE").into()),
    }
}

/// Spell a text for a query.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            quoted.push(byte.into());
        } else {
            quoted.push_str(&format!("%{byte:02X}"));
        }
    }
    quoted
}

/// Print an answer as it came, or each of its things on a line.
fn show(text: &str, raw: bool) -> goobits::Result {
    if raw {
        println!("{}", text.trim_end_matches('\n'));
        return Ok(());
    }
    let things = match Json::parse(text) {
        Some(Json::List(things)) => things,
        Some(thing) => vec![thing],
        None => return Err("the service did not answer in JSON".into()),
    };
    for thing in &things {
        println!(
            "{}",
            line(thing).ok_or("the service did not answer with things")?
        );
    }
    Ok(())
}

/// Return a thing on one line.
fn line(thing: &Json) -> Option<String> {
    let (id, quantity) = (thing.get("id")?.number()?, thing.get("quantity")?.number()?);
    let (name, kind) = (thing.get("name")?.text()?, thing.get("kind")?.text()?);
    let mut line = format!("{id:>4} {quantity} x {name} ({kind})");
    if let Json::Object(labels) = thing.get("labels")? {
        for (key, value) in labels {
            line.push_str(&format!(" {key}={}", value.text()?));
        }
    }
    Some(line)
}

/// Return what the service says is wrong, or the number of its answer.
fn reason(answer: &http::Answer) -> String {
    let status = answer.status;
    let body = Json::parse(&answer.body);
    match body.as_ref().and_then(|body| body.get("error")?.text()) {
        Some(error) => format!("the service answered {status}: {error}"),
        None => format!("the service answered {status}"),
    }
}
