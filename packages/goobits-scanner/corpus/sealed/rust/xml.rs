//: bad invoice
use axum::body::Bytes;
use libxml::parser::{Parser, ParserOptions};

pub async fn invoice(body: Bytes) -> String {
    let options = ParserOptions {
        no_net: false, //!!
        ..Default::default()
    };
    let document = Parser::default().parse_string_with_options(body, options);
    document.unwrap().to_string()
}
//: good invoice
use axum::body::Bytes;
use libxml::parser::{Parser, ParserOptions};

pub async fn invoice(body: Bytes) -> String {
    let options = ParserOptions {
        no_net: true,
        ..Default::default()
    };
    let document = Parser::default().parse_string_with_options(body, options);
    document.unwrap().to_string()
}
