//: bad const-token
use reqwest::header::AUTHORIZATION;

const TOKEN: &str = "ghp_<|>K2vNq8ZxTkLwR6yBc4JdHs9PfUg3e0aXo7iM"; //!

pub async fn issues(client: &reqwest::Client) -> reqwest::Result<String> {
    client
        .get("https://git.example.invalid/issues")
        .header(AUTHORIZATION, format!("token {TOKEN}"))
        .send()
        .await?
        .text()
        .await
}

//: good const-token
use reqwest::header::AUTHORIZATION;

const TOKEN: &str = "GITHUB_TOKEN";

pub async fn issues(client: &reqwest::Client) -> reqwest::Result<String> {
    client
        .get("https://git.example.invalid/issues")
        .header(AUTHORIZATION, format!("token {}", std::env::var(TOKEN).unwrap()))
        .send()
        .await?
        .text()
        .await
}

//: bad login-token
use chrono::{Duration, Utc};
use jsonwebtoken::{decode, encode, DecodingKey, EncodingKey, Header, TokenData, Validation};
use serde::{Deserialize, Serialize};

const SIGNING_SECRET: &str = "mY7t9<|>Kq2pZr5Wv8Xc3Ln6Bd"; //!

#[derive(Serialize, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub exp: i64,
}

pub fn issue(user: &str) -> jsonwebtoken::errors::Result<String> {
    let claims = Claims { sub: user.to_owned(), exp: (Utc::now() + Duration::hours(8)).timestamp() };
    encode(&Header::default(), &claims, &EncodingKey::from_secret(SIGNING_SECRET.as_bytes())) //!
}

pub fn check(token: &str) -> jsonwebtoken::errors::Result<TokenData<Claims>> {
    decode(token, &DecodingKey::from_secret(SIGNING_SECRET.as_bytes()), &Validation::default()) //!
}

//: good login-token
use chrono::{Duration, Utc};
use jsonwebtoken::{decode, encode, DecodingKey, EncodingKey, Header, TokenData, Validation};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

const SECRET_VARIABLE: &str = "APP_SIGNING_SECRET";

#[derive(Serialize, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub exp: i64,
}

pub struct Tokens {
    secret: SecretString,
}

impl Tokens {
    pub fn from_env() -> anyhow::Result<Self> {
        let secret = std::env::var(SECRET_VARIABLE)?;
        anyhow::ensure!(secret.len() >= 32, "{SECRET_VARIABLE} is too short");
        Ok(Tokens { secret: secret.into() })
    }

    pub fn issue(&self, user: &str) -> jsonwebtoken::errors::Result<String> {
        let claims = Claims { sub: user.to_owned(), exp: (Utc::now() + Duration::hours(8)).timestamp() };
        let key = EncodingKey::from_secret(self.secret.expose_secret().as_bytes());
        encode(&Header::default(), &claims, &key)
    }

    pub fn check(&self, token: &str) -> jsonwebtoken::errors::Result<TokenData<Claims>> {
        let key = DecodingKey::from_secret(self.secret.expose_secret().as_bytes());
        decode(token, &key, &Validation::default())
    }
}
