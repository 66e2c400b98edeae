//: bad claims
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};
use serde_json::Value;

pub fn claims(token: &str) -> Option<Value> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.insecure_disable_signature_validation(); //!!
    let key = DecodingKey::from_secret(&[]);
    decode::<Value>(token, &key, &validation).ok().map(|data| data.claims)
}
//: good claims
use jsonwebtoken::{decode, Algorithm, DecodingKey, Validation};
use serde_json::Value;

pub fn claims(token: &str, secret: &[u8]) -> Option<Value> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&["shop"]);
    let key = DecodingKey::from_secret(secret);
    decode::<Value>(token, &key, &validation).ok().map(|data| data.claims)
}
//: bad signin
use actix_cors::Cors;
use actix_web::cookie::{Cookie, SameSite};

pub fn cookie(value: String) -> Cookie<'static> {
    Cookie::build("session", value)
        .secure(false) //!!
        .http_only(false) //!!
        .same_site(SameSite::None)
        .finish()
}

pub fn cors() -> Cors {
    Cors::permissive() //!!
}
//: good signin
use actix_cors::Cors;
use actix_web::cookie::{Cookie, SameSite};

pub fn cookie(value: String) -> Cookie<'static> {
    Cookie::build("session", value)
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

pub fn cors() -> Cors {
    Cors::default().allowed_origin("https://app.corp.invalid")
}
