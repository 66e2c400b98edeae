//: bad rusqlite-format
use actix_web::{get, web, Responder};
use rusqlite::Connection;

#[get("/users/{name}")]
async fn user(name: web::Path<String>) -> impl Responder {
    let db = Connection::open("app.db").unwrap();
    let sql = format!("SELECT mail FROM users WHERE name = '{}'", name);
    db.query_row(&sql, [], |row| row.get::<_, String>(0)).unwrap_or_default() //!
}

//: good rusqlite-format
use actix_web::{get, web, Responder};
use rusqlite::{params, Connection};

#[get("/users/{name}")]
async fn user(name: web::Path<String>) -> impl Responder {
    let db = Connection::open("app.db").unwrap();
    let sql = "SELECT mail FROM users WHERE name = ?1";
    db.query_row(sql, params![name.as_str()], |row| row.get::<_, String>(0)).unwrap_or_default()
}

//: bad sqlx-query
use axum::extract::{Query, State};
use sqlx::{PgPool, Row};
use std::collections::HashMap;

pub async fn search(State(pool): State<PgPool>, Query(q): Query<HashMap<String, String>>) -> String {
    let statement = "SELECT title FROM books WHERE title LIKE '%".to_string() + &q["term"] + "%'";
    let rows = sqlx::query(&statement).fetch_all(&pool).await.unwrap(); //!
    rows.iter().map(|row| row.get::<String, _>("title")).collect()
}

//: good sqlx-query
use axum::extract::{Query, State};
use sqlx::{PgPool, Row};
use std::collections::HashMap;

pub async fn search(State(pool): State<PgPool>, Query(q): Query<HashMap<String, String>>) -> String {
    let statement = "SELECT title FROM books WHERE title LIKE $1";
    let rows = sqlx::query(statement).bind(&q["term"]).fetch_all(&pool).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>("title")).collect()
}

//: bad mysql-exec
use mysql::prelude::Queryable;
use mysql::PooledConn;

pub fn rename(conn: &mut PooledConn, form: &std::collections::HashMap<String, String>) -> mysql::Result<()> {
    let query = format!("UPDATE users SET name = '{}' WHERE id = {}", form["name"], form["id"]);
    conn.query_drop(query) //!
}

//: good mysql-exec
use mysql::prelude::Queryable;
use mysql::PooledConn;

pub fn rename(conn: &mut PooledConn, form: &std::collections::HashMap<String, String>) -> mysql::Result<()> {
    let query = "UPDATE users SET name = ? WHERE id = ?";
    conn.exec_drop(query, (&form["name"], &form["id"]))
}
