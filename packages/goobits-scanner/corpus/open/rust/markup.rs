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

//: bad askama-safe
use askama::Template;
use axum::{extract::Query, response::Html};

#[derive(Template, serde::Deserialize)]
#[template(source = "<p>{{ text|safe }}</p>", ext = "html")] //!
pub struct Note {
    text: String,
}

pub async fn note(Query(note): Query<Note>) -> Html<String> {
    Html(note.render().unwrap())
}

//: good askama-safe
use askama::Template;
use axum::{extract::Query, response::Html};

#[derive(Template, serde::Deserialize)]
#[template(source = "<p>{{ text }}</p>", ext = "html")]
pub struct Note {
    text: String,
}

pub async fn note(Query(note): Query<Note>) -> Html<String> {
    Html(note.render().unwrap())
}
