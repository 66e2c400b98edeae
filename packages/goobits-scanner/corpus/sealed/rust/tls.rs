//: bad client
use reqwest::{Client, Error};
use std::time::Duration;

pub fn client() -> Result<Client, Error> {
    Client::builder()
        .timeout(Duration::from_secs(10))
        .danger_accept_invalid_certs(true) //!!
        .build()
}
//: good client
use reqwest::{Certificate, Client, Error};
use std::time::Duration;

pub fn client(pem: &[u8]) -> Result<Client, Error> {
    Client::builder()
        .timeout(Duration::from_secs(10))
        .add_root_certificate(Certificate::from_pem(pem)?)
        .build()
}
