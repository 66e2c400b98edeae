//: bad frame-reader
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

async fn session(stream: TcpStream) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let size = reader.read_u32().await? as usize;
        anyhow::ensure!(size <= 1 << 20, "frame too large");
        let mut frame = vec![0; size];
        reader.read_exact(&mut frame).await?;
        let mut parser = serde_json::Deserializer::from_slice(&frame);
        parser.disable_recursion_limit(); //!
        let message = Value::deserialize(&mut parser)?;
        log::debug!("{}", message["kind"]);
    }
}

pub async fn serve(listener: TcpListener) -> anyhow::Result<()> {
    loop {
        let (stream, peer) = listener.accept().await?;
        tokio::spawn(async move {
            if let Err(error) = session(stream).await {
                log::info!("{peer}: {error:#}");
            }
        });
    }
}

//: good frame-reader
use serde::Deserialize;
use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Message {
    Ping { seq: u64 },
    Subscribe { topic: String },
}

async fn session(stream: TcpStream) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let size = reader.read_u32().await? as usize;
        anyhow::ensure!(size <= 1 << 20, "frame too large");
        let mut frame = vec![0; size];
        reader.read_exact(&mut frame).await?;
        let mut parser = serde_json::Deserializer::from_slice(&frame);
        let message = Message::deserialize(&mut parser)?;
        parser.end()?;
        match message {
            Message::Ping { seq } => log::debug!("ping {seq}"),
            Message::Subscribe { topic } => log::debug!("subscribe {topic:?}"),
        }
    }
}

pub async fn serve(listener: TcpListener) -> anyhow::Result<()> {
    loop {
        let (stream, peer) = listener.accept().await?;
        tokio::spawn(async move {
            if let Err(error) = session(stream).await {
                log::info!("{peer}: {error:#}");
            }
        });
    }
}
