//: bad hyper-status
use axum::extract::Path;
use hyper::{Client, Uri};

pub async fn status(Path(host): Path<String>) -> String {
    let uri: Uri = format!("http://{host}/health").parse().unwrap();
    let answer = Client::new().get(uri).await.unwrap(); //!
    answer.status().to_string()
}

//: good hyper-status
use axum::extract::Path;
use hyper::{Client, Uri};

pub async fn status(Path(port): Path<u16>) -> String {
    let uri: Uri = format!("http://localhost:{}/health", if port == 81 { 81 } else { 80 }).parse().unwrap();
    let answer = Client::new().get(uri).await.unwrap();
    answer.status().to_string()
}

//: bad link-card
use axum::{extract::State, http::StatusCode, routing::post, Json, Router};
use scraper::{Html, Selector};
use serde::Deserialize;

#[derive(Deserialize)]
struct Link {
    url: String,
}

async fn card(State(client): State<reqwest::Client>, Json(link): Json<Link>) -> Result<String, StatusCode> {
    let answer = client.get(&link.url).send().await.map_err(|_| StatusCode::BAD_GATEWAY)?; //!
    let text = answer.text().await.map_err(|_| StatusCode::BAD_GATEWAY)?;
    let title = Selector::parse("title").expect("a constant selector");
    let page = Html::parse_document(&text);
    page.select(&title).next().map(|node| node.inner_html()).ok_or(StatusCode::NOT_FOUND)
}

pub fn routes(client: reqwest::Client) -> Router {
    Router::new().route("/cards", post(card)).with_state(client)
}

//: good link-card
use axum::{extract::State, http::StatusCode, routing::post, Json, Router};
use scraper::{Html, Selector};
use serde::Deserialize;

#[derive(Deserialize)]
struct Link {
    article: u32,
}

const WIKI: &str = "https://wiki.invalid/articles";

async fn card(State(client): State<reqwest::Client>, Json(link): Json<Link>) -> Result<String, StatusCode> {
    let address = format!("{WIKI}/{}", link.article);
    let answer = client.get(address).send().await.map_err(|_| StatusCode::BAD_GATEWAY)?;
    let text = answer.text().await.map_err(|_| StatusCode::BAD_GATEWAY)?;
    let title = Selector::parse("title").expect("a constant selector");
    let page = Html::parse_document(&text);
    page.select(&title).next().map(|node| node.inner_html()).ok_or(StatusCode::NOT_FOUND)
}

pub fn routes() -> reqwest::Result<Router> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    Ok(Router::new().route("/cards", post(card)).with_state(client))
}

//: bad pinned-verifier
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

#[derive(Debug)]
pub struct LabVerifier;

impl ServerCertVerifier for LabVerifier {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion()) //!
    }

    fn verify_tls12_signature(&self, _m: &[u8], _c: &CertificateDer<'_>, _d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion()) //!
    }

    fn verify_tls13_signature(&self, _m: &[u8], _c: &CertificateDer<'_>, _d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion()) //!
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519, SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

//: good pinned-verifier
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::Arc;

/// The usual verification, and a pin on top of it.
#[derive(Debug)]
pub struct PinnedVerifier {
    inner: Arc<WebPkiServerVerifier>,
    pin: [u8; 32],
}

impl ServerCertVerifier for PinnedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let digest = ring::digest::digest(&ring::digest::SHA256, end_entity.as_ref());
        if digest.as_ref() != self.pin {
            return Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure));
        }
        self.inner.verify_server_cert(end_entity, intermediates, name, ocsp, now)
    }

    fn verify_tls12_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls12_signature(m, c, d)
    }

    fn verify_tls13_signature(&self, m: &[u8], c: &CertificateDer<'_>, d: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        self.inner.verify_tls13_signature(m, c, d)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
