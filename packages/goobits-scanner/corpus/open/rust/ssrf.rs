//: bad reqwest-proxy
use actix_web::{get, web, HttpResponse};
use std::collections::HashMap;

#[get("/proxy")]
async fn proxy(query: web::Query<HashMap<String, String>>) -> HttpResponse {
    let url = query.get("url").unwrap();
    let body = reqwest::get(url).await.unwrap().bytes().await.unwrap(); //!
    HttpResponse::Ok().body(body)
}

//: good reqwest-proxy
use actix_web::{get, web, HttpResponse};
use std::collections::HashMap;

#[get("/proxy")]
async fn proxy(query: web::Query<HashMap<String, String>>) -> HttpResponse {
    let request = reqwest::Client::new().get("https://feeds.example.invalid/rss").query(&query.0);
    let body = request.send().await.unwrap().bytes().await.unwrap();
    HttpResponse::Ok().body(body)
}
