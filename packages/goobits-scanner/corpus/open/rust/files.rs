//: bad scratch
use std::env::temp_dir;
use std::fs::File;
use std::io::{self, Write};

pub fn scratch(lines: &[String]) -> io::Result<()> {
    let path = temp_dir().join("indexer-state.json");
    let mut file = File::create(path)?; //!!
    lines.iter().try_for_each(|line| writeln!(file, "{line}"))
}
//: good scratch
use std::io::{self, Write};
use tempfile::NamedTempFile;

pub fn scratch(lines: &[String]) -> io::Result<NamedTempFile> {
    let mut file = NamedTempFile::with_prefix("indexer-state")?;
    lines.iter().try_for_each(|line| writeln!(file, "{line}"))?;
    Ok(file)
}
