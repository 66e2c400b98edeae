//: bad seal
use openssl::error::ErrorStack;
use openssl::symm::{encrypt, Cipher};

pub fn seal(key: &[u8], text: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    encrypt(Cipher::aes_128_ecb(), key, None, text) //!!
}
//: good seal
use openssl::error::ErrorStack;
use openssl::rand::rand_bytes;
use openssl::symm::{encrypt_aead, Cipher};

pub fn seal(key: &[u8], text: &[u8]) -> Result<(Vec<u8>, [u8; 16]), ErrorStack> {
    let (mut nonce, mut tag) = ([0u8; 12], [0u8; 16]);
    rand_bytes(&mut nonce)?;
    let data = encrypt_aead(Cipher::aes_128_gcm(), key, Some(&nonce), &[], text, &mut tag)?;
    Ok((data, tag))
}
