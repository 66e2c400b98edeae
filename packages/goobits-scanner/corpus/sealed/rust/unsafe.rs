//: bad codec
use libloading::{Library, Symbol};
use std::env;

type Version = unsafe extern "C" fn() -> u32;

pub fn version() -> Result<u32, libloading::Error> {
    let name = env::args().nth(1).unwrap_or_default();
    unsafe {
        let library = Library::new(name)?; //!!
        let version: Symbol<Version> = library.get(b"codec_version")?;
        Ok(version())
    }
}
//: good codec
use libloading::{Library, Symbol};

type Version = unsafe extern "C" fn() -> u32;

pub fn version() -> Result<u32, libloading::Error> {
    // SAFETY: the library is installed with the package and has this signature.
    unsafe {
        let library = Library::new("/usr/lib/libcodec.so.2")?;
        let version: Symbol<Version> = library.get(b"codec_version")?;
        Ok(version())
    }
}
