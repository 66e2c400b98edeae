//: bad members
use actix_web::{web, HttpResponse};
use rusqlite::Connection;

pub async fn members(name: web::Path<String>) -> HttpResponse {
    let db = Connection::open("members.db").unwrap();
    let sql = format!("SELECT COUNT(*) FROM members WHERE name = '{}'", name);
    let count: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap(); //!!
    HttpResponse::Ok().body(count.to_string())
}
//: good members
use actix_web::{web, HttpResponse};
use rusqlite::{params, Connection};

pub async fn members(name: web::Path<String>) -> HttpResponse {
    let db = Connection::open("members.db").unwrap();
    let sql = "SELECT COUNT(*) FROM members WHERE name = ?1";
    let count: i64 = db.query_row(sql, params![name.as_str()], |row| row.get(0)).unwrap();
    HttpResponse::Ok().body(count.to_string())
}
