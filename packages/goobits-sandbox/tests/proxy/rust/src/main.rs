//! Fetches each address of its arguments through the proxy that its variables name.

use std::env;

use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

fn main() {
    let authority = std::fs::read(env::var("SSL_CERT_FILE").unwrap()).unwrap();
    let root = Certificate::from_pem(&authority).unwrap();
    let tls = TlsConfig::builder()
        .provider(TlsProvider::NativeTls)
        .root_certs(RootCerts::new_with_certs(&[root]))
        .build();
    let agent: Agent = Agent::config_builder().tls_config(tls).build().into();
    for address in env::args().skip(1) {
        match agent.get(&address).call() {
            Ok(mut answer) => println!("{}", answer.body_mut().read_to_string().unwrap()),
            Err(error) => println!("refused: {error}"),
        }
    }
}
