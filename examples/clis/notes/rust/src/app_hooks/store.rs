//! The file that holds the notes.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use super::goobits;
use super::json::Json;

/// One note as it stands in the file.
pub struct Note {
    pub id: i64,
    pub text: String,
    pub tags: Vec<String>,
    pub pinned: bool,
    pub created: String,
}

impl Note {
    fn from_json(json: &Json) -> Option<Note> {
        let (Json::List(tags), Json::Bool(pinned)) = (json.get("tags")?, json.get("pinned")?)
        else {
            return None;
        };
        let tags = tags.iter().map(|tag| tag.text().map(String::from));
        Some(Note {
            id: json.get("id")?.number()? as i64,
            text: json.get("text")?.text()?.into(),
            tags: tags.collect::<Option<_>>()?,
            pinned: *pinned,
            created: json.get("created")?.text()?.into(),
        })
    }

    fn to_json(&self) -> Json {
        let tags = self.tags.iter().cloned().map(Json::Text);
        Json::Object(vec![
            ("id".into(), Json::Number(self.id as f64)),
            ("text".into(), Json::Text(self.text.clone())),
            ("tags".into(), Json::List(tags.collect())),
            ("pinned".into(), Json::Bool(self.pinned)),
            ("created".into(), Json::Text(self.created.clone())),
        ])
    }
}

/// Where the notes are.
pub struct Store {
    path: PathBuf,
}

impl Store {
    /// Take the folder that was asked for, or the user's own.
    pub fn new(folder: Option<String>) -> goobits::Result<Store> {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty());
        let folder = match (folder, set("XDG_DATA_HOME"), set("HOME")) {
            (Some(folder), _, _) => PathBuf::from(folder),
            (None, Some(data), _) => Path::new(&data).join("notes"),
            (None, None, Some(home)) => Path::new(&home).join(".local/share/notes"),
            (None, None, None) => return Err("there is no home folder; --dir names one".into()),
        };
        Ok(Store {
            path: folder.join("notes.json"),
        })
    }

    /// Read the notes; there are none before the first was written.
    pub fn load(&self) -> goobits::Result<Vec<Note>> {
        let bytes = match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            bytes => bytes.map_err(|error| named(&self.path, error))?,
        };
        let notes = match std::str::from_utf8(&bytes).ok().and_then(Json::parse) {
            Some(Json::List(notes)) => notes.iter().map(Note::from_json).collect(),
            _ => None,
        };
        notes.ok_or_else(|| format!("{} does not hold notes", self.path.display()).into())
    }

    /// Write the notes in one step, so that a crash leaves the old ones.
    pub fn save(&self, notes: &[Note]) -> goobits::Result {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(|error| named(folder, error))?;
        }
        replace(&self.path, &as_json(notes))
    }
}

/// Return the form in which the notes are stored.
pub fn as_json(notes: &[Note]) -> String {
    let notes = notes.iter().map(Note::to_json).collect();
    format!("{}\n", Json::List(notes))
}

/// Write a file beside `path` and move it there.
pub fn replace(path: &Path, text: &str) -> goobits::Result {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = path.with_file_name(format!(".{name}.{}", process::id()));
    let moved = fs::write(&draft, text).and_then(|()| fs::rename(&draft, path));
    if moved.is_err() {
        let _ = fs::remove_file(&draft); // the first error is the one to report
    }
    moved.map_err(|error| named(path, error).into())
}

/// Return an error with the path that it is about, which the standard library leaves out.
fn named(path: &Path, error: io::Error) -> String {
    format!("{}: {error}", path.display())
}
