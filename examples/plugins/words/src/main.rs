//! How many words there are in files: files, and a progress bar.

use std::fs;

use goobits_plugin::{Args, Error, Host, Plugin};

/// Count the words of each file, and show how far it is.
fn words(args: &Args, host: &Host) -> Result<(), Error> {
    let files = args.texts("files")?;
    let mut bar = host.progress("Counting words", Some(files.len() as u64))?;
    let mut longest = String::new();
    for path in files {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        println!("{:6} {path}", text.split_whitespace().count());
        for word in text.split_whitespace() {
            if word.chars().count() > longest.chars().count() {
                longest = word.to_string();
            }
        }
        bar.advance(1)?;
    }
    if args.flag("longest") {
        println!("the longest is {longest}");
    }
    Ok(())
}

fn main() {
    Plugin::new().command("words", words).run()
}
