//: bad axum-file
use axum::extract::Query;
use std::collections::HashMap;
use std::path::PathBuf;

pub async fn download(Query(params): Query<HashMap<String, String>>) -> Vec<u8> {
    let mut path = PathBuf::from("/srv/files");
    path.push(&params["name"]);
    tokio::fs::read(path).await.unwrap_or_default() //!
}

//: good axum-file
use axum::extract::Query;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub async fn download(Query(params): Query<HashMap<String, String>>) -> Vec<u8> {
    let mut path = PathBuf::from("/srv/files");
    path.push(Path::new(&params["name"]).file_name().unwrap_or_default());
    tokio::fs::read(path).await.unwrap_or_default()
}

//: bad zip-unpack
use std::fs::File;
use std::path::Path;
use zip::ZipArchive;

pub fn unpack(archive: &Path, target: &Path) -> zip::result::ZipResult<()> {
    let mut archive = ZipArchive::new(File::open(archive)?)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let place = target.join(entry.name());
        std::io::copy(&mut entry, &mut File::create(place)?)?; //!
    }
    Ok(())
}

//: good zip-unpack
use std::fs::File;
use std::path::Path;
use zip::ZipArchive;

pub fn unpack(archive: &Path, target: &Path) -> zip::result::ZipResult<()> {
    let mut archive = ZipArchive::new(File::open(archive)?)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let Some(name) = entry.enclosed_name() else { continue };
        std::io::copy(&mut entry, &mut File::create(target.join(name))?)?;
    }
    Ok(())
}

//: bad theme-archive
use std::fs::{self, File};
use std::io;
use std::path::Path;
use zip::ZipArchive;

/// Unpacks an uploaded theme.
pub fn unpack(archive: &Path, target: &Path) -> io::Result<usize> {
    let mut zip = ZipArchive::new(File::open(archive)?).map_err(io::Error::other)?;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(io::Error::other)?;
        let path = target.join(entry.name());
        if entry.is_dir() {
            fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = File::create(&path)?; //!
        io::copy(&mut entry, &mut out)?;
    }
    Ok(zip.len())
}

//: good theme-archive
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use zip::ZipArchive;

const LIMIT: u64 = 64 << 20;

/// Unpacks an uploaded theme.
pub fn unpack(archive: &Path, target: &Path) -> io::Result<usize> {
    let mut zip = ZipArchive::new(File::open(archive)?).map_err(io::Error::other)?;
    let mut left = LIMIT;
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(io::Error::other)?;
        let Some(relative) = entry.enclosed_name() else {
            return Err(io::Error::other(format!("unsafe name {:?}", entry.name())));
        };
        let path = target.join(relative);
        if entry.is_dir() {
            fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = File::create_new(&path)?;
        left -= io::copy(&mut entry.take(left), &mut out)?;
        if left == 0 {
            return Err(io::Error::other("the archive is too large"));
        }
    }
    Ok(zip.len())
}
