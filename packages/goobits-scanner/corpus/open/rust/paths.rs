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
