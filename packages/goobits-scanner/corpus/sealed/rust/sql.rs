//: bad diesel-raw
use diesel::prelude::*;
use diesel::sql_query;

pub fn remove(connection: &mut PgConnection, table: &str, id: &str) -> QueryResult<usize> {
    sql_query(format!("DELETE FROM {table} WHERE id = {id}")).execute(connection) //!
}

//: good diesel-raw
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Integer;

pub fn remove(connection: &mut PgConnection, id: i32) -> QueryResult<usize> {
    sql_query("DELETE FROM notes WHERE id = $1").bind::<Integer, _>(id).execute(connection)
}

//: bad user-lookup
use axum::{extract::{Path, State}, http::StatusCode, routing::get, Json, Router};
use sqlx::{FromRow, PgPool};

#[derive(FromRow, serde::Serialize)]
struct User {
    id: i64,
    name: String,
}

async fn show(State(pool): State<PgPool>, Path(name): Path<String>) -> Result<Json<Vec<User>>, StatusCode> {
    let statement = format!("SELECT id, name FROM users WHERE name = '{name}'");
    let users = sqlx::query_as::<_, User>(&statement).fetch_all(&pool).await; //!
    users.map(Json).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

pub fn routes(pool: PgPool) -> Router {
    Router::new().route("/users/{name}", get(show)).with_state(pool)
}

//: good user-lookup
use axum::{extract::{Path, State}, http::StatusCode, routing::get, Json, Router};
use sqlx::{FromRow, PgPool};

#[derive(FromRow, serde::Serialize)]
struct User {
    id: i64,
    name: String,
}

const COLUMNS: &str = "id, name";

async fn show(State(pool): State<PgPool>, Path(name): Path<String>) -> Result<Json<Vec<User>>, StatusCode> {
    let statement = format!("SELECT {COLUMNS} FROM users WHERE name = $1");
    let users = sqlx::query_as::<_, User>(&statement).bind(name).fetch_all(&pool).await;
    users.map(Json).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

pub fn routes(pool: PgPool) -> Router {
    Router::new().route("/users/{name}", get(show)).with_state(pool)
}

//: bad sorted-notes
use rusqlite::Connection;
use std::sync::{Arc, Mutex};
use warp::Filter;

type Db = Arc<Mutex<Connection>>;

#[derive(serde::Deserialize)]
struct Listing {
    order: String,
}

fn notes(db: &Connection, order: &str) -> rusqlite::Result<Vec<String>> {
    let text = ["SELECT title FROM notes ORDER BY ", order, " LIMIT 50"].concat();
    let mut query = db.prepare(&text)?; //!
    let found = query.query_map([], |row| row.get(0))?.collect();
    found
}

pub fn routes(db: Db) -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    warp::path("notes").and(warp::query::<Listing>()).map(move |listing: Listing| {
        let guard = db.lock().unwrap();
        warp::reply::json(&notes(&guard, &listing.order).unwrap_or_default())
    })
}

//: good sorted-notes
use rusqlite::Connection;
use std::sync::{Arc, Mutex};
use warp::Filter;

type Db = Arc<Mutex<Connection>>;

#[derive(serde::Deserialize)]
struct Listing {
    order: String,
}

fn column(order: &str) -> &'static str {
    match order {
        "title" => "title COLLATE NOCASE",
        "changed" => "changed DESC",
        _ => "id",
    }
}

fn notes(db: &Connection, order: &str) -> rusqlite::Result<Vec<String>> {
    let text = ["SELECT title FROM notes ORDER BY ", column(order), " LIMIT 50"].concat();
    let mut query = db.prepare(&text)?;
    let found = query.query_map([], |row| row.get(0))?.collect();
    found
}

pub fn routes(db: Db) -> impl Filter<Extract = (impl warp::Reply,), Error = warp::Rejection> + Clone {
    warp::path("notes").and(warp::query::<Listing>()).map(move |listing: Listing| {
        let guard = db.lock().unwrap();
        warp::reply::json(&notes(&guard, &listing.order).unwrap_or_default())
    })
}
