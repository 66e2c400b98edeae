//: bad openssl-verify
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};

pub fn connector() -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(SslVerifyMode::NONE); //!
    builder.build()
}

//: good openssl-verify
use openssl::ssl::{SslConnector, SslMethod, SslVerifyMode};

pub fn connector() -> SslConnector {
    let mut builder = SslConnector::builder(SslMethod::tls()).unwrap();
    builder.set_verify(SslVerifyMode::PEER);
    builder.build()
}

//: bad native-tls-hostnames
use native_tls::TlsConnector;
use std::net::TcpStream;

pub fn connect(host: &str) -> native_tls::TlsStream<TcpStream> {
    let connector = TlsConnector::builder().danger_accept_invalid_hostnames(true).build().unwrap(); //!
    connector.connect(host, TcpStream::connect((host, 993)).unwrap()).unwrap()
}

//: good native-tls-hostnames
use native_tls::{Protocol, TlsConnector};
use std::net::TcpStream;

pub fn connect(host: &str) -> native_tls::TlsStream<TcpStream> {
    let connector = TlsConnector::builder().min_protocol_version(Some(Protocol::Tlsv12)).build().unwrap();
    connector.connect(host, TcpStream::connect((host, 993)).unwrap()).unwrap()
}
