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
