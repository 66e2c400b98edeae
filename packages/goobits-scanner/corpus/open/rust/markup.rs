//: bad greeting
use axum::extract::Query;
use axum::response::Html;
use std::collections::HashMap;

pub async fn greeting(Query(query): Query<HashMap<String, String>>) -> Html<String> {
    let name = &query["name"];
    Html(format!("<h1>Hello {name}</h1>")) //!!
}
//: good greeting
use axum::extract::Query;
use axum::response::Html;
use std::collections::HashMap;

pub async fn greeting(Query(query): Query<HashMap<String, String>>) -> Html<String> {
    let name = html_escape::encode_text(&query["name"]);
    Html(format!("<h1>Hello {name}</h1>"))
}
