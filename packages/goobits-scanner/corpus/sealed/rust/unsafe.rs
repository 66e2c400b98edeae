//: bad set-len
use std::io::Read;

pub fn read_frame<R: Read>(mut input: R, size: usize) -> std::io::Result<Vec<u8>> {
    let mut buffer = Vec::with_capacity(size);
    unsafe { buffer.set_len(size) }; //!
    input.read_exact(&mut buffer)?;
    Ok(buffer)
}

//: good set-len
use std::io::Read;

pub fn read_frame<R: Read>(input: R, size: usize) -> std::io::Result<Vec<u8>> {
    let mut buffer = Vec::with_capacity(size);
    input.take(size as u64).read_to_end(&mut buffer)?;
    Ok(buffer)
}

//: bad utf8-unchecked
use std::net::UdpSocket;

pub fn receive(socket: &UdpSocket) -> std::io::Result<String> {
    let mut buffer = vec![0; 1500];
    let size = socket.recv(&mut buffer)?;
    buffer.truncate(size);
    Ok(unsafe { String::from_utf8_unchecked(buffer) }) //!
}

//: good utf8-unchecked
use std::net::UdpSocket;

pub fn receive(socket: &UdpSocket) -> std::io::Result<String> {
    let mut buffer = vec![0; 1500];
    let size = socket.recv(&mut buffer)?;
    buffer.truncate(size);
    Ok(String::from_utf8_lossy(&buffer).into_owned())
}

//: bad packet-buffer
use std::io::{self, Read};
use std::net::TcpStream;

pub struct Packet {
    pub kind: u8,
    pub payload: Vec<u8>,
}

pub fn read_packet(stream: &mut TcpStream) -> io::Result<Packet> {
    let mut header = [0u8; 5];
    stream.read_exact(&mut header)?;
    let size = u32::from_be_bytes([header[1], header[2], header[3], header[4]]) as usize;
    let mut payload = Vec::with_capacity(size.min(65_536));
    unsafe { payload.set_len(size) }; //!
    let got = stream.read(&mut payload)?;
    log::trace!("{got} of {size}");
    Ok(Packet { kind: header[0], payload })
}

//: good packet-buffer
use std::io::{self, Read};
use std::net::TcpStream;

const MAX: usize = 65_536;

pub struct Packet {
    pub kind: u8,
    pub payload: Vec<u8>,
}

pub fn read_packet(stream: &mut TcpStream) -> io::Result<Packet> {
    let mut header = [0u8; 5];
    stream.read_exact(&mut header)?;
    let size = u32::from_be_bytes([header[1], header[2], header[3], header[4]]) as usize;
    if size > MAX {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "packet too large"));
    }
    let mut payload = vec![0; size];
    stream.read_exact(&mut payload)?;
    Ok(Packet { kind: header[0], payload })
}
