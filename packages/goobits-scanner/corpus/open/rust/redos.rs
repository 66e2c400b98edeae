//: bad address
use fancy_regex::Regex;

pub fn is_address(line: &str) -> bool {
    let address = Regex::new(r"^(?!\s)([a-zA-Z0-9]+\s?)+$").unwrap(); //!!
    address.is_match(line).unwrap_or(false)
}
//: good address
use regex::Regex;

pub fn is_address(line: &str) -> bool {
    let address = Regex::new(r"^([a-zA-Z0-9]+\s?)+$").unwrap();
    address.is_match(line)
}
