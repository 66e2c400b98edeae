//: bad md5-password
use md5::{Digest, Md5};

pub struct Account {
    pub name: String,
    password_hash: String,
}

impl Account {
    pub fn set_password(&mut self, password: &str) {
        let digest = Md5::digest(password.as_bytes()); //!
        self.password_hash = format!("{:x}", digest);
    }
}

//: good md5-password
use argon2::password_hash::{rand_core::OsRng, PasswordHasher, SaltString};
use argon2::Argon2;

pub struct Account {
    pub name: String,
    password_hash: String,
}

impl Account {
    pub fn set_password(&mut self, password: &str) {
        let salt = SaltString::generate(&mut OsRng);
        self.password_hash = Argon2::default().hash_password(password.as_bytes(), &salt).unwrap().to_string();
    }
}

//: bad sha1-signature
use sha1::{Digest, Sha1};

pub fn signature(secret: &[u8], body: &[u8]) -> Vec<u8> {
    let mut hasher = Sha1::new(); //!
    hasher.update(secret);
    hasher.update(body);
    hasher.finalize().to_vec()
}

//: good sha1-signature
use hmac::{Hmac, Mac};
use sha2::Sha256;

pub fn signature(secret: &[u8], body: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}

//: bad seeded-token
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub fn session_token() -> String {
    let mut rng = StdRng::seed_from_u64(42); //!
    (0..32).map(|_| format!("{:x}", rng.gen_range(0..16))).collect()
}

//: good seeded-token
use rand::rngs::OsRng;
use rand::RngCore;

pub fn session_token() -> String {
    let mut bytes = [0u8; 16];
    OsRng.fill_bytes(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//: bad zero-nonce
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};

pub fn seal(key: &[u8; 32], text: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new(key.into());
    let nonce = Nonce::from_slice(&[0u8; 12]);
    cipher.encrypt(nonce, text).expect("encryption") //!
}

//: good zero-nonce
use aes_gcm::aead::{Aead, AeadCore, KeyInit, OsRng};
use aes_gcm::Aes256Gcm;

pub fn seal(key: &[u8; 32], text: &[u8]) -> Vec<u8> {
    let cipher = Aes256Gcm::new(key.into());
    let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
    cipher.encrypt(&nonce, text).expect("encryption")
}

//: bad compute-digest
use std::collections::HashMap;

pub fn login(users: &HashMap<String, String>, name: &str, password: &str) -> bool {
    let digest = format!("{:x}", md5::compute(password)); //!
    users.get(name) == Some(&digest)
}

//: good compute-digest
use std::collections::HashMap;

pub fn login(users: &HashMap<String, String>, name: &str, password: &str) -> bool {
    let Some(hash) = users.get(name) else { return false };
    bcrypt::verify(password, hash).unwrap_or(false)
}

//: bad password-digest
use actix_web::{post, web, HttpResponse, Responder};
use md5::{Digest, Md5};
use serde::Deserialize;
use sqlx::PgPool;

#[derive(Deserialize)]
struct Register {
    email: String,
    password: String,
}

#[post("/register")]
async fn register(pool: web::Data<PgPool>, form: web::Form<Register>) -> impl Responder {
    let mut hasher = Md5::new(); //!
    hasher.update(form.password.as_bytes());
    let stored = hex::encode(hasher.finalize());
    let done = sqlx::query("INSERT INTO users (email, password) VALUES ($1, $2)")
        .bind(&form.email)
        .bind(stored)
        .execute(pool.get_ref())
        .await;
    match done {
        Ok(_) => HttpResponse::Created(),
        Err(_) => HttpResponse::Conflict(),
    }
}

//: good password-digest
use actix_web::{post, web, HttpResponse, Responder};
use argon2::{
    password_hash::{rand_core::OsRng, PasswordHasher, SaltString},
    Argon2,
};
use serde::Deserialize;
use sqlx::PgPool;

#[derive(Deserialize)]
struct Register {
    email: String,
    password: String,
}

#[post("/register")]
async fn register(pool: web::Data<PgPool>, form: web::Form<Register>) -> impl Responder {
    let salt = SaltString::generate(&mut OsRng);
    let Ok(stored) = Argon2::default().hash_password(form.password.as_bytes(), &salt) else {
        return HttpResponse::InternalServerError();
    };
    let done = sqlx::query("INSERT INTO users (email, password) VALUES ($1, $2)")
        .bind(&form.email)
        .bind(stored.to_string())
        .execute(pool.get_ref())
        .await;
    match done {
        Ok(_) => HttpResponse::Created(),
        Err(_) => HttpResponse::Conflict(),
    }
}

//: bad record-cipher
use openssl::symm::{decrypt, encrypt, Cipher};

pub struct RecordStore {
    key: [u8; 32],
}

impl RecordStore {
    pub fn new(key: [u8; 32]) -> Self {
        RecordStore { key }
    }

    pub fn seal(&self, record: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
        encrypt(Cipher::aes_256_ecb(), &self.key, None, record) //!
    }

    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
        let cipher = Cipher::aes_256_ecb(); //!
        decrypt(cipher, &self.key, None, sealed)
    }
}

