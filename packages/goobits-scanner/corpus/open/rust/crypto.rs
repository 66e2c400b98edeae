//: bad accounts
use md5::{Digest, Md5};

pub struct Account {
    pub name: String,
    pub password_hash: Vec<u8>,
}

impl Account {
    pub fn set_password(&mut self, password: &str) {
        self.password_hash = Md5::digest(password.as_bytes()).to_vec(); //!!
    }
}
//: good accounts
use argon2::password_hash::{rand_core::OsRng, PasswordHasher, SaltString};
use argon2::Argon2;

pub struct Account {
    pub name: String,
    pub password_hash: String,
}

impl Account {
    pub fn set_password(&mut self, password: &str) {
        let salt = SaltString::generate(&mut OsRng);
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
        self.password_hash = hash.unwrap().to_string();
    }
}
//: bad tokens
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

pub fn session_token() -> String {
    let mut rng = StdRng::seed_from_u64(42); //!!
    let token: [u8; 16] = rng.gen();
    hex::encode(token)
}
//: good tokens
use rand::rngs::OsRng;
use rand::RngCore;

pub fn session_token() -> String {
    let mut token = [0u8; 16];
    OsRng.fill_bytes(&mut token);
    hex::encode(token)
}
