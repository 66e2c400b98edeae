//: bad jwt-insecure
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};

pub fn claims(token: &str) -> serde_json::Value {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.insecure_disable_signature_validation(); //!
    decode(token, &DecodingKey::from_secret(&[]), &validation).unwrap().claims
}

//: good jwt-insecure
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};

pub fn claims(token: &str, pem: &[u8]) -> serde_json::Value {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["shop"]);
    decode(token, &DecodingKey::from_rsa_pem(pem).unwrap(), &validation).unwrap().claims
}

//: bad cors-permissive
use axum::{routing::get, Router};
use tower_http::cors::CorsLayer;

pub fn app() -> Router {
    Router::new()
        .route("/me", get(|| async { "me" }))
        .layer(CorsLayer::very_permissive()) //!
}

//: good cors-permissive
use axum::{http::HeaderValue, routing::get, Router};
use tower_http::cors::CorsLayer;

pub fn app() -> Router {
    Router::new()
        .route("/me", get(|| async { "me" }))
        .layer(CorsLayer::new().allow_origin(HeaderValue::from_static("https://shop.example.invalid")))
}
