//: bad fancy-regex
use axum::extract::Query;
use fancy_regex::Regex;
use std::collections::HashMap;

pub async fn filter(Query(params): Query<HashMap<String, String>>) -> String {
    let pattern = Regex::new(&params["pattern"]).unwrap(); //!
    pattern.is_match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").unwrap().to_string()
}

//: good fancy-regex
use axum::extract::Query;
use regex::RegexBuilder;
use std::collections::HashMap;

pub async fn filter(Query(params): Query<HashMap<String, String>>) -> String {
    let pattern = RegexBuilder::new(&regex::escape(&params["pattern"])).size_limit(1 << 16).build().unwrap();
    pattern.is_match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").to_string()
}

//: bad display-name
use axum::{http::StatusCode, routing::post, Json, Router};
use fancy_regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?!admin)(\w+\s?)+$").unwrap()); //!

#[derive(Deserialize)]
struct Profile {
    name: String,
}

async fn rename(Json(profile): Json<Profile>) -> StatusCode {
    match NAME.is_match(&profile.name) {
        Ok(true) => StatusCode::NO_CONTENT,
        _ => StatusCode::BAD_REQUEST,
    }
}

pub fn routes() -> Router {
    Router::new().route("/profile/name", post(rename))
}

//: good display-name
use axum::{http::StatusCode, routing::post, Json, Router};
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

// The crate `regex` matches in linear time, so the nested repetition costs nothing here.
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(\w+\s?)+$").unwrap());

#[derive(Deserialize)]
struct Profile {
    name: String,
}

async fn rename(Json(profile): Json<Profile>) -> StatusCode {
    let name = profile.name.trim();
    if name.len() <= 64 && !name.starts_with("admin") && NAME.is_match(name) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::BAD_REQUEST
    }
}

pub fn routes() -> Router {
    Router::new().route("/profile/name", post(rename))
}
