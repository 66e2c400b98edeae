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
