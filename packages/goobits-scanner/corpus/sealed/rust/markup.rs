//: bad letter
use actix_web::{post, web, HttpResponse};
use tera::{Context, Tera};

#[post("/letter")]
async fn letter(template: String) -> HttpResponse {
    let mut context = Context::new();
    context.insert("site", "shop");
    let page = Tera::one_off(&template, &context, false).unwrap(); //!!
    HttpResponse::Ok().content_type("text/html").body(page)
}
//: good letter
use actix_web::{post, web, HttpResponse};
use tera::{Context, Tera};

#[post("/letter")]
async fn letter(text: String) -> HttpResponse {
    let mut context = Context::new();
    context.insert("text", &text);
    let page = Tera::one_off("<p>{{ text }}</p>", &context, true).unwrap();
    HttpResponse::Ok().content_type("text/html").body(page)
}
