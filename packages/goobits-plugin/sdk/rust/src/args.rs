use serde_json::{Map, Value};

use crate::Error;

/// The values of a command's arguments and options, by their names with `-` as `_`.
///
/// The host has checked them against the manifest: an error here is a slip of the author's, or
/// says that a value which may be absent is.
pub struct Args(pub(crate) Map<String, Value>);

impl Args {
    /// Return a value as it came; one that is absent is null.
    pub fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    pub fn text(&self, name: &str) -> Result<&str, Error> {
        self.typed(name, "text", self.get(name).as_str())
    }

    pub fn integer(&self, name: &str) -> Result<i64, Error> {
        self.typed(name, "integer", self.get(name).as_i64())
    }

    pub fn number(&self, name: &str) -> Result<f64, Error> {
        self.typed(name, "number", self.get(name).as_f64())
    }

    /// Tell whether a flag was given.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).as_bool().unwrap_or(false)
    }

    pub fn list(&self, name: &str) -> Result<&[Value], Error> {
        self.typed(name, "list", self.get(name).as_array().map(Vec::as_slice))
    }

    /// Return the texts of a list of texts.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Error> {
        let texts = self.list(name)?.iter().map(Value::as_str).collect();
        self.typed(name, "list of texts", texts)
    }

    /// Return every name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn typed<T>(&self, name: &str, kind: &str, value: Option<T>) -> Result<T, Error> {
        value
            .ok_or_else(|| format!("the value of '{name}' is no {kind}: {}", self.get(name)).into())
    }
}
