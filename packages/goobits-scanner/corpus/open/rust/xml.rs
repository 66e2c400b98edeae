//: bad invoice-import
use axum::{body::Bytes, http::StatusCode};
use libxml::bindings::{
    xmlDocGetRootElement, xmlFreeDoc, xmlNodeGetContent, xmlParserOption_XML_PARSE_DTDLOAD, xmlParserOption_XML_PARSE_NOENT, xmlReadMemory,
};
use std::ffi::CStr;
use std::ptr;

pub async fn import(body: Bytes) -> Result<String, StatusCode> {
    let options = xmlParserOption_XML_PARSE_NOENT | xmlParserOption_XML_PARSE_DTDLOAD;
    let size = i32::try_from(body.len()).map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    unsafe {
        let doc = xmlReadMemory(body.as_ptr().cast(), size, ptr::null(), ptr::null(), options as i32); //!
        if doc.is_null() {
            return Err(StatusCode::BAD_REQUEST);
        }
        let content = xmlNodeGetContent(xmlDocGetRootElement(doc));
        let text = CStr::from_ptr(content.cast()).to_string_lossy().into_owned();
        xmlFreeDoc(doc);
        Ok(text)
    }
}

//: good invoice-import
use axum::{body::Bytes, http::StatusCode};
use quick_xml::events::Event;
use quick_xml::Reader;

/// Reads the text of an uploaded invoice; documents with a DTD are refused.
pub async fn import(body: Bytes) -> Result<String, StatusCode> {
    let mut reader = Reader::from_reader(body.as_ref());
    reader.config_mut().trim_text(true);
    let mut buffer = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Text(part)) => {
                text.push_str(&part.unescape().map_err(|_| StatusCode::BAD_REQUEST)?);
                text.push('\n');
            }
            Ok(Event::DocType(_)) => return Err(StatusCode::UNPROCESSABLE_ENTITY),
            Ok(Event::Eof) => return Ok(text),
            Ok(_) => {}
            Err(_) => return Err(StatusCode::BAD_REQUEST),
        }
        buffer.clear();
    }
}
