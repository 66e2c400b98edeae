//! depot, with clap.

mod show;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use show::Json;

/// Keep copies of folders and bring them back
#[derive(Parser)]
#[command(name = "depot", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Save a folder, or some files of it
    Save(Save),
    /// Bring a copy back
    Restore(Restore),
    /// List what is kept
    List(List),
    /// Read copies again and compare them
    Check(Check),
    /// Forget old versions
    Prune(Prune),
    /// Places elsewhere that hold copies
    #[command(subcommand)]
    Remote(Remote),
}

#[derive(Args)]
struct Save {
    /// The folder
    folder: String,
    /// Some files of the folder
    files: Vec<String>,
    /// Why it is saved
    #[arg(short, long)]
    message: Option<String>,
    /// A word to find it by
    #[arg(short, long)]
    tag: Vec<String>,
    /// How it is packed
    #[arg(short, long, value_enum, default_value_t = Format::Tar)]
    format: Format,
    /// How hard to compress
    #[arg(short, long, default_value_t = 6)]
    level: i64,
    /// Only say what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
}

#[derive(Args)]
struct Restore {
    /// The copy
    name: String,
    /// Where to put it
    #[arg(default_value = ".")]
    target: String,
    /// The version to bring back
    #[arg(short, long)]
    at: String,
    /// How many files at a time
    #[arg(short, long, default_value_t = 2, env = "DEPOT_JOBS")]
    jobs: i64,
    /// How much of the network to use
    #[arg(short, long, default_value_t = 0.5)]
    share: f64,
    /// Replace what is there
    #[arg(short, long)]
    overwrite: bool,
}

#[derive(Args)]
struct List {
    /// What comes first
    #[arg(short, long, value_enum, default_value_t = Sort::Name)]
    sort: Sort,
    /// How many to list
    #[arg(short = 'n', long)]
    limit: Option<i64>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Check {
    /// The copies
    names: Vec<String>,
    /// Read more of every file
    #[arg(short, long, action = ArgAction::Count)]
    deep: u8,
    /// Which part of the files to read
    #[arg(short, long, default_value_t = 0.1)]
    sample: f64,
}

#[derive(Args)]
struct Prune {
    /// The copy
    name: String,
    /// How many versions to keep
    #[arg(short, long)]
    keep: i64,
    /// Only versions with this word
    #[arg(short, long)]
    tag: Vec<String>,
    /// Only say what would be done
    #[arg(short = 'n', long)]
    dry_run: bool,
}

#[derive(Subcommand)]
enum Remote {
    /// Add a place
    Add(RemoteAdd),
    /// List the places
    List(RemoteList),
    /// Forget a place
    Remove(RemoteRemove),
}

#[derive(Args)]
struct RemoteAdd {
    /// Its name
    name: String,
    /// Its address
    url: String,
    /// How to talk to it
    #[arg(short, long, value_enum, default_value_t = Kind::Ssh)]
    kind: Kind,
    /// How many seconds to wait
    #[arg(short, long, default_value_t = 30.0)]
    timeout: f64,
    /// How often to try again
    #[arg(short, long, default_value_t = 3)]
    retries: i64,
}

#[derive(Args)]
struct RemoteList {
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct RemoteRemove {
    /// Its name
    name: String,
    /// Do not ask
    #[arg(short, long)]
    force: bool,
}

#[derive(Clone, ValueEnum)]
enum Format {
    Tar,
    Zip,
    Zstd,
}

#[derive(Clone, ValueEnum)]
enum Sort {
    Name,
    Size,
    Age,
}

#[derive(Clone, ValueEnum)]
enum Kind {
    Ssh,
    Http,
    S3,
}

/// The word of a choice.
fn word(choice: &impl ValueEnum) -> String {
    let value = choice.to_possible_value();
    value.map_or(String::new(), |value| value.get_name().to_string())
}

impl Json for Format {
    fn json(&self) -> String {
        word(self).json()
    }
}

impl Json for Sort {
    fn json(&self) -> String {
        word(self).json()
    }
}

impl Json for Kind {
    fn json(&self) -> String {
        word(self).json()
    }
}

/// Shows a command and those fields of its arguments that are named.
macro_rules! show {
    ($command:literal, $args:ident, $($field:ident),*) => {
        show::show($command, &[$((stringify!($field), &$args.$field)),*])
    };
}

fn main() {
    match Cli::parse().command {
        Command::Save(args) => {
            show!("save", args, folder, files, message, tag, format, level, dry_run)
        }
        Command::Restore(args) => {
            show!("restore", args, name, target, at, jobs, share, overwrite)
        }
        Command::List(args) => show!("list", args, sort, limit, json),
        Command::Check(args) => show!("check", args, names, deep, sample),
        Command::Prune(args) => show!("prune", args, name, keep, tag, dry_run),
        Command::Remote(Remote::Add(args)) => {
            show!("remote add", args, name, url, kind, timeout, retries)
        }
        Command::Remote(Remote::List(args)) => show!("remote list", args, json),
        Command::Remote(Remote::Remove(args)) => show!("remote remove", args, name, force),
    }
}
