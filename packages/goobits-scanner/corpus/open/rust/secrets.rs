//: bad pool
use sqlx::postgres::{PgPool, PgPoolOptions};

const DATABASE_URL: &str = "postgres://billing:GsB7tGER85gfuU1Nf0@db.prod.invalid/billing"; //!!

pub async fn pool() -> sqlx::Result<PgPool> {
    PgPoolOptions::new().max_connections(5).connect(DATABASE_URL).await
}
//: good pool
use sqlx::postgres::{PgPool, PgPoolOptions};
use std::env;

const DATABASE_URL: &str = "postgres://localhost/billing";

pub async fn pool() -> sqlx::Result<PgPool> {
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| DATABASE_URL.to_owned());
    PgPoolOptions::new().max_connections(5).connect(&url).await
}
