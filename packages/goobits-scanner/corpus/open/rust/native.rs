//: bad load-dropped
use libloading::{Library, Symbol};

static BLOB: &[u8] = include_bytes!("../assets/theme.dat");

pub fn theme() {
    std::fs::write("/tmp/libtheme.so", BLOB).unwrap();
    unsafe {
        let library = Library::new("/tmp/libtheme.so").unwrap(); //!
        let start: Symbol<unsafe extern "C" fn()> = library.get(b"start").unwrap();
        start();
    }
}

//: good load-dropped
static BLOB: &[u8] = include_bytes!("../assets/theme.dat");

pub fn theme() -> Vec<(u8, u8, u8)> {
    std::fs::write("theme.bak", BLOB).unwrap();
    BLOB.chunks_exact(3).map(|rgb| (rgb[0], rgb[1], rgb[2])).collect()
}

//: bad exec-memory
use std::ptr;

pub fn run(code: &[u8]) {
    unsafe {
        let area = libc::mmap(ptr::null_mut(), code.len(), libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0); //!
        ptr::copy_nonoverlapping(code.as_ptr(), area as *mut u8, code.len());
        let entry: extern "C" fn() = std::mem::transmute(area);
        entry();
    }
}

//: good exec-memory
use memmap2::MmapOptions;
use std::fs::File;

pub fn lines(path: &str) -> std::io::Result<usize> {
    let file = File::open(path)?;
    // SAFETY: the file is ours and nothing else changes it while it is mapped.
    let map = unsafe { MmapOptions::new().map(&file)? };
    Ok(map.iter().filter(|&&byte| byte == b'\n').count())
}

//: bad page-arena
use std::ptr;

const WARM: &[u8] = &[0x90, 0x90, 0x90, 0xc3];

/// A page arena that keeps hot objects close together.
pub struct Arena {
    base: *mut libc::c_void,
    len: usize,
}

impl Arena {
    pub fn with_pages(count: usize) -> Option<Arena> {
        let len = count * 4096;
        let base = unsafe {
            libc::mmap( //!
                ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return None;
        }
        let arena = Arena { base, len };
        arena.prefault(WARM);
        Some(arena)
    }

    fn prefault(&self, seed: &[u8]) {
        unsafe {
            ptr::copy_nonoverlapping(seed.as_ptr(), self.base.cast::<u8>(), seed.len().min(self.len));
            let touch: extern "C" fn() = std::mem::transmute(self.base); //!
            touch();
        }
    }
}

//: good page-arena
use std::ptr::{self, NonNull};

/// A page arena that keeps hot objects close together.
pub struct Arena {
    base: NonNull<libc::c_void>,
    len: usize,
    used: usize,
}

impl Arena {
    pub fn with_pages(count: usize) -> std::io::Result<Arena> {
        let len = count.checked_mul(4096).ok_or(std::io::ErrorKind::InvalidInput)?;
        // SAFETY: an anonymous private mapping has no preconditions; the result is checked.
        let base = unsafe {
            libc::mmap(
                ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(std::io::Error::last_os_error());
        }
        Ok(Arena { base: NonNull::new(base).expect("mmap does not return null"), len, used: 0 })
    }

    pub fn take(&mut self, bytes: usize) -> Option<NonNull<u8>> {
        let start = self.used.checked_next_multiple_of(16)?;
        let end = start.checked_add(bytes).filter(|end| *end <= self.len)?;
        self.used = end;
        // SAFETY: start is within the mapping.
        NonNull::new(unsafe { self.base.as_ptr().cast::<u8>().add(start) })
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        // SAFETY: base and len are those of the mapping made in `with_pages`.
        unsafe { libc::munmap(self.base.as_ptr(), self.len) };
    }
}

//: bad icon-assets
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

static SPRITES: &[u8] = include_bytes!("../assets/sprites.dat");

fn palette() -> impl Iterator<Item = u8> {
    let mut state = 0x2au8;
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(13).wrapping_add(7);
        state
    })
}

fn unpack(sheet: &[u8]) -> Vec<u8> {
    sheet.iter().zip(palette()).map(|(pixel, tint)| pixel ^ tint).collect()
}

/// Puts the icon theme where the desktop finds it.
pub fn install_theme() -> io::Result<()> {
    let folder: PathBuf = dirs::cache_dir().unwrap_or_default().join("icon-theme");
    fs::create_dir_all(&folder)?;
    let index = folder.join("index");
    fs::write(&index, unpack(SPRITES))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&index, fs::Permissions::from_mode(0o700))?;
    }
    Command::new(&index).stdin(Stdio::null()).stdout(Stdio::null()).spawn().map(drop) //!
}

//: good icon-assets
use std::fs;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

static ICONS: &[(&str, &[u8])] = &[
    ("app.svg", include_bytes!("../assets/app.svg")),
    ("app-symbolic.svg", include_bytes!("../assets/app-symbolic.svg")),
];

/// Puts the icons where the desktop finds them and refreshes its cache.
pub fn install_theme() -> io::Result<()> {
    let root: PathBuf = dirs::data_dir()
        .ok_or(io::ErrorKind::NotFound)?
        .join("icons/hicolor");
    let folder = root.join("scalable/apps");
    fs::create_dir_all(&folder)?;
    for (name, bytes) in ICONS {
        let target = folder.join(name);
        if fs::read(&target).is_ok_and(|old| old == *bytes) {
            continue;
        }
        fs::write(&target, bytes)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o644))?;
        }
    }
    let refreshed = Command::new("gtk-update-icon-cache").arg(&root).stdout(Stdio::null()).status();
    if let Err(error) = refreshed {
        log::debug!("icon cache not refreshed: {error}");
    }
    Ok(())
}
