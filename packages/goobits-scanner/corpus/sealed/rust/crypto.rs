//: bad openssl-ecb
use openssl::symm::{encrypt, Cipher};

pub fn seal(key: &[u8], data: &[u8]) -> Vec<u8> {
    let cipher = Cipher::aes_128_ecb(); //!
    encrypt(cipher, key, None, data).unwrap()
}

//: good openssl-ecb
use openssl::symm::{encrypt_aead, Cipher};

pub fn seal(key: &[u8], nonce: &[u8], data: &[u8], tag: &mut [u8]) -> Vec<u8> {
    let cipher = Cipher::aes_256_gcm();
    encrypt_aead(cipher, key, Some(nonce), &[], data, tag).unwrap()
}

//: bad rsa-bits
use rsa::RsaPrivateKey;

pub fn issue() -> RsaPrivateKey {
    let mut rng = rand::thread_rng();
    RsaPrivateKey::new(&mut rng, 1024).expect("a key") //!
}

//: good rsa-bits
use rsa::RsaPrivateKey;

pub fn issue() -> RsaPrivateKey {
    let mut rng = rand::thread_rng();
    RsaPrivateKey::new(&mut rng, 3072).expect("a key")
}
