//: bad bincode-socket
use serde::Deserialize;
use std::net::TcpListener;

#[derive(Deserialize)]
struct Frame {
    rows: Vec<Vec<u8>>,
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("0.0.0.0:9000")?;
    for stream in listener.incoming() {
        let frame: Frame = bincode::deserialize_from(stream?).unwrap(); //!
        println!("{}", frame.rows.len());
    }
    Ok(())
}

//: good bincode-socket
use bincode::Options;
use serde::Deserialize;
use std::net::TcpListener;

#[derive(Deserialize)]
struct Frame {
    rows: Vec<Vec<u8>>,
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:9000")?;
    for stream in listener.incoming() {
        let frame: Frame = bincode::options().with_limit(1 << 20).deserialize_from(stream?).unwrap();
        println!("{}", frame.rows.len());
    }
    Ok(())
}
