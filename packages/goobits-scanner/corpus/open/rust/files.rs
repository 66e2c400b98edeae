//: bad mode-777
use std::fs::{set_permissions, Permissions};
use std::os::unix::fs::PermissionsExt;

pub fn publish(path: &str) -> std::io::Result<()> {
    set_permissions(path, Permissions::from_mode(0o777)) //!
}

//: good mode-777
use std::fs::{set_permissions, Permissions};
use std::os::unix::fs::PermissionsExt;

pub fn publish(path: &str) -> std::io::Result<()> {
    set_permissions(path, Permissions::from_mode(0o640))
}

//: bad tmp-path
use std::env::temp_dir;
use std::fs::File;
use std::io::Write;

pub fn spool(data: &[u8]) -> std::io::Result<()> {
    let path = temp_dir().join("kit-spool.dat");
    let mut file = File::create(path)?; //!
    file.write_all(data)
}

//: good tmp-path
use std::io::Write;
use tempfile::NamedTempFile;

pub fn spool(data: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::with_prefix("kit-spool")?;
    file.write_all(data)?;
    Ok(file)
}

//: bad key-file-mode
use std::fs::{self, File, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Writes the signing key of the node.
pub fn store_key(folder: &Path, pem: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let path = folder.join("node.key");
    let mut file = File::create(&path)?;
    file.write_all(pem.as_bytes())?;
    fs::set_permissions(&path, Permissions::from_mode(0o777))?; //!
    Ok(())
}

//: good key-file-mode
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// Writes the signing key of the node; only its owner may read it.
pub fn store_key(folder: &Path, pem: &str) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(folder.join("node.key"))?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()
}

//: bad report-scratch
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::Command;

pub struct Row {
    pub name: String,
    pub cents: i64,
}

/// Renders the rows as a PDF with the system's LaTeX.
pub fn render(rows: &[Row]) -> std::io::Result<Vec<u8>> {
    let stem = format!("/tmp/report-{}", std::process::id());
    let source = format!("{stem}.tex");
    let mut out = BufWriter::new(File::create(&source)?); //!
    writeln!(out, "\\documentclass{{article}}\\begin{{document}}\\begin{{tabular}}{{lr}}")?;
    for row in rows {
        writeln!(out, "{} & {}.{:02} \\\\", row.name, row.cents / 100, row.cents % 100)?;
    }
    writeln!(out, "\\end{{tabular}}\\end{{document}}")?;
    out.flush()?;
    Command::new("pdflatex").arg("-no-shell-escape").arg("-output-directory=/tmp").arg(&source).status()?;
    std::fs::read(format!("{stem}.pdf"))
}

//: good report-scratch
use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::Command;

pub struct Row {
    pub name: String,
    pub cents: i64,
}

/// Renders the rows as a PDF with the system's LaTeX.
pub fn render(rows: &[Row]) -> std::io::Result<Vec<u8>> {
    let scratch = tempfile::Builder::new().prefix("report-").tempdir()?;
    let source = scratch.path().join("report.tex");
    let mut out = BufWriter::new(File::create_new(&source)?);
    writeln!(out, "\\documentclass{{article}}\\begin{{document}}\\begin{{tabular}}{{lr}}")?;
    for row in rows {
        writeln!(out, "{} & {}.{:02} \\\\", row.name, row.cents / 100, row.cents % 100)?;
    }
    writeln!(out, "\\end{{tabular}}\\end{{document}}")?;
    out.flush()?;
    Command::new("pdflatex")
        .arg("-no-shell-escape")
        .arg("-output-directory")
        .arg(scratch.path())
        .arg(&source)
        .status()?;
    std::fs::read(scratch.path().join("report.pdf"))
}
