//! As much of HTTP as one request takes: a connection of its own, no TLS, no redirects.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// What a service answered; the body is not always what was asked for.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

/// Send a request and wait for its answer; `host` may have a port.
pub fn send(
    host: &str,
    start: &str,
    headers: &[(&str, String)],
    body: &str,
    timeout: Duration,
) -> io::Result<Answer> {
    // With 1.0 the body comes as it is, and ends where the connection does.
    let mut head = vec![format!("{start} HTTP/1.0"), format!("Host: {host}")];
    head.extend(
        headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}")),
    );
    if head.iter().any(|line| line.contains(char::is_control)) {
        return Err(ErrorKind::InvalidInput.into());
    }
    let mut stream = connect(host, timeout)?;
    stream.set_read_timeout(Some(timeout))?;
    stream.set_write_timeout(Some(timeout))?;
    stream.write_all(format!("{}\r\n\r\n{body}", head.join("\r\n")).as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8(answer).ok().as_deref().and_then(read);
    answer.ok_or_else(|| ErrorKind::InvalidData.into())
}

fn connect(host: &str, timeout: Duration) -> io::Result<TcpStream> {
    let port = host
        .rsplit_once(':')
        .filter(|(_, port)| port.parse::<u16>().is_ok());
    let addresses = match port {
        Some(_) => host.to_socket_addrs()?,
        None => format!("{host}:80").to_socket_addrs()?,
    };
    let mut stream = Err(ErrorKind::NotFound.into());
    for address in addresses {
        stream = TcpStream::connect_timeout(&address, timeout);
        if stream.is_ok() {
            break;
        }
    }
    stream
}

/// Read an answer; one that is shorter than it says is none.
fn read(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?;
    let mut headers = lines.filter_map(|line| line.split_once(':'));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body = match length {
        Some((_, length)) => body.get(..length.trim().parse().ok()?)?,
        None => body,
    };
    Some(Answer {
        status: status.parse().ok()?,
        body: body.into(),
    })
}
