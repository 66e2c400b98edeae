//: bad preview
use actix_web::{get, web, HttpResponse};
use std::collections::HashMap;

#[get("/preview")]
async fn preview(query: web::Query<HashMap<String, String>>) -> HttpResponse {
    let url = query.get("url").cloned().unwrap_or_default();
    let page = reqwest::get(&url).await.unwrap().text().await.unwrap(); //!!
    HttpResponse::Ok().body(page)
}
//: good preview
use actix_web::{get, web, HttpResponse};
use std::collections::HashMap;

#[get("/preview")]
async fn preview(query: web::Query<HashMap<String, String>>) -> HttpResponse {
    let url = match query.get("source").map(String::as_str) {
        Some("news") => "https://news.invalid/latest",
        _ => "https://blog.invalid/latest",
    };
    let page = reqwest::get(url).await.unwrap().text().await.unwrap();
    HttpResponse::Ok().body(page)
}
