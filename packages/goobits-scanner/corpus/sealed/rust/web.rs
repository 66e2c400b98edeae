//: bad cookie-flags
use actix_web::cookie::Cookie;
use actix_web::HttpResponse;

pub fn login(session: String) -> HttpResponse {
    let cookie = Cookie::build("session", session).secure(false).http_only(false).finish(); //!
    HttpResponse::Ok().cookie(cookie).finish()
}

//: good cookie-flags
use actix_web::cookie::{Cookie, SameSite};
use actix_web::HttpResponse;

pub fn login(session: String) -> HttpResponse {
    let cookie = Cookie::build("session", session).secure(true).http_only(true).same_site(SameSite::Lax).finish();
    HttpResponse::Ok().cookie(cookie).finish()
}

//: bad open-redirect
use axum::{extract::Query, response::Redirect};
use std::collections::HashMap;

pub async fn after_login(Query(params): Query<HashMap<String, String>>) -> Redirect {
    Redirect::to(&params["next"]) //!
}

//: good open-redirect
use axum::{extract::Query, response::Redirect};
use std::collections::HashMap;

pub async fn after_login(Query(params): Query<HashMap<String, String>>) -> Redirect {
    Redirect::to(if params.contains_key("cart") { "/cart" } else { "/" })
}

//: bad session-setup
use actix_session::{storage::CookieSessionStore, SessionMiddleware};
use actix_web::{cookie::Key, web, App, HttpResponse, HttpServer};

async fn me() -> HttpResponse {
    HttpResponse::Ok().finish()
}

pub async fn run(key: Key) -> std::io::Result<()> {
    HttpServer::new(move || {
        let session = SessionMiddleware::builder(CookieSessionStore::default(), key.clone())
            .cookie_name("sid".to_owned())
            .cookie_secure(false) //!
            .cookie_http_only(false) //!
            .build();
        let cors = actix_cors::Cors::permissive(); //!
        App::new().wrap(cors).wrap(session).route("/me", web::get().to(me))
    })
    .bind(("0.0.0.0", 8080))?
    .run()
    .await
}

//: good session-setup
use actix_session::{storage::CookieSessionStore, SessionMiddleware};
use actix_web::cookie::{Key, SameSite};
use actix_web::{http::Method, web, App, HttpResponse, HttpServer};

async fn me() -> HttpResponse {
    HttpResponse::Ok().finish()
}

pub async fn run(key: Key) -> std::io::Result<()> {
    HttpServer::new(move || {
        let session = SessionMiddleware::builder(CookieSessionStore::default(), key.clone())
            .cookie_name("__Host-sid".to_owned())
            .cookie_secure(true)
            .cookie_http_only(true)
            .cookie_same_site(SameSite::Strict)
            .build();
        let cors = actix_cors::Cors::default()
            .allowed_origin("https://app.invalid")
            .allowed_methods([Method::GET, Method::POST])
            .supports_credentials()
            .max_age(600);
        App::new().wrap(cors).wrap(session).route("/me", web::get().to(me))
    })
    .bind(("127.0.0.1", 8080))?
    .run()
    .await
}

//: bad after-login
use axum::{extract::Query, response::Redirect, routing::get, Router};
use serde::Deserialize;
use tower_cookies::{Cookie, CookieManagerLayer, Cookies};

#[derive(Deserialize)]
struct Callback {
    code: String,
    next: Option<String>,
}

async fn callback(cookies: Cookies, Query(callback): Query<Callback>) -> Redirect {
    cookies.add(Cookie::build(("login", callback.code)).secure(true).http_only(true).path("/").build());
    let target = callback.next.unwrap_or_else(|| "/".to_owned());
    Redirect::to(&target) //!
}

pub fn routes() -> Router {
    Router::new().route("/auth/callback", get(callback)).layer(CookieManagerLayer::new())
}

//: good after-login
use axum::{extract::Query, response::Redirect, routing::get, Router};
use serde::Deserialize;
use tower_cookies::{Cookie, CookieManagerLayer, Cookies};

#[derive(Deserialize)]
struct Callback {
    code: String,
    next: Option<Area>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Area {
    Home,
    Billing,
    Settings,
}

async fn callback(cookies: Cookies, Query(callback): Query<Callback>) -> Redirect {
    cookies.add(Cookie::build(("login", callback.code)).secure(true).http_only(true).path("/").build());
    Redirect::to(match callback.next.unwrap_or(Area::Home) {
        Area::Home => "/",
        Area::Billing => "/billing",
        Area::Settings => "/settings/profile",
    })
}

pub fn routes() -> Router {
    Router::new().route("/auth/callback", get(callback)).layer(CookieManagerLayer::new())
}
