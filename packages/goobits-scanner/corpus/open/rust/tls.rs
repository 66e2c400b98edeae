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

//: bad internal-client
use reqwest::{Client, ClientBuilder};
use std::time::Duration;

pub struct Billing {
    client: Client,
    base: String,
}

impl Billing {
    pub fn new(base: impl Into<String>) -> reqwest::Result<Self> {
        let client = ClientBuilder::new()
            .timeout(Duration::from_secs(10))
            .danger_accept_invalid_certs(true) //!
            .build()?;
        Ok(Billing { client, base: base.into() })
    }

    pub async fn invoice(&self, id: u64) -> reqwest::Result<String> {
        self.client.get(format!("{}/invoices/{id}", self.base)).send().await?.text().await
    }
}

//: good internal-client
use reqwest::{tls::Version, Certificate, Client, ClientBuilder};
use std::time::Duration;

pub struct Billing {
    client: Client,
    base: String,
}

impl Billing {
    pub fn new(base: impl Into<String>, ca_pem: &[u8]) -> reqwest::Result<Self> {
        let client = ClientBuilder::new()
            .timeout(Duration::from_secs(10))
            .https_only(true)
            .min_tls_version(Version::TLS_1_2)
            .tls_built_in_root_certs(false)
            .add_root_certificate(Certificate::from_pem(ca_pem)?)
            .build()?;
        Ok(Billing { client, base: base.into() })
    }

    pub async fn invoice(&self, id: u64) -> reqwest::Result<String> {
        self.client.get(format!("{}/invoices/{id}", self.base)).send().await?.text().await
    }
}