//: good record-cipher
use openssl::rand::rand_bytes;
use openssl::symm::{decrypt_aead, encrypt_aead, Cipher};

pub struct RecordStore {
    key: [u8; 32],
}

impl RecordStore {
    pub fn new(key: [u8; 32]) -> Self {
        RecordStore { key }
    }

    pub fn seal(&self, record: &[u8]) -> Result<Vec<u8>, openssl::error::ErrorStack> {
        let mut nonce = [0u8; 12];
        rand_bytes(&mut nonce)?;
        let mut tag = [0u8; 16];
        let body = encrypt_aead(Cipher::aes_256_gcm(), &self.key, Some(&nonce), b"record", record, &mut tag)?;
        Ok([nonce.as_slice(), tag.as_slice(), body.as_slice()].concat())
    }

    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(12)?;
        let (tag, body) = rest.split_at_checked(16)?;
        decrypt_aead(Cipher::aes_256_gcm(), &self.key, Some(nonce), b"record", body, tag).ok()
    }
}

//: bad fixed-nonce
use aes_gcm::{
    aead::{Aead, KeyInit},
    Aes256Gcm, Key, Nonce,
};

const NONCE: &[u8; 12] = b"unique nonce";

pub struct Vault(Aes256Gcm);

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        Vault(Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key)))
    }

    pub fn put(&self, plain: &[u8]) -> Result<Vec<u8>, aes_gcm::Error> {
        self.0.encrypt(Nonce::from_slice(NONCE), plain) //!
    }

    pub fn get(&self, sealed: &[u8]) -> Result<Vec<u8>, aes_gcm::Error> {
        self.0.decrypt(Nonce::from_slice(NONCE), sealed)
    }
}

//: good fixed-nonce
use aes_gcm::{
    aead::{Aead, AeadCore, KeyInit, OsRng},
    Aes256Gcm, Key, Nonce,
};

const NONCE_LEN: usize = 12;

pub struct Vault(Aes256Gcm);

impl Vault {
    pub fn new(key: &[u8; 32]) -> Self {
        Vault(Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key)))
    }

    pub fn put(&self, plain: &[u8]) -> Result<Vec<u8>, aes_gcm::Error> {
        let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
        let mut out = nonce.to_vec();
        out.extend(self.0.encrypt(&nonce, plain)?);
        Ok(out)
    }

    pub fn get(&self, sealed: &[u8]) -> Result<Vec<u8>, aes_gcm::Error> {
        if sealed.len() < NONCE_LEN {
            return Err(aes_gcm::Error);
        }
        let (nonce, body) = sealed.split_at(NONCE_LEN);
        self.0.decrypt(Nonce::from_slice(nonce), body)
    }
}
