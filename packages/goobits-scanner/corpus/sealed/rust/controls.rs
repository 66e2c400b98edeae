//: good build-cc as build.rs
fn main() {
    println!("cargo:rerun-if-changed=src/sum.c");
    cc::Build::new().file("src/sum.c").opt_level(3).compile("sum");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("macos") {
        println!("cargo:rustc-link-lib=framework=Accelerate");
    }
}

//: good http-client
use reqwest::{Client, Result};
use std::env;

pub struct Weather {
    client: Client,
    key: String,
}

impl Weather {
    pub fn new() -> Self {
        Self { client: Client::new(), key: env::var("WEATHER_KEY").unwrap_or_default() }
    }

    pub async fn now(&self, city: &str) -> Result<String> {
        let query = [("q", city), ("key", &self.key)];
        self.client.get("https://weather.example.invalid/v3").query(&query).send().await?.text().await
    }
}
