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

//: bad order-report
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rocket::{get, serde::json::Json};

#[derive(QueryableByName, serde::Serialize)]
struct Total {
    #[diesel(sql_type = Text)]
    region: String,
    #[diesel(sql_type = BigInt)]
    cents: i64,
}

#[rocket_sync_db_pools::database("shop")]
struct Shop(diesel::PgConnection);

#[get("/reports/orders?<region>&<since>")]
async fn orders(shop: Shop, region: String, since: String) -> Option<Json<Vec<Total>>> {
    let mut text = String::from("SELECT region, SUM(cents)::bigint AS cents FROM orders WHERE region = '");
    text += &region;
    text += "' AND placed >= '";
    text.push_str(&since);
    text.push_str("' GROUP BY region");
    shop.run(move |db| diesel::sql_query(text).load::<Total>(db)).await.ok().map(Json) //!
}

//: good order-report
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rocket::{get, serde::json::Json};

#[derive(QueryableByName, serde::Serialize)]
struct Total {
    #[diesel(sql_type = Text)]
    region: String,
    #[diesel(sql_type = BigInt)]
    cents: i64,
}

#[rocket_sync_db_pools::database("shop")]
struct Shop(diesel::PgConnection);

#[get("/reports/orders?<region>&<since>")]
async fn orders(shop: Shop, region: String, since: String) -> Option<Json<Vec<Total>>> {
    let mut text = String::from("SELECT region, SUM(cents)::bigint AS cents FROM orders WHERE region = $1");
    text += " AND placed >= $2::date";
    text.push_str(" GROUP BY region");
    let found = shop
        .run(move |db| diesel::sql_query(text).bind::<Text, _>(region).bind::<Text, _>(since).load::<Total>(db))
        .await;
    found.ok().map(Json)
}
