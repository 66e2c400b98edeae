//! The commands of files: look at files, or rename them all or none.

mod checksum;
mod tree;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use super::{cli_types, goobits};
use tree::{walk, Found};

/// Print one checksum a line.
pub fn on_hash(args: cli_types::Hash_) -> goobits::Result {
    for path in &args.paths {
        let digest = checksum(path, &args.algorithm)?;
        let digest = shortened(&digest, args.length);
        let line = match (args.bare, args.bsd) {
            (true, _) => digest.into(),
            (_, true) => format!("{} ({path}) = {digest}", args.algorithm.to_uppercase()),
            _ => format!("{digest}  {path}"),
        };
        if args.quiet < 2 {
            println!("{line}");
        }
    }
    Ok(())
}

/// Print the groups of files that hold the same bytes.
pub fn on_find_dupes(args: cli_types::FindDupes) -> goobits::Result<i32> {
    let least = u64::try_from(args.min_size).unwrap_or(0);
    let mut files = walk(&args.folders, &args.ext)?;
    files.retain(|file| file.size >= least);
    let same_size = groups(files, |file| Ok(file.size))?;
    let mut same = Vec::new();
    for files in same_size {
        same.extend(groups(files, |file| checksum(&file.path, "sha256"))?);
    }
    same.sort_by(|a, b| a[0].path.cmp(&b[0].path));
    if args.quiet < 2 {
        for files in &same {
            println!("{} files of {}", files.len(), readable(files[0].size));
            for file in files {
                println!("  {}", file.path);
            }
        }
    }
    if args.quiet == 0 {
        let spare = same.iter().flat_map(|files| &files[1..]);
        let bytes = spare.map(|file| file.size).sum();
        println!("{} could be freed.", readable(bytes));
    }
    Ok(if args.fail && !same.is_empty() { 1 } else { 0 })
}

/// Print the biggest files.
pub fn on_find_large(args: cli_types::FindLarge) -> goobits::Result {
    let limit = args.over * unit(&args.unit) as f64;
    let files = walk(&[args.folder], &args.ext)?;
    let mut big: Vec<_> = files.iter().collect();
    big.retain(|file| file.size as f64 > limit);
    big.sort_by_key(|file| std::cmp::Reverse(file.size));
    if args.quiet < 2 {
        let top = usize::try_from(args.top).unwrap_or(0);
        for file in big.iter().take(top) {
            println!("{:>10}  {}", readable(file.size), file.path);
        }
    }
    if args.quiet == 0 {
        println!("{} of {}.", big.len(), counted(files.len()));
    }
    Ok(())
}

/// Rename files to lower case.
pub fn on_rename_lower(args: cli_types::RenameLower) -> goobits::Result {
    let moves = args.paths.into_iter().map(|old| {
        let mut name = base_name(&old).to_lowercase();
        if args.spaces {
            name = name.replace(' ', "-");
        }
        Move::new(old, &name)
    });
    rename(moves.collect(), args.dry_run, args.quiet)
}

/// Rename files to their number in the given order; the extension stays.
pub fn on_rename_number(args: cli_types::RenameNumber) -> goobits::Result {
    if args.start < 0 || args.prefix.contains('/') {
        return Err("the numbers begin at 0, and a prefix has no slash".into());
    }
    let mut paths = args.paths;
    match args.sort.as_str() {
        "name" => paths.sort_by_key(|path| base_name(path)),
        "size" => paths.sort_by_cached_key(|path| fs::metadata(path).map_or(0, |data| data.len())),
        _ => {}
    }
    let width = args.width.clamp(0, 255) as usize; // no name is longer
    let moves = (args.start..).zip(paths).map(|(number, old)| {
        let mut name = format!("{}{number:0width$}", args.prefix);
        if let Some(extension) = Path::new(&old).extension() {
            name.push('.');
            name.push_str(&extension.to_string_lossy());
        }
        Move::new(old, &name)
    });
    rename(moves.collect(), args.dry_run, args.quiet)
}

/// One file and its path after a rename.
struct Move {
    old: String,
    new: String,
}

impl Move {
    /// Give a file another name in its folder.
    fn new(old: String, name: &str) -> Move {
        let new = Path::new(&old).with_file_name(name).display().to_string();
        Move { old, new }
    }
}

/// Carry out a plan that was checked whole before the first file moves.
fn rename(mut plan: Vec<Move>, dry_run: bool, quiet: i64) -> goobits::Result {
    check(&plan)?;
    plan.retain(|Move { old, new }| old != new);
    for Move { old, new } in &plan {
        if !dry_run {
            fs::rename(old, new).map_err(|error| format!("{old}: {error}"))?;
        }
        if quiet < 2 {
            println!("{old} -> {new}");
        }
    }
    if quiet == 0 {
        let done = if dry_run { "Would rename" } else { "Renamed" };
        println!("{done} {}.", counted(plan.len()));
    }
    Ok(())
}

/// Refuse a plan in which a file would be lost.
fn check(plan: &[Move]) -> goobits::Result {
    let mut seen = HashSet::new();
    for Move { old, new } in plan {
        if !Path::new(old).is_file() {
            return Err(format!("{old} is not a file").into());
        }
        if !seen.insert(new) {
            return Err(format!("two files would become {new}").into());
        }
        if old != new && fs::symlink_metadata(new).is_ok() {
            return Err(format!("{new} exists already").into());
        }
    }
    Ok(())
}

/// Return the files that share a key, where two or more do.
fn groups<K: Ord>(
    files: Vec<Found>,
    key: impl Fn(&Found) -> goobits::Result<K>,
) -> goobits::Result<Vec<Vec<Found>>> {
    let mut groups = BTreeMap::<K, Vec<Found>>::new();
    for file in files {
        groups.entry(key(&file)?).or_default().push(file);
    }
    Ok(groups
        .into_values()
        .filter(|files| files.len() > 1)
        .collect())
}

/// Return the checksum of a file in hexadecimal digits.
fn checksum(path: &str, algorithm: &str) -> goobits::Result<String> {
    if !Path::new(path).is_file() {
        return Err(format!("{path} is not a file").into());
    }
    checksum::checksum(path, algorithm).map_err(|error| format!("{path}: {error}").into())
}

/// Return the first digits; a negative length leaves out the last ones.
fn shortened(digest: &str, length: Option<i64>) -> &str {
    let all = digest.len() as i64;
    let end = match length {
        None => all,
        Some(length) if length < 0 => all + length,
        Some(length) => length,
    };
    &digest[..end.clamp(0, all) as usize]
}

/// Return the name of a file without its folder.
fn base_name(path: &str) -> String {
    let name = Path::new(path).file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Return a size with at most one decimal, rounded down.
fn readable(size: u64) -> String {
    for name in ["MiB", "KiB"] {
        if size >= unit(name) {
            let tenths = size * 10 / unit(name);
            return format!("{}.{} {name}", tenths / 10, tenths % 10);
        }
    }
    format!("{size} B")
}

fn unit(name: &str) -> u64 {
    match name {
        "MiB" => 1024 * 1024,
        "KiB" => 1024,
        _ => 1,
    }
}

/// Return how many files there are, in words that fit.
fn counted(files: usize) -> String {
    format!("{files} {}", if files == 1 { "file" } else { "files" })
}
