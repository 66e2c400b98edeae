//! The commands of notes: each hook reads the store, answers, and writes it back.

mod clock;
mod json;
mod store;

use std::collections::HashSet;
use std::path::Path;

use super::{cli_types, goobits};
use store::{as_json, replace, Note, Store};

/// Append a note and print its number.
pub fn on_add(args: cli_types::Add) -> goobits::Result {
    let store = Store::new(args.dir)?;
    let mut notes = store.load()?;
    let id = notes.iter().map(|note| note.id).max().unwrap_or(0) + 1;
    notes.push(Note {
        id,
        text: args.text.join(" "),
        tags: unique(args.tag),
        pinned: args.pin,
        created: clock::now(),
    });
    store.save(&notes)?;
    println!("Added note {id}.");
    Ok(())
}

/// Print the notes, pinned ones first.
pub fn on_list(args: cli_types::List) -> goobits::Result {
    let limit = match args.limit {
        Some(limit) => usize::try_from(limit).map_err(|_| "the limit cannot be negative")?,
        None => usize::MAX,
    };
    let mut notes = Store::new(args.dir)?.load()?;
    if let Some(tag) = &args.tag {
        notes.retain(|note| note.tags.contains(tag));
    }
    if args.sort == "text" {
        notes.sort_by(|a, b| a.text.cmp(&b.text));
    }
    notes.sort_by_key(|note| !note.pinned);
    for note in notes.iter().take(limit) {
        println!("{}", line(note, args.long));
    }
    Ok(())
}

/// Print the notes that hold the words; 1 when there is none.
pub fn on_search(args: cli_types::Search) -> goobits::Result<i32> {
    let mut notes = Store::new(args.dir)?.load()?;
    notes.retain(|note| matches(note, &args.words, args.any, &args.in_));
    for note in &notes {
        println!("{}", line(note, 1));
    }
    Ok(if notes.is_empty() { 1 } else { 0 })
}

/// Print everything known of one note.
pub fn on_show(args: cli_types::Show) -> goobits::Result {
    let mut notes = Store::new(args.dir)?.load()?;
    let note = find(&mut notes, args.id)?;
    let tags = match note.tags.as_slice() {
        [] => "none".into(),
        tags => tags.join(", "),
    };
    println!("{}\ntags: {tags}\ncreated: {}", note.text, note.created);
    Ok(())
}

/// Change the tags of one note.
pub fn on_tag(args: cli_types::Tag) -> goobits::Result {
    let store = Store::new(args.dir)?;
    let mut notes = store.load()?;
    let note = find(&mut notes, args.id)?;
    if args.remove {
        note.tags.retain(|tag| !args.tags.contains(tag));
    } else {
        note.tags.extend(args.tags);
        note.tags = unique(std::mem::take(&mut note.tags));
    }
    let answer = line(note, 1);
    store.save(&notes)?;
    println!("{answer}");
    Ok(())
}

/// Remove all the given notes, or none when one does not exist.
pub fn on_remove(args: cli_types::Remove) -> goobits::Result {
    remove(args.dir, &args.ids)
}

/// Answer to the name of an older version.
pub fn on_delete(args: cli_types::Delete) -> goobits::Result {
    remove(args.dir, &args.ids)
}

/// Write all notes in one of three formats.
pub fn on_export(args: cli_types::Export) -> goobits::Result {
    let notes = Store::new(args.dir)?.load()?;
    let text = match args.format.as_str() {
        "text" => as_text(&notes),
        "json" => as_json(&notes),
        _ => as_markdown(&notes),
    };
    let Some(output) = args.output else {
        print!("{text}");
        return Ok(());
    };
    if Path::new(&output).exists() && !args.force {
        return Err(format!("{output} exists; --force replaces it").into());
    }
    replace(Path::new(&output), &text)
}

fn remove(dir: Option<String>, ids: &[i64]) -> goobits::Result {
    let store = Store::new(dir)?;
    let mut notes = store.load()?;
    for id in ids {
        find(&mut notes, *id)?;
    }
    let gone: HashSet<&i64> = ids.iter().collect();
    notes.retain(|note| !gone.contains(&note.id));
    store.save(&notes)?;
    let noun = if gone.len() == 1 { "note" } else { "notes" };
    println!("Removed {} {noun}.", gone.len());
    Ok(())
}

/// Return a note on one line: with tags from 1 on, with its time from 2 on.
fn line(note: &Note, detail: i64) -> String {
    let pin = if note.pinned { '*' } else { ' ' };
    let mut line = format!("{:>3}{pin} {}", note.id, note.text);
    if detail > 0 {
        line.extend(note.tags.iter().map(|tag| format!(" #{tag}")));
    }
    if detail > 1 {
        line.push_str(&format!(" ({})", note.created));
    }
    line
}

/// Say whether the words stand in the text, the tags or either.
fn matches(note: &Note, words: &[String], any_word: bool, place: &str) -> bool {
    let mut texts = Vec::new();
    if place != "tags" {
        texts.push(note.text.to_lowercase());
    }
    if place != "text" {
        texts.extend(note.tags.iter().map(|tag| tag.to_lowercase()));
    }
    let hit = |word: &String| {
        let word = word.to_lowercase();
        texts.iter().any(|text| text.contains(&word))
    };
    if any_word {
        words.iter().any(hit)
    } else {
        words.iter().all(hit)
    }
}

/// Return the note with that number.
fn find(notes: &mut [Note], id: i64) -> goobits::Result<&mut Note> {
    let found = notes.iter_mut().find(|note| note.id == id);
    found.ok_or_else(|| format!("no note {id}").into())
}

/// Return the tags, each where it stood first.
fn unique(tags: Vec<String>) -> Vec<String> {
    let mut unique = Vec::new();
    for tag in tags {
        if !unique.contains(&tag) {
            unique.push(tag);
        }
    }
    unique
}

/// Return one note a line.
fn as_text(notes: &[Note]) -> String {
    notes
        .iter()
        .map(|note| format!("{}\n", note.text))
        .collect()
}

/// Return a list with the tags as code.
fn as_markdown(notes: &[Note]) -> String {
    let mut text = String::from("# Notes\n\n");
    for note in notes {
        let tags: String = note.tags.iter().map(|tag| format!(" `{tag}`")).collect();
        text.push_str(&format!("- {}{tags}\n", note.text));
    }
    text
}
