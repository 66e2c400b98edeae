//: bad unzip
use std::fs::File;
use std::io;
use std::path::Path;
use zip::ZipArchive;

pub fn unzip(archive: &str, target: &Path) -> zip::result::ZipResult<()> {
    let mut archive = ZipArchive::new(File::open(archive)?)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let path = target.join(entry.name());
        io::copy(&mut entry, &mut File::create(path)?)?; //!!
    }
    Ok(())
}
//: good unzip
use std::fs::File;
use std::io;
use std::path::Path;
use zip::ZipArchive;

pub fn unzip(archive: &str, target: &Path) -> zip::result::ZipResult<()> {
    let mut archive = ZipArchive::new(File::open(archive)?)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let Some(name) = entry.enclosed_name() else { continue };
        let path = target.join(name);
        io::copy(&mut entry, &mut File::create(path)?)?;
    }
    Ok(())
}
