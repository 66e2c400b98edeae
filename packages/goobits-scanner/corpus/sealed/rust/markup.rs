//: bad tera-one-off
use actix_web::{post, web, HttpResponse};
use tera::{Context, Tera};

#[post("/render")]
async fn render(body: String) -> HttpResponse {
    let page = Tera::one_off(&body, &Context::new(), false).unwrap(); //!
    HttpResponse::Ok().content_type("text/html").body(page)
}

//: good tera-one-off
use actix_web::{post, web, HttpResponse};
use tera::{Context, Tera};

#[post("/render")]
async fn render(tera: web::Data<Tera>, body: String) -> HttpResponse {
    let mut context = Context::new();
    context.insert("body", &body);
    HttpResponse::Ok().content_type("text/html").body(tera.render("page.html", &context).unwrap())
}

//: bad search-page
use axum::{extract::Query, response::Html, routing::get, Router};
use std::collections::HashMap;

async fn search(Query(params): Query<HashMap<String, String>>) -> Html<String> {
    let term = params.get("q").cloned().unwrap_or_default();
    let mut page = String::from("<!doctype html><title>Search</title>");
    page.push_str(&format!("<h1>Results for {term}</h1><ul></ul>"));
    Html(page) //!
}

pub fn routes() -> Router {
    Router::new().route("/search", get(search))
}

//: good search-page
use axum::{extract::Query, response::Html, routing::get, Router};
use html_escape::encode_text;
use std::collections::HashMap;

async fn search(Query(params): Query<HashMap<String, String>>) -> Html<String> {
    let term = params.get("q").map(String::as_str).unwrap_or_default();
    let mut page = String::from("<!doctype html><title>Search</title>");
    page.push_str(&format!("<h1>Results for {}</h1><ul></ul>", encode_text(term)));
    Html(page)
}

pub fn routes() -> Router {
    Router::new().route("/search", get(search))
}
