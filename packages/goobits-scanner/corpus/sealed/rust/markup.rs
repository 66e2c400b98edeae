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
