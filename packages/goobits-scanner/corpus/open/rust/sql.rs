//: bad orders
use axum::extract::{Query, State};
use sqlx::PgPool;
use std::collections::HashMap;

pub async fn orders(State(pool): State<PgPool>, Query(query): Query<HashMap<String, String>>) -> String {
    let mut sql = String::from("SELECT id FROM orders WHERE customer = '");
    sql.push_str(&query["customer"]);
    sql.push('\'');
    let rows = sqlx::query(&sql).fetch_all(&pool).await.unwrap(); //!!
    rows.len().to_string()
}
//: good orders
use axum::extract::{Query, State};
use sqlx::PgPool;
use std::collections::HashMap;

pub async fn orders(State(pool): State<PgPool>, Query(query): Query<HashMap<String, String>>) -> String {
    let rows = sqlx::query("SELECT id FROM orders WHERE customer = $1")
        .bind(&query["customer"])
        .fetch_all(&pool)
        .await
        .unwrap();
    rows.len().to_string()
}
//: bad removal
use axum::Form;
use diesel::prelude::*;
use diesel::sql_query;

pub async fn remove(Form(form): Form<Removal>) -> String {
    let mut connection = PgConnection::establish("postgres://localhost/shop").unwrap();
    let done = sql_query(format!("DELETE FROM items WHERE sku = '{}'", form.sku)) //!!
        .execute(&mut connection);
    format!("{done:?}")
}
//: good removal
use axum::Form;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

pub async fn remove(Form(form): Form<Removal>) -> String {
    let mut connection = PgConnection::establish("postgres://localhost/shop").unwrap();
    let done = sql_query("DELETE FROM items WHERE sku = $1")
        .bind::<Text, _>(form.sku)
        .execute(&mut connection);
    format!("{done:?}")
}
