//: bad fancy-regex
use axum::extract::Query;
use fancy_regex::Regex;
use std::collections::HashMap;

pub async fn filter(Query(params): Query<HashMap<String, String>>) -> String {
    let pattern = Regex::new(&params["pattern"]).unwrap(); //!
    pattern.is_match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").unwrap().to_string()
}

//: good fancy-regex
use axum::extract::Query;
use regex::RegexBuilder;
use std::collections::HashMap;

pub async fn filter(Query(params): Query<HashMap<String, String>>) -> String {
    let pattern = RegexBuilder::new(&regex::escape(&params["pattern"])).size_limit(1 << 16).build().unwrap();
    pattern.is_match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!").to_string()
}
