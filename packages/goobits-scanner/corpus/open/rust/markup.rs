//: bad axum-html
use axum::{extract::Query, response::Html};
use std::collections::HashMap;

pub async fn greet(Query(params): Query<HashMap<String, String>>) -> Html<String> {
    Html(format!("<h1>Hello {}</h1>", params["name"])) //!
}

//: good axum-html
use axum::{extract::Query, response::Html};
use std::collections::HashMap;

pub async fn greet(Query(params): Query<HashMap<String, String>>) -> Html<String> {
    Html(format!("<h1>Hello {}</h1>", html_escape::encode_text(&params["name"])))
}
