//! The files below some folders.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::goobits;

/// One file that a search met.
pub struct Found {
    pub path: String,
    pub size: u64,
}

/// Return the regular files below the folders in the order of their paths.
pub fn walk(folders: &[String], extensions: &[String]) -> goobits::Result<Vec<Found>> {
    let mut paths = BTreeSet::new();
    for folder in folders {
        if !Path::new(folder).is_dir() {
            return Err(format!("{folder} is not a folder").into());
        }
        below(Path::new(folder), &mut paths)?;
    }
    let ending = |ext: &String| format!(".{}", ext.strip_prefix('.').unwrap_or(ext).to_lowercase());
    let endings: Vec<_> = extensions.iter().map(ending).collect();
    let mut found = Vec::new();
    for path in paths {
        let lower = path.to_lowercase();
        if endings.is_empty() || endings.iter().any(|ending| lower.ends_with(ending)) {
            let size = fs::metadata(&path)?.len();
            found.push(Found { path, size });
        }
    }
    Ok(found)
}

/// Collect the regular files in a folder and its folders, without following links.
fn below(folder: &Path, paths: &mut BTreeSet<String>) -> goobits::Result {
    let entries = fs::read_dir(folder);
    for entry in entries.map_err(|error| format!("{}: {error}", folder.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            below(&entry.path(), paths)?;
        } else if kind.is_file() {
            let path = normal(&entry.path()).into_os_string().into_string();
            paths.insert(path.map_err(|path| format!("the name of {path:?} is not UTF-8"))?);
        }
    }
    Ok(())
}

/// Return a path without `.`, and without `..` where a folder stands before it.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match (part, normal.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                normal.pop();
            }
            (Component::ParentDir, Some(Component::RootDir)) => {}
            _ => normal.push(part),
        }
    }
    normal
}
