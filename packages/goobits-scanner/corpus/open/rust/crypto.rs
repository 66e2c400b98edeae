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
