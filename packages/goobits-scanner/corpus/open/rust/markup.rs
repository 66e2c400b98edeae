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

//: bad mail-preview
use actix_web::{error, post, web, HttpResponse};
use tera::{Context, Tera};

#[derive(serde::Deserialize)]
struct Preview {
    template: String,
    customer: String,
}

#[post("/mails/preview")]
async fn preview(form: web::Form<Preview>) -> actix_web::Result<HttpResponse> {
    let mut context = Context::new();
    context.insert("customer", &form.customer);
    let html = Tera::one_off(&form.template, &context, false).map_err(error::ErrorBadRequest)?; //!
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

//: good mail-preview
use actix_web::{error, post, web, HttpResponse};
use std::sync::LazyLock;
use tera::{Context, Tera};

static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new("templates/mail/*.html").expect("the templates parse");
    tera.autoescape_on(vec![".html"]);
    tera
});

#[derive(serde::Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Mail {
    Welcome,
    Invoice,
}

#[derive(serde::Deserialize)]
struct Preview {
    template: Mail,
    customer: String,
}

#[post("/mails/preview")]
async fn preview(form: web::Form<Preview>) -> actix_web::Result<HttpResponse> {
    let name = match form.template {
        Mail::Welcome => "welcome.html",
        Mail::Invoice => "invoice.html",
    };
    let mut context = Context::new();
    context.insert("customer", &form.customer);
    let html = TEMPLATES.render(name, &context).map_err(error::ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}
