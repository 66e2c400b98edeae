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
