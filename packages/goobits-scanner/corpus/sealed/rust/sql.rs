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
