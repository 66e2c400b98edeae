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
