//: bad reqwest-certs
use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .user_agent("kit/1.0")
        .danger_accept_invalid_certs(true) //!
        .build()
}

//: good reqwest-certs
use reqwest::{Certificate, Client};

pub fn client(pem: &[u8]) -> reqwest::Result<Client> {
    Client::builder()
        .user_agent("kit/1.0")
        .add_root_certificate(Certificate::from_pem(pem)?)
        .build()
}

//: bad rustls-verifier
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

#[derive(Debug)]
struct Relaxed;

impl ServerCertVerifier for Relaxed {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion()) //!
    }
}

//: good rustls-verifier
use rustls::client::danger::ServerCertVerifier;
use rustls::client::WebPkiServerVerifier;
use rustls::RootCertStore;
use std::sync::Arc;

#[derive(Debug)]
struct Strict {
    inner: Arc<WebPkiServerVerifier>,
}

impl Strict {
    fn new(roots: RootCertStore) -> Self {
        Self { inner: WebPkiServerVerifier::builder(Arc::new(roots)).build().unwrap() }
    }
}
